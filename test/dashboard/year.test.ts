import { expect } from 'chai'
import { addDays } from '../../src/base/day.js'
import { noticeChart, supervisionChart, footingChart } from '../../src/dashboard/page/charts.js'
import { yearPage } from '../../src/dashboard/page/year.js'
import { eventsCounted, noticesCountedPage } from '../../src/dashboard/page/counted.js'
import { byStanding, monthsOfNotices } from '../../src/dashboard/rules/charts.js'
import {
  foremost,
  monthAsked,
  monthsOf,
  shareOf,
  yearAsked,
  yearsBeside,
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

  it('puts each thing into its month and ring, and a duty of the year that fell due outside it at its ends', () => {
    const months = monthsOf(
      [
        anEvent(),
        anEvent({ state: 'late', day: '2026-03-01' }),
        anEvent({ kind: 'audit', day: '2026-12-31', state: 'done' }),
        anEvent({ kind: 'questionnaire', day: '2025-12-30', state: 'late' }),
        anEvent({ kind: 'questionnaire', day: '2027-02-01' }),
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
      [1, 'questionnaire', { late: 1, coming: 0, done: 0 }, 'late'],
      [3, 'notice', { late: 1, coming: 1, done: 0 }, 'late'],
      [12, 'questionnaire', { late: 0, coming: 1, done: 0 }, 'coming'],
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
    expect(yearsBeside(2026, 2026)).to.deep.equal([2025, 2026, 2027])
    // No further than an address can ask.
    expect(yearsBeside(2028, 2026)).to.deep.equal([2027, 2028])
    for (const [asked, month] of [
      ['1', 1],
      ['12', 12],
      ['13', null],
      ['0', null],
      ['', null],
    ] as const)
      expect(monthAsked(asked)).to.equal(month)
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
      ['info', '○ 2', '/year/events?year=2026&month=6&kind=questionnaire', 'June, Questionnaires: 2 to come'],
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
    const found = byStanding(
      shippedLaw,
      [
        record({}),
        record({ access: ['IN'] }),
        record({ storage: [] }),
        record({ access: ['GB'], transfers: [{ country: 'GB', basis: 'adequacy' }] }),
      ],
      '2026-11-22',
    )
    const counts = found.map(({ footing, of }) => ({ footing, count: of.length }))
    expect(counts).to.deep.equal([
      { footing: 'unknown', count: 1 },
      { footing: 'none', count: 1 },
      { footing: 'adequacy', count: 1 },
      { footing: 'eea', count: 1 },
    ])
    const { bars } = footingChart(counts, 'en')
    expect(bars.map(({ url }) => url)).to.include('/year/bases?footing=none')
  })

  it('say in numbers what the bars show', () => {
    const month = { month: 3, notices: 2, kept: 8, consent: 1, short: 0, open: 1, uncounted: 0 }
    const { bars, note } = noticeChart([month, { ...month, month: 4, notices: 0 }], 2026, 'en')
    expect(bars).to.have.length(1)
    expect(bars[0]?.url).to.equal('/year/notices?year=2026&month=3')
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

describe('what the wheel and the charts lead to', () => {
  const reader = { year: 2026, locale: 'en', page: 1 } as const
  const all = { month: null, kind: null, what: null }

  it('is a list of exactly what was counted: the sum of all cells is the whole', () => {
    const events = [
      ...Array.from({ length: 450 }, (_, at) =>
        anEvent({
          kind: at % 3 === 0 ? 'questionnaire' : 'statement',
          what: at % 3 === 0 ? 'year:what.questionnaire' : 'year:what.data-centre',
          reference: `E-${String(at).padStart(4, '0')}`,
          // Some before the year, some after it.
          day: addDays('2025-12-01', at),
          state: at % 2 === 0 ? 'done' : 'late',
        }),
      ),
      anEvent(),
    ]
    const page = yearPage(events, { year: 2026, today: '2026-05-04', locale: 'en' })
    let sum = 0
    for (const [place, { cells }] of monthsOf(events, 2026).entries())
      for (const { kind, events: own } of cells) {
        const counted = eventsCounted(events, { month: place + 1, kind, what: null }, reader)
        expect(counted.paging.count).to.equal(own.length)
        sum += own.length
        const url = `/year/events?year=2026&month=${place + 1}&kind=${kind}`
        if (own.length > 1) expect(page.wheel.cells.map((cell) => cell.url)).to.include(url)
      }
    expect(sum).to.equal(451)
    const whole = eventsCounted(events, all, reader)
    expect([whole.items.length, whole.paging]).to.deep.equal([
      200,
      { count: 451, previous: null, next: '/year/events?year=2026&page=2' },
    ])
    expect(whole.title).to.equal('Everything, 2026')
    expect(whole.lead).to.equal(page.lead).and.to.equal('225 late, 1 to come, 225 done')
    expect(eventsCounted(events, all, { ...reader, page: 3 }).items).to.have.length(51)
    const centres = eventsCounted(events, { ...all, what: 'data-centre' }, reader)
    expect([centres.title, centres.paging.count]).to.deep.equal(['Statement on a data centre, 2026', 300])
  })

  it('tells notice by notice what a bar says of the month', () => {
    const tally = (reference: string, issuedOn: string, kept: number, counted = true) => ({
      reference,
      issuedOn,
      kept,
      consent: 0,
      short: 0,
      open: 1,
      counted,
    })
    const tallies = [
      tally('CN-2026-001', '2026-03-02', 8),
      tally('CN-2026-002', '2026-03-31', 1),
      tally('CN-2026-003', '2026-04-01', 0, false),
    ]
    const months = monthsOfNotices(tallies)
    expect(months[2]).to.include({ notices: 2, kept: 9, open: 2, uncounted: 0 })
    expect(months[3]).to.include({ notices: 1, uncounted: 1 })
    const { items, paging } = noticesCountedPage(tallies, 3, reader)
    expect(items.map(({ url }) => url)).to.deep.equal(['/notices/CN-2026-001', '/notices/CN-2026-002'])
    expect(items[0]?.note).to.contain('8 customers had the whole period').and.contain('1 not permitted yet')
    expect(paging.count).to.equal(2)
    expect(noticesCountedPage(tallies, null, reader).paging.count).to.equal(3)
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
    const earlier = (await visit(agent, '/year?year=2025')).text
    expect(earlier).to.contain('No notices were sent in this year.')
    // The house was set up in 2026: no audit of an earlier year is late.
    expect(earlier).to.contain('Nothing falls in this year.')
    const sent = await visit(agent, `/year/notices?year=2026&month=${Number(tilsyn.today().slice(5, 7))}`)
    expect(sent.text).to.contain(notice.reference).and.contain('2 not permitted yet')
    const stand = await visit(agent, '/year/bases?footing=eea')
    expect(page.links).to.include('/year/bases?footing=eea')
    expect(stand.text).to.contain('Gammelby Drift ApS').and.contain('1 sub-processor on today')
    expect((await visit(agent, '/year/events?year=2026&month=12')).links).to.include.members([
      '/audits',
      `/notices/${notice.reference}`,
    ])
    expect((await visit((await signedIn(tilsyn, 'auditor', 'da')).agent, '/year?year=2027')).text).to.contain(
      'Året 2027',
    )
  })
})
