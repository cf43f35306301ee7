import { expect } from 'chai'
import { calendarYear, isWithin, yearOfPeriod, type Period } from '../../src/base/day.js'
import { dayAsked, isOfPeriod, yearsToLookIn } from '../../src/questionnaires/rules/period.js'
import {
  dutiesOf,
  reachedIn,
  type Duty,
  type DutyKind,
  type Supervised,
} from '../../src/supervision/rules.js'
import { aFound, aHeld, anAsked, aSupervised, changes, highRisk } from './builders.js'

/** DPA C.7 asks for an audit a year, and not for calendar years: some houses close theirs in the summer. */
const july: Period = { from: '2026-07-01', to: '2027-06-30' }
const owed = { owed: true }

describe('What is owed in a year from July to June', () => {
  const dutyOf = (
    kind: DutyKind,
    engagement: Partial<Supervised>,
    given: Parameters<typeof changes>[0],
    today: string,
  ): Duty | undefined =>
    dutiesOf(aSupervised(engagement), july, changes(given), today).find((duty) => duty.kind === kind)

  const cases: [
    what: string,
    kind: DutyKind,
    engagement: Partial<Supervised>,
    given: Parameters<typeof changes>[0],
    today: string,
    expected: Partial<Duty> | undefined,
  ][] = [
    [
      'a questionnaire by its last day where none was handed in in the twelve months before',
      'questionnaire',
      {},
      {},
      '2027-01-01',
      { dueOn: '2027-06-30', why: 'yearly', state: 'not-due' },
    ],
    [
      'by the month in which the one before was handed in',
      'questionnaire',
      {},
      { asked: [anAsked({ year: 2025, on: '2025-11-02', submittedOn: '2025-12-10', state: 'concluded' })] },
      '2026-11-15',
      { dueOn: '2026-12-31' },
    ],
    [
      'done by what was asked in it, whatever year it says it is of',
      'questionnaire',
      {},
      { asked: [anAsked({ year: 2027, on: '2026-12-28', state: 'concluded' })] },
      '2027-02-01',
      { state: 'done' },
    ],
    [
      'not by what was asked in the spring before, though of the same calendar year',
      'questionnaire',
      {},
      { asked: [anAsked({ year: 2026, on: '2026-03-01', state: 'concluded', submittedOn: '2026-04-01' })] },
      '2027-01-01',
      { dueOn: '2027-04-30', stage: 'nothing' },
    ],
    [
      'of an addition where it began in it, and not where it began in the spring before',
      'questionnaire',
      { begunOn: '2026-09-01' },
      {},
      '2026-09-02',
      { why: 'addition', dueOn: '2026-10-01' },
    ],
    [
      'yearly of what began in the spring',
      'questionnaire',
      { begunOn: '2026-05-01' },
      {},
      '2026-09-02',
      { why: 'yearly' },
    ],
    [
      'a statement where it began in the first half, which ends on 31 December',
      'statement',
      { assurance: owed, begunOn: '2026-12-31' },
      {},
      '2027-01-01',
      { dueOn: '2027-06-30' },
    ],
    [
      'none where it began after that',
      'statement',
      { assurance: owed, begunOn: '2027-01-01' },
      {},
      '2027-02-01',
      undefined,
    ],
    [
      'a statement received in it',
      'statement',
      { assurance: owed },
      { held: [aHeld({ receivedOn: '2027-03-15' })] },
      '2027-04-01',
      { state: 'done' },
    ],
    [
      'a follow-up by its middle, done from October on',
      'follow-up',
      { scored: highRisk },
      {
        found: [aFound({ openedOn: '2026-10-01' })],
        acts: [{ kind: 'follow-up', engagement: 'e1', on: '2026-10-01' }],
      },
      '2027-02-01',
      { dueOn: '2026-12-31', state: 'done' },
    ],
    [
      'a data centre while it is the present one',
      'data-centre',
      { dataCentres: [{ address: 'x', covered: false, until: null, by: null }] },
      {},
      '2027-01-01',
      { state: 'overdue' },
    ],
    [
      'and not when it is over',
      'data-centre',
      { dataCentres: [{ address: 'x', covered: false, until: null, by: null }] },
      {},
      '2027-07-01',
      undefined,
    ],
  ]
  for (const [what, kind, engagement, given, today, expected] of cases)
    it(what, () => {
      const duty = dutyOf(kind, engagement, given, today)
      if (expected === undefined) expect(duty).to.equal(undefined)
      else expect(duty).to.deep.include(expected)
    })

  it('amounts to what was concluded and inspected in it', () => {
    const given = changes({
      asked: [anAsked({ on: '2026-08-01', state: 'concluded' })],
      acts: [{ kind: 'inspection', engagement: 'e1', on: '2026-06-30' }],
    })
    expect(reachedIn(aSupervised(), july, given, '2027-01-01')).to.deep.equal([3])
  })
})

describe('Whose period a questionnaire is', () => {
  it('is that of the year it names, or of the day it was asked', () => {
    const asked = { year: 2026, on: '2027-01-04' }
    expect(isOfPeriod(asked, calendarYear(2026))).to.equal(true)
    expect(isOfPeriod(asked, calendarYear(2027))).to.equal(false)
    expect(isOfPeriod(asked, july)).to.equal(true)
    expect(isOfPeriod({ ...asked, on: '2026-06-30' }, july)).to.equal(false)
  })

  it('goes by the day of Copenhagen', () => {
    const none = { askedAt: null, submitted: null, dueOn: '2026-12-20' }
    const zone = 'Europe/Copenhagen'
    expect(dayAsked(none, zone)).to.equal('2026-12-20')
    expect(dayAsked({ ...none, submitted: { at: new Date('2026-06-30T22:30:00Z') } }, zone)).to.equal(
      '2026-07-01',
    )
    const askedAt = new Date('2026-06-30T21:30:00Z')
    expect(dayAsked({ ...none, askedAt, submitted: { at: new Date() } }, zone)).to.equal('2026-06-30')
  })

  it('is looked for in the years that may name it', () => {
    expect(yearsToLookIn(calendarYear(2026))).to.deep.equal([2025, 2026])
    expect(yearsToLookIn(july)).to.deep.equal([2024, 2025, 2026, 2027, 2028])
  })

  it('is told from a calendar year by both its days', () => {
    expect(yearOfPeriod(calendarYear(2026))).to.equal(2026)
    expect(yearOfPeriod({ from: '2026-01-01', to: '2026-06-30' })).to.equal(null)
    expect(yearOfPeriod(july)).to.equal(null)
    const within = ['2026-06-30', '2026-07-01', '2027-06-30', '2027-07-01', null].map((day) =>
      isWithin(day, july),
    )
    expect(within).to.deep.equal([false, true, true, false, false])
  })
})
