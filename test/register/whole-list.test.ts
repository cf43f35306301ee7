import { expect } from 'chai'
import type { Context } from '../../src/base/context.js'
import type { Day } from '../../src/base/day.js'
import {
  approve,
  countLackingAt,
  createEngagement,
  createService,
  createVendor,
  drawnOfList,
  editVendor,
  endApprovals,
  firstPlanned,
  listForAll,
  listsUpToDate,
  vendorByReference,
  wholeDifferences,
  wholeListPage,
} from '../../src/register/actions.js'
import {
  EngagementListings,
  insertApprovals,
  ListSpans,
  ListStamps,
  VendorListings,
  whileListsStand,
  whileUnlisted,
} from '../../src/register/records.js'
import { daysHeld, outlookOf, vendorFacts, type Engagement } from '../../src/register/rules.js'
import { useDatabase } from '../support/database.js'
import { engagementInput, vendorInput } from './builders.js'

const today: Day = '2026-06-01'
const began: Day = '2026-01-01'

function on(day: Day): Context {
  return { now: new Date(`${day}T10:00:00Z`), today: day, actor: { kind: 'staff', id: 'p1' }, locale: 'da' }
}

describe('The days on which anybody has it approved', () => {
  const cases: [string, [Day, Day | null][], [Day, Day | null][]][] = [
    ['nobody', [], []],
    ['one for good', [['2026-01-01', null]], [['2026-01-01', null]]],
    ['one that was never given', [['2026-01-01', '2026-01-01']], []],
    [
      'one that ended before it began',
      [
        ['2026-02-01', '2026-01-01'],
        ['2026-03-01', null],
      ],
      [['2026-03-01', null]],
    ],
    [
      'one from the day the other ends',
      [
        ['2026-02-01', '2026-03-01'],
        ['2026-01-01', '2026-02-01'],
      ],
      [['2026-01-01', '2026-03-01']],
    ],
    [
      'a day between',
      [
        ['2026-01-01', '2026-02-01'],
        ['2026-02-02', null],
      ],
      [
        ['2026-01-01', '2026-02-01'],
        ['2026-02-02', null],
      ],
    ],
    [
      'one within another',
      [
        ['2026-01-01', '2026-06-01'],
        ['2026-02-01', '2026-03-01'],
      ],
      [['2026-01-01', '2026-06-01']],
    ],
  ]
  for (const [what, given, expected] of cases)
    it(`of ${what}`, () => {
      const of = (days: [Day, Day | null][]) => days.map(([from, to]) => ({ from, to }))
      expect(daysHeld(of(given))).to.deep.equal(of(expected))
    })

  it('say when it is otherwise next', () => {
    const held = [
      { from: '2026-01-01', to: '2026-02-01' },
      { from: '2026-03-01', to: null },
    ]
    expect(outlookOf(held, '2025-12-31')).to.deep.equal({ approved: false, turnsOn: '2026-01-01' })
    expect(outlookOf(held, '2026-01-31')).to.deep.equal({ approved: true, turnsOn: '2026-02-01' })
    expect(outlookOf(held, '2026-02-01')).to.deep.equal({ approved: false, turnsOn: '2026-03-01' })
    expect(outlookOf(held, '2026-03-01')).to.deep.equal({ approved: true, turnsOn: null })
    expect(outlookOf([], '2026-03-01')).to.deep.equal({ approved: false, turnsOn: null })
  })
})

describe('The list of all, a page at a time', function () {
  this.timeout(120_000)
  useDatabase()

  async function engaged(name: string, changes: Partial<Engagement> = {}): Promise<Engagement> {
    const vendor = await createVendor(on(began), vendorInput({ name }))
    return createEngagement(on(began), { ...engagementInput(changes), vendor: vendor._id })
  }

  const row = (engagement: string, customer = 'c1', from = began) =>
    ({ customer, engagement, from, notice: null, kind: 'baseline' }) as const

  async function page(cursor?: string, asked = { search: '', country: '' }, day = today) {
    return wholeListPage(await listsUpToDate(today), asked, day, { today, cursor })
  }

  const names = ({ rows }: { rows: { content: { vendorName: string } }[] }) =>
    rows.map(({ content }) => content.vendorName)

  it('goes on and back in the order of names, and counts all of them', async () => {
    const all = Array.from({ length: 60 }, (_, place) => `Firma ${place + 1} A/S`)
    const rows = []
    for (const name of all) rows.push(row((await engaged(name))._id))
    await approve(on(began), rows)
    const first = await page()
    const second = await page(first.next ?? '')
    const third = await page(second.next ?? '')
    expect([...names(first), ...names(second), ...names(third)]).to.deep.equal(all)
    expect([first.previous, third.next]).to.deep.equal([null, null])
    expect(names(await page(third.previous ?? ''))).to.deep.equal(names(second))
    expect(first.count).to.deep.equal({ count: 60, capped: false })
    expect(names(await page('nonsense'))).to.deep.equal(names(first))
    expect(names(await page(undefined, { search: 'firma 57', country: '' }))).to.deep.equal(['Firma 57 A/S'])
    expect((await page(undefined, { search: 'zzz', country: '' })).any).to.equal(true)
    for (const search of ['denmark firma 57', 'danmark firma 57'])
      expect(names(await page(undefined, { search, country: '' })), search).to.deep.equal(['Firma 57 A/S'])

    const shown = await wholeDifferences({ from: '2025-12-31', to: today }, undefined, {
      skip: 40,
      size: 100,
    })
    expect(shown.count).to.equal(60)
    expect(
      shown.differences.map((each) => each.kind === 'came' && each.row.content.vendorName),
    ).to.deep.equal(all.slice(40))
  })

  it('names what is planned, and says that there is more', async () => {
    for (const name of ['Alfa', 'Beta', 'Gamma']) await engaged(name)
    await approve(on(began), [row((await engaged('Delta'))._id)])
    await listsUpToDate(today)
    const { rows, more } = await firstPlanned(2)
    expect([rows.map(({ vendorName }) => vendorName), more]).to.deep.equal([['Alfa', 'Beta'], true])
    expect((await firstPlanned(3)).more).to.equal(false)
  })

  it('is found by a service as by the days it was engaged for it', async () => {
    const service = await createService(on(began), { name: { da: 'Hosting', en: 'Hosting' }, order: 1 })
    const hosting = await engaged('Alfa', { services: [service._id] })
    await approve(on(began), [row(hosting._id), row((await engaged('Beta'))._id)])
    const asked = { search: '', country: '', service: service._id }
    expect(names(await page(undefined, asked))).to.deep.equal(['Alfa'])
  })

  it('shows at once what somebody has approved, or ended', async () => {
    const { _id } = await engaged('Alfa')
    expect(names(await page())).to.deep.equal([])
    await approve(on(began), [row(_id)])
    expect(names(await page())).to.deep.equal(['Alfa'])
    await endApprovals(on('2026-05-01'), { engagement: _id, to: '2026-05-01', notice: null })
    expect(names(await page())).to.deep.equal([])
    expect(names(await page(undefined, undefined, '2026-04-30'))).to.deep.equal(['Alfa'])
  })

  it('shows what was written by one who died before saying so', async () => {
    const { _id } = await engaged('Alfa')
    expect(names(await page())).to.deep.equal([])
    const dying = whileUnlisted([_id], async () => {
      expect(names(await page())).to.deep.equal([])
      await insertApprovals([row(_id)], began)
      throw new Error('killed')
    })
    expect(await dying.catch((error: Error) => error.message)).to.equal('killed')
    expect(names(await page())).to.deep.equal(['Alfa'])
  })

  it('shows each part of what two write at once, whoever ends first', async () => {
    const { _id } = await engaged('Alfa')
    await whileUnlisted([_id], async () => {
      await whileUnlisted([_id], async () => {
        await insertApprovals([row(_id, 'c1')], began)
      })
      expect((await page()).rows.map(({ customers }) => customers)).to.deep.equal([1])
      await insertApprovals([row(_id, 'c2')], began)
      expect((await page()).rows.map(({ customers }) => customers)).to.deep.equal([2])
    })
    await insertApprovals([], began)
    expect((await page()).rows.map(({ customers }) => customers)).to.deep.equal([2])
  })

  it('is made anew where an earlier release, or a dump, has no such entries', async () => {
    await approve(on(began), [row((await engaged('Alfa'))._id)])
    expect(names(await page())).to.deep.equal(['Alfa'])
    await Promise.all([
      ListSpans.deleteMany({}),
      VendorListings.deleteMany({}),
      EngagementListings.deleteMany({}),
      ListStamps.deleteMany({}),
    ])
    expect(names(await page())).to.deep.equal(['Alfa'])
  })

  it('remembers what it reckoned until something changes, and no longer', async () => {
    const { _id, vendor } = await engaged('Alfa', { storageCountries: [] })
    await approve(on(began), [row(_id)])
    const stamp = await listsUpToDate(today)
    expect(await listsUpToDate(today)).to.equal(stamp)
    let drawn = 0
    const draw = async (mark: string | null) =>
      drawnOfList(mark, today, 'a test', async (records) => {
        drawn += 1
        return records.map(({ name }) => name)
      })
    expect([await draw(stamp), await draw(stamp), drawn]).to.deep.equal([['Alfa'], ['Alfa'], 1])
    expect(await countLackingAt(stamp)).to.equal(1)
    const before = await vendorByReference('V-0001')
    expect(before?._id).to.equal(vendor)
    await editVendor(
      on(today),
      { reference: 'V-0001', version: before?.version ?? 0 },
      { ...vendorFacts(before!), name: 'Beta' },
      'Another name.',
    )
    const after = await listsUpToDate(today)
    expect(after).not.to.equal(stamp)
    expect([await draw(after), drawn]).to.deep.equal([['Beta'], 2])
  })

  it('remembers no failure', async () => {
    let asked = 0
    const failing = async () => {
      asked += 1
      throw new Error('the database is away')
    }
    for (const _ of [1, 2])
      expect(await whileListsStand('a mark', 'a failure', failing).catch(() => 'failed')).to.equal('failed')
    expect(asked).to.equal(2)
  })

  it('counts each customer once, also where it approved a change later', async () => {
    const { _id } = await engaged('Alfa')
    await approve(on(began), [row(_id, 'c1'), row(_id, 'c2')])
    await approve(on('2026-03-01'), [row(_id, 'c1', '2026-03-01')])
    expect((await page()).rows.map(({ customers }) => customers)).to.deep.equal([2])
    expect((await listForAll(today)).length).to.equal(1)
  })
})
