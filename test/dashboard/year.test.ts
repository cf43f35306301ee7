import { expect } from 'chai'
import { noticeChart, supervisionChart, footingChart } from '../../src/dashboard/page/charts.js'
import { yearPage } from '../../src/dashboard/page/year.js'
import { byFooting } from '../../src/dashboard/rules/charts.js'
import {
  foremost,
  monthsOf,
  shareOf,
  yearAsked,
  yearState,
  type YearEvent,
} from '../../src/dashboard/rules/year.js'
import type { Mapped } from '../../src/transfers/rules/map.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'
import { useApp } from '../support/app.js'
import { signedIn } from '../support/people.js'
import { visit } from '../support/visit.js'

const anEvent = (changes: Partial<YearEvent> = {}): YearEvent => ({
  kind: 'notice',
  what: 'year:what.notice',
  day: '2026-03-31',
  state: 'coming',
  reference: 'CN-2026-001',
  name: '',
  path: '/notices/CN-2026-001',
  ...changes,
})

describe('the year wheel', () => {
  it('calls late what is not done on the day after its last day, and never what is done', () => {
    for (const [done, day, today, state] of [
      [false, '2026-03-31', '2026-03-31', 'coming'],
      [false, '2026-03-31', '2026-04-01', 'late'],
      [true, '2026-03-31', '2026-04-01', 'done'],
      [true, '2026-03-31', '2026-01-01', 'done'],
    ] as const)
      expect(yearState(done, day, today)).to.equal(state)
  })

  it('puts each thing into its month and ring, and leaves other years out', () => {
    const months = monthsOf(
      [
        anEvent(),
        anEvent({ state: 'late', day: '2026-03-01' }),
        anEvent({ kind: 'audit', day: '2026-12-31', state: 'done' }),
        anEvent({ day: '2025-12-31' }),
        anEvent({ day: '2027-01-01' }),
      ],
      2026,
    )
    expect(months).to.have.length(12)
    const filled = months.flatMap(({ month, cells }) =>
      cells.flatMap((cell) =>
        foremost(cell) === null ? [] : [[month, cell.kind, cell.counts, foremost(cell)]],
      ),
    )
    expect(filled).to.deep.equal([
      [3, 'notice', { late: 1, coming: 1, done: 0 }, 'late'],
      [12, 'audit', { late: 0, coming: 0, done: 1 }, 'done'],
    ])
    expect(months[2]?.cells[0]?.events.map(({ day }) => day)).to.deep.equal(['2026-03-01', '2026-03-31'])
  })

  it('marks today, in a leap year too', () => {
    expect(shareOf(2026, '2026-01-01')).to.equal(0)
    expect(shareOf(2028, '2028-12-31')).to.equal(365 / 366)
    expect(shareOf(2026, '2027-01-01')).to.equal(null)
    for (const [asked, year] of [
      ['2025', 2025],
      ['9999', 2028],
      ['1', 2026],
      [undefined, 2026],
    ] as const)
      expect(yearAsked(asked, 2026)).to.equal(year)
  })

  it('says by sign, word and colour, in the drawing as in the table, and one thing leads to itself', () => {
    const page = yearPage(
      [
        anEvent({ state: 'late' }),
        ...[1, 2].map((at) => anEvent({ kind: 'questionnaire', reference: `E-000${at}`, day: '2026-06-30' })),
      ],
      { year: 2026, today: '2026-05-04', locale: 'en' },
    )
    const drawn = page.wheel.cells.filter(({ text }) => text !== '')
    expect(drawn.map(({ tone, text, url, hint }) => [tone, text, url, hint])).to.deep.equal([
      ['stop', '! 1', '/notices/CN-2026-001', 'March, Notices: 1 late'],
      ['info', '○ 2', '/supervision?year=2026&month=6', 'June, Questionnaires: 2 to come'],
    ])
    expect(page.desc).to.contain('March: Notices 1 late.').and.contain('January: nothing.')
    expect(page.months[2]?.cells[0]).to.deep.include({ states: [{ tone: 'stop', word: '1 late' }] })
    expect(page.lead).to.equal('1 late, 2 to come')
    expect(page.wheel.today).not.to.equal(null)
    expect(yearPage([], { year: 2025, today: '2026-05-04', locale: 'da' }).wheel.today).to.equal(null)
    // Every sector is a closed path of numbers.
    for (const { d } of page.wheel.cells) expect(d).to.match(/^M[-\d. ]+A[-\d. ]+L[-\d. ]+A[-\d. ]+Z$/)
  })
})

describe('charts of the year', () => {
  const record = (changes: Partial<Mapped>): Mapped => ({
    name: 'X',
    url: null,
    storage: ['DK'],
    access: [],
    transfers: [],
    role: 'sub-processor',
    ...changes,
  })

  it('count each sub-processor once, by the weakest that it stands on', () => {
    const counts = byFooting(
      shippedLaw,
      [
        record({}),
        record({ access: ['IN'] }),
        record({ storage: [] }),
        record({ access: ['GB'], transfers: [{ country: 'GB', basis: 'adequacy' }] }),
      ],
      '2026-11-22',
    )
    expect(counts).to.deep.equal([
      { footing: 'unknown', count: 1 },
      { footing: 'none', count: 1 },
      { footing: 'adequacy', count: 1 },
      { footing: 'eea', count: 1 },
    ])
    const { bars } = footingChart(counts, 'en')
    expect(bars.map(({ url }) => url)).to.include('/engagements?role=sub-processor&basis=none')
  })

  it('say in numbers what the bars show', () => {
    const month = { month: 3, notices: 2, kept: 8, consent: 1, short: 0, open: 1, uncounted: 0 }
    const { bars, note } = noticeChart([month, { ...month, month: 4, notices: 0 }], 'en')
    expect(bars).to.have.length(1)
    expect(bars[0]?.words).to.deep.equal([
      '8 customers had the whole period',
      '1 gave up the rest itself',
      '1 not permitted yet, or informed only',
    ])
    expect(bars[0]?.parts.map(({ width }) => width)).to.deep.equal([80, 10, 10])
    expect(note).to.equal('')
    const nothing = {
      owed: 0,
      done: 0,
      weaker: 0,
      overdue: 0,
      engagements: { owed: [], done: [], weaker: [], overdue: [] },
      by: [],
    }
    const duties = {
      questionnaire: { ...nothing, owed: 4, done: 1, overdue: 2 },
      statement: nothing,
      'follow-up': nothing,
      'data-centre': nothing,
    }
    expect(supervisionChart(duties, 2026, 'en').bars[0]).to.deep.include({
      total: '1 of 4',
      words: ['1 done', '2 late', '1 to come'],
    })
  })
})

describe('The page of the year', () => {
  const tilsyn = useApp()

  it('shows this year, past and next, with notices, supervision and the audit', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, {}])
    const notice = await anIssued(tilsyn, aDraft(world.planned, { plannedStart: '2026-12-31' }), [
      'laterStart',
    ])
    const { agent } = await signedIn(tilsyn)
    const page = await visit(agent, '/year')
    expect(page.text).to.contain('The year 2026').and.contain(`Planned start: ${notice.reference}`)
    expect(page.text).to.contain('1 notice').and.contain('2 not permitted yet')
    expect(page.links).to.include.members([
      `/notices/${notice.reference}`,
      '/year?year=2025',
      '/year?year=2027',
      '/audits',
    ])
    expect((await visit(agent, '/year?year=2025')).text).to.contain('No notices were sent in this year.')
    expect((await visit((await signedIn(tilsyn, 'auditor', 'da')).agent, '/year?year=2027')).text).to.contain(
      'Året 2027',
    )
  })
})
