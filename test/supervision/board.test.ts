import { expect } from 'chai'
import { calendarYear } from '../../src/base/day.js'
import {
  pageOfRows,
  readBoardQuery,
  selectRows,
  summaryOf,
  supervisionOfYear,
  tasksOf,
  vendorYear,
  type Supervised,
  type VendorYear,
} from '../../src/supervision/rules.js'
import { aFound, aHeld, anAsked, aStanding, aSupervised, changes, highRisk } from './builders.js'

const today = '2026-11-23'

function row(
  name: string,
  engagements: Partial<Supervised>[] = [{}],
  given: Parameters<typeof changes>[0] = {},
  day = today,
): VendorYear {
  const vendor = { id: name, reference: `V-${name}`, name, sortKey: name.toLowerCase() }
  const made = vendorYear(
    vendor,
    engagements.map((each) => aSupervised(each)),
    calendarYear(2026),
    changes(given),
    day,
  )
  if (!made) throw new Error('nothing is owed')
  return made
}

const concluded = { asked: [anAsked({ state: 'concluded' as const })] }

describe("a sub-processor's year", () => {
  it('stands where its riskiest engagement and its most pressing duty do', () => {
    const both = row('Nyborg', [{}, { id: 'e2', reference: 'E-0002', scored: highRisk }], concluded)
    expect(both).to.deep.include({ total: 8, band: '7-10', state: 'owed', nextDue: '2026-12-31' })
    expect(both.engagements.map(({ state }) => state)).to.deep.equal(['done', 'owed'])
  })

  it('is weaker than the guidance where 7 points are supervised by questionnaire only', () => {
    const [year] = row('Nyborg', [{ scored: highRisk }], concluded).engagements
    expect(year?.duties.map(({ state }) => state)).to.deep.equal(['weaker'])
    expect(year?.weak).to.deep.equal({ how: 'done', because: null })
    expect(year?.reached).to.deep.equal([3])
  })

  it('is not weaker where an accepted report is there too, and is where there is only a certificate', () => {
    const withReport = row('Nyborg', [{ scored: highRisk }], { ...concluded, held: [aHeld()] })
    expect(withReport.engagements[0]).to.deep.include({ weak: null, reached: [3, 5], state: 'done' })
    const certified = row('Nyborg', [{ scored: highRisk }], { ...concluded, held: [aHeld({ concept: 4 })] })
    expect(certified.engagements[0]?.state).to.equal('weaker')
  })

  it('is not weaker where we held an inspection of our own in the year', () => {
    const acts = [{ kind: 'inspection' as const, engagement: 'e1', on: '2026-09-01' }]
    expect(row('Nyborg', [{ scored: highRisk }], { ...concluded, acts }).state).to.equal('done')
  })

  it('counts a report only while it may be relied on', () => {
    const held = [aHeld({ until: '2026-04-30' })]
    expect(row('Nyborg', [{ scored: highRisk }], { ...concluded, held }).state).to.equal('weaker')
  })

  it('is weaker as planned where the way chosen does not suffice, with the reason there is', () => {
    const scored = { ...highRisk, concept: 3 as const, weakerBecause: 'Too large to answer.' }
    expect(row('Nyborg', [{ scored }]).engagements[0]?.weak).to.deep.equal({
      how: 'planned',
      because: 'Too large to answer.',
    })
  })

  it('has no plan to be weaker than while nobody has confirmed the points', () => {
    const scored = { ...highRisk, concept: 3 as const, confirmed: false }
    expect(row('Nyborg', [{ scored }]).engagements[0]?.weak).to.equal(null)
  })
})

describe('the board', () => {
  const rows = [
    row('Aalborg', [{ scored: highRisk, services: ['telephony'] }]),
    row('Birkerød', [{ begunOn: '2026-05-01' }]),
    row('Charlottenlund', [{ scored: aStanding({ total: 1, band: '1-2' }) }], concluded),
  ]
  const asked = (query: Record<string, string>) => readBoardQuery(query, today)
  const names = (query: Record<string, string>) =>
    selectRows(rows, asked(query)).map(({ vendor }) => vendor.name)

  it('is of the present year unless another is asked for', () => {
    expect(asked({}).year).to.equal(2026)
    expect(asked({ year: '2025' }).year).to.equal(2025)
    for (const year of ['1900', '3000', 'x', '2026.5']) expect(asked({ year }).year).to.equal(2026)
  })

  it('is filtered by state, points, service, month and words', () => {
    expect(names({ state: 'overdue' })).to.deep.equal(['Birkerød'])
    expect(names({ state: 'done' })).to.deep.equal(['Charlottenlund'])
    expect(names({ band: '7-10' })).to.deep.equal(['Aalborg'])
    expect(names({ service: 'telephony' })).to.deep.equal(['Aalborg'])
    expect(names({ month: '5' })).to.deep.equal(['Birkerød'])
    expect(names({ q: 'birkeroed' })).to.deep.equal(['Birkerød'])
    expect(names({ q: 'nobody' })).to.deep.equal([])
  })

  it('is sorted by name, by what presses most, by the next date or by points', () => {
    expect(names({})).to.deep.equal(['Aalborg', 'Birkerød', 'Charlottenlund'])
    expect(names({ sort: 'state' })).to.deep.equal(['Birkerød', 'Aalborg', 'Charlottenlund'])
    expect(names({ sort: 'due' })).to.deep.equal(['Birkerød', 'Aalborg', 'Charlottenlund'])
    expect(names({ sort: 'risk' })).to.deep.equal(['Aalborg', 'Birkerød', 'Charlottenlund'])
  })

  it('shows every row once from page to page, forth and back, also while rows go', () => {
    const many = selectRows(
      Array.from({ length: 25 }, (_, place) => row(`Vendor ${String(place).padStart(2, '0')}`)),
      asked({}),
    )
    const seen: string[] = []
    let page = pageOfRows(many, { sort: 'name', page: '' }, 10)
    for (;;) {
      seen.push(...page.rows.map(({ vendor }) => vendor.name))
      if (page.next === null) break
      page = pageOfRows(many, { sort: 'name', page: page.next }, 10)
    }
    expect(seen).to.deep.equal(many.map(({ vendor }) => vendor.name))
    const back = pageOfRows(many, { sort: 'name', page: page.previous ?? '' }, 10)
    expect(back.rows.map(({ vendor }) => vendor.name)).to.deep.equal(seen.slice(10, 20))
    const second = pageOfRows(many, { sort: 'name', page: '' }, 10).next ?? ''
    const fewer = pageOfRows(many.slice(3), { sort: 'name', page: second }, 10)
    expect(fewer.rows[0]?.vendor.name).to.equal('Vendor 10')
    for (const odd of ['x', '%', '["after",1,2]', '["after","a"]'])
      expect(pageOfRows(many, { sort: 'name', page: odd }, 10).rows[0]?.vendor.name).to.equal('Vendor 00')
  })

  it('counts the duties of the year by how far they have come and by the month they fall due in', () => {
    const summary = summaryOf(rows, 2026)
    expect(summary.progress).to.deep.equal({ done: 1, 'under-way': 0, 'to-do': 1, overdue: 1 })
    expect(summary.months[4]?.counts.overdue).to.equal(1)
    expect(summary.months[11]?.counts).to.deep.equal({ done: 1, 'under-way': 0, 'to-do': 1, overdue: 0 })
  })

  it('tells the yearly audit what was owed, done and weaker, with references', () => {
    const weak = row('Dragør', [{ reference: 'E-0009', scored: highRisk }], { ...concluded, found: [] })
    const year = supervisionOfYear([...rows, weak])
    expect(year).to.deep.include({ vendors: 4, engagements: 4 })
    expect(year.duties.questionnaire).to.deep.include({ owed: 4, done: 2, weaker: 1, overdue: 1 })
    expect(year.duties.questionnaire.by).to.deep.equal(['QN-2026-001'])
    expect(year.weaker).to.deep.equal([{ engagement: 'E-0009', because: null }])
  })
})

describe('what staff is told to do', () => {
  const texts = (rows: VendorYear[]) =>
    tasksOf(rows, today).map(({ text }) => text.replace('supervision:task.', ''))

  it('is what is owed and not asked for, and nothing that is under way', () => {
    expect(texts([row('Nyborg')])).to.deep.equal(['questionnaire'])
    expect(texts([row('Nyborg', [{}], { asked: [anAsked()] })])).to.deep.equal([])
    expect(texts([row('Nyborg', [{}], {}, '2026-06-01')])).to.deep.equal([])
  })

  it('is what is weaker than the guidance until somebody writes why', () => {
    expect(texts([row('Nyborg', [{ scored: highRisk }], concluded)])).to.deep.equal(['weaker'])
    const scored = { ...highRisk, weakerBecause: 'Inspection in January.' }
    expect(texts([row('Nyborg', [{ scored }], concluded)])).to.deep.equal([])
  })

  it('is to look at points that the register has overtaken, and at those nobody has confirmed', () => {
    expect(texts([row('Nyborg', [{ scored: aStanding({ stale: true }) }], concluded)])).to.deep.equal([
      'stale',
    ])
    expect(texts([row('Nyborg', [{ scored: aStanding({ confirmed: false }) }], concluded)])).to.deep.equal([
      'unscored',
    ])
  })

  it('is one line where there are many of a kind', () => {
    const many = Array.from({ length: 7 }, (_, place) => row(`Vendor ${place}`))
    const [task, ...others] = tasksOf(many, today)
    expect(others).to.deep.equal([])
    expect(task).to.deep.include({
      text: 'supervision:task.many-owed',
      facts: { count: 7 },
      url: '/supervision?state=owed',
    })
  })

  it('leaves findings to the room of findings', () => {
    expect(texts([row('Nyborg', [{}], { ...concluded, found: [aFound()] })])).to.deep.equal([])
  })
})
