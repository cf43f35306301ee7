import { expect } from 'chai'
import { businessDayAfter, holidayName } from '../../src/base/calendar.js'
import { addDays, instantAt, type Day } from '../../src/base/day.js'
import {
  danishDateRules,
  dayZero,
  deadlines,
  earliestUse,
  earliestUseWithApproval,
  effectiveDeadlines,
  endOfPeriod,
  isLongerPeriod,
  lastDayToObject,
  latestDayToSend,
  periodInDays,
  printedLastDay,
  type DateRules,
  type NoticePeriod,
} from '../../src/notices/rules/deadlines.js'

const days = (length: number): NoticePeriod => ({ length, unit: 'days' })
const businessDays = (length: number): NoticePeriod => ({ length, unit: 'business-days' })
const months = (length: number): NoticePeriod => ({ length, unit: 'months' })

const rules = danishDateRules
const unextended: DateRules = { ...rules, extendToBusinessDay: false }

const at = (day: Day, time: string): Date => instantAt(day, time, rules.zone)

describe('the day a notice counts as received', () => {
  for (const [why, accepted, counted] of [
    ['a working day before 16:00: that day', '2026-11-20T14:59:59.999Z', '2026-11-20'],
    ['at 15:59: that day', '2026-11-19T14:59:00Z', '2026-11-19'],
    ['at 16:00 on the dot: the next business day', '2026-11-19T15:00:00Z', '2026-11-20'],
    ['in the evening: the next business day', '2026-11-19T22:59:59Z', '2026-11-20'],
    ['just after midnight: the new day', '2026-11-19T23:00:00Z', '2026-11-20'],
    ['Friday at 15:59: Friday', '2026-11-20T14:59:00Z', '2026-11-20'],
    ['Friday at 16:00: Monday', '2026-11-20T15:00:00Z', '2026-11-23'],
    ['Saturday at noon: Monday', '2026-11-21T11:00:00Z', '2026-11-23'],
    ['Sunday evening: Monday, not Tuesday', '2026-11-22T20:00:00Z', '2026-11-23'],
    ['the Wednesday before Easter at 16:00: the Tuesday after', '2026-04-01T14:00:00Z', '2026-04-07'],
    ['Maundy Thursday: the Tuesday after Easter', '2026-04-02T08:00:00Z', '2026-04-07'],
    ['Constitution Day, a Friday: Monday', '2026-06-05T08:00:00Z', '2026-06-08'],
    ['Christmas Eve: the first working day after Christmas', '2026-12-24T08:00:00Z', '2026-12-28'],
    ["New Year's Eve: the first working day of the year", '2026-12-31T08:00:00Z', '2027-01-04'],
    ['30 December at 16:00: the first working day of the year', '2026-12-30T15:00:00Z', '2027-01-04'],
    ['leap day: leap day', '2024-02-29T10:00:00Z', '2024-02-29'],
    ['the afternoon before leap day: leap day', '2024-02-28T15:00:00Z', '2024-02-29'],
    ['Friday 15:59 before clocks go forward: Friday', '2026-03-27T14:59:59Z', '2026-03-27'],
    ['Friday 16:00 before clocks go forward: Monday', '2026-03-27T15:00:00Z', '2026-03-30'],
    ['the Sunday clocks go forward: Monday', '2026-03-29T01:00:00Z', '2026-03-30'],
    ['Monday 15:59 after clocks went forward: Monday', '2026-03-30T13:59:59Z', '2026-03-30'],
    ['Monday 16:00 after clocks went forward: Tuesday', '2026-03-30T14:00:00Z', '2026-03-31'],
    ['Friday 15:59 before clocks go back: Friday', '2026-10-23T13:59:59Z', '2026-10-23'],
    ['Friday 16:00 before clocks go back: Monday', '2026-10-23T14:00:00Z', '2026-10-26'],
    ['the Sunday clocks go back: Monday', '2026-10-25T00:30:00Z', '2026-10-26'],
    ['Monday 15:59 after clocks went back: Monday', '2026-10-26T14:59:59Z', '2026-10-26'],
    ['Monday 16:00 after clocks went back: Tuesday', '2026-10-26T15:00:00Z', '2026-10-27'],
  ] as const)
    it(`${why}`, () => expect(dayZero(new Date(accepted), rules)).to.equal(counted))

  it('follows the hour that is set', () => {
    const early = { ...rules, receivedBy: '12:00' }
    expect(dayZero(at('2026-11-19', '11:59'), early)).to.equal('2026-11-19')
    expect(dayZero(at('2026-11-19', '12:00'), early)).to.equal('2026-11-20')
  })
})

describe('the last day to object and the earliest use', () => {
  it('received Tuesday 1 December 2026: object until Monday 4 January, use from Tuesday 5 January', () =>
    expect(deadlines(at('2026-12-01', '10:00'), days(30), rules)).to.deep.equal({
      dayZero: '2026-12-01',
      lastDay: '2027-01-04',
      earliestUse: '2027-01-05',
    }))

  it('the same without extension: until Thursday 31 December, from Friday 1 January', () =>
    expect(deadlines(at('2026-12-01', '10:00'), days(30), unextended)).to.deep.equal({
      dayZero: '2026-12-01',
      lastDay: '2026-12-31',
      earliestUse: '2027-01-01',
    }))

  it('received Friday 27 November 2026: Sunday 27 December, so Monday the 28th, use from Tuesday the 29th', () => {
    expect(endOfPeriod('2026-11-27', days(30))).to.equal('2026-12-27')
    expect(deadlines(at('2026-11-27', '15:59'), days(30), rules)).to.deep.equal({
      dayZero: '2026-11-27',
      lastDay: '2026-12-28',
      earliestUse: '2026-12-29',
    })
  })

  // Each line was reckoned apart from this code, by a script with its own calendar.
  for (const [received, d14, d30, d60, d90, b10, b20, b30, m1, m2, m3] of [
    // 30 days end on leap day; 60 on Easter Saturday
    ['2024-01-30', '02-13', '02-29', '04-02', '04-29', '02-13', '02-27', '03-12', '02-29', '04-02', '04-30'],
    ['2024-02-29', '03-14', '04-02', '04-29', '05-29', '03-14', '04-02', '04-16', '04-02', '04-29', '05-29'],
    // one month from 30 January is the last of February, a Saturday
    ['2026-01-30', '02-13', '03-02', '03-31', '04-30', '02-13', '02-27', '03-13', '03-02', '03-30', '04-30'],
    // over the Sunday on which clocks go forward
    ['2026-02-26', '03-12', '03-30', '04-27', '05-27', '03-12', '03-26', '04-14', '03-26', '04-27', '05-26'],
    // 30 days end on Easter Saturday, three months on Constitution Day
    ['2026-03-05', '03-19', '04-07', '05-04', '06-03', '03-19', '04-07', '04-21', '04-07', '05-05', '06-08'],
    // 30 days end on Constitution Day, a Friday
    ['2026-05-06', '05-20', '06-08', '07-06', '08-04', '05-21', '06-08', '06-22', '06-08', '07-06', '08-06'],
    // 30 days end on the Sunday on which clocks go back, 90 on Christmas Eve
    ['2026-09-25', '10-09', '10-26', '11-24', '12-28', '10-09', '10-23', '11-06', '10-26', '11-25', '12-28'],
  ] as const)
    it(`received ${received}: 14, 30, 60, 90 days; 10, 20, 30 business days; 1, 2, 3 months`, () => {
      const periods = [
        ...[14, 30, 60, 90].map(days),
        ...[10, 20, 30].map(businessDays),
        ...[1, 2, 3].map(months),
      ]
      expect(periods.map((period) => lastDayToObject(received, period, rules).slice(5))).to.deep.equal([
        d14,
        d30,
        d60,
        d90,
        b10,
        b20,
        b30,
        m1,
        m2,
        m3,
      ])
    })

  for (const [why, received, period, last] of [
    ['ends on Christmas Eve: after Christmas', '2026-11-24', days(30), '2026-12-28'],
    ['ends on Christmas Eve, by two weeks', '2026-12-10', days(14), '2026-12-28'],
    ['ends on 30 December: that day', '2026-11-30', days(30), '2026-12-30'],
    ["ends on New Year's Eve, by two weeks", '2026-12-17', days(14), '2027-01-04'],
    ["ends on New Year's Day", '2026-12-02', days(30), '2027-01-04'],
    ['over the year end', '2026-12-02', days(60), '2027-02-01'],
    ['in business days over the year end', '2026-12-02', businessDays(20), '2027-01-05'],
    ['in business days over Christmas', '2026-11-25', businessDays(30), '2027-01-12'],
    ['in months over the year end', '2026-11-30', months(2), '2027-02-01'],
    ['three months from 30 November: the last of February, a Sunday', '2026-11-30', months(3), '2027-03-01'],
  ] as const)
    it(`a period that ${why}`, () => expect(lastDayToObject(received, period, rules)).to.equal(last))

  it('a period that ends on any holiday or closed day of 2024 to 2035 goes on to the next business day', () => {
    let holidays = 0
    for (let day = '2024-01-01'; day < '2036-01-01'; day = addDays(day, 1)) {
      if (holidayName(day) === null) continue
      holidays++
      expect(lastDayToObject(addDays(day, -30), days(30), rules), day).to.equal(businessDayAfter(day))
      expect(lastDayToObject(addDays(day, -30), days(30), unextended), day).to.equal(day)
    }
    // Ten holidays and three closed days a year, but Whit Monday 2028 and Whit Sunday 2033 are on 5 June.
    expect(holidays).to.equal(12 * 13 - 2)
  })

  it('gives the whole of the last day: use is allowed from the day after it, be that a Saturday', () =>
    expect(earliestUse('2026-11-20')).to.equal('2026-11-21'))

  it('refuses a period that is none', () => {
    for (const length of [0, -30, 1.5, Number.NaN, Infinity])
      expect(() => endOfPeriod('2026-11-20', days(length))).to.throw(RangeError)
  })
})

describe('the printed day and the day that counts', () => {
  it('prints the last day as if the mail were accepted a business day later than expected', () => {
    // Expected Monday 30 November, printed as for Tuesday 1 December.
    expect(printedLastDay(at('2026-11-30', '10:00'), days(30), rules)).to.equal('2027-01-04')
    // Issued Friday at 16:00, so expected Monday, printed as for Tuesday.
    expect(printedLastDay(at('2026-11-27', '16:00'), days(30), rules)).to.equal('2027-01-04')
    expect(printedLastDay(at('2026-11-30', '10:00'), days(30), { ...rules, slackBusinessDays: 0 })).to.equal(
      '2026-12-30',
    )
  })

  it('lets the printed day stand when the mail was accepted sooner', () =>
    expect(
      effectiveDeadlines('2027-01-04', deadlines(at('2026-11-30', '10:01'), days(30), rules)),
    ).to.deep.equal({
      lastDay: '2027-01-04',
      earliestUse: '2027-01-05',
      correctionNeeded: false,
    }))

  it('needs no correction when the mail was accepted within the slack', () =>
    expect(
      effectiveDeadlines('2027-01-04', deadlines(at('2026-12-01', '15:59'), days(30), rules))
        .correctionNeeded,
    ).to.equal(false))

  it('moves to the reckoned day, with a correction, when the mail was accepted later still', () =>
    expect(
      effectiveDeadlines('2027-01-04', deadlines(at('2026-12-07', '09:00'), days(30), rules)),
    ).to.deep.equal({
      lastDay: '2027-01-06',
      earliestUse: '2027-01-07',
      correctionNeeded: true,
    }))
})

describe('earliest use with approval', () => {
  for (const [why, approvedOn, restWaived, use] of [
    ['approved early: use still waits for the period', '2026-12-10', false, '2027-01-05'],
    ['approved on the last day: the day after', '2027-01-04', false, '2027-01-05'],
    ['approved late: the day of approval', '2027-01-20', false, '2027-01-20'],
    ['approved early and the rest waived: the day of approval', '2026-12-10', true, '2026-12-10'],
    ['approved late and the rest waived: the day of approval', '2027-01-20', true, '2027-01-20'],
  ] as const)
    it(why, () => expect(earliestUseWithApproval('2027-01-04', approvedOn, restWaived)).to.equal(use))
})

describe('the latest day to send for a planned start', () => {
  // Reckoned apart from this code too.
  for (const [start, period, received, sendBy] of [
    ['2027-01-01', days(14), '2026-12-16', '2026-12-15'],
    ['2027-01-01', days(30), '2026-11-30', '2026-11-27'],
    ['2027-01-01', days(60), '2026-10-30', '2026-10-29'],
    ['2027-01-01', days(90), '2026-10-01', '2026-09-30'],
    ['2027-01-01', businessDays(20), '2026-11-30', '2026-11-27'],
    ['2027-01-01', months(1), '2026-11-30', '2026-11-27'],
    ['2027-01-04', days(30), '2026-11-30', '2026-11-27'],
    ['2027-01-05', days(30), '2026-12-04', '2026-12-03'],
    ['2027-03-01', days(60), '2026-12-28', '2026-12-23'],
    ['2027-03-01', months(3), '2026-11-26', '2026-11-25'],
    ['2026-12-29', days(30), '2026-11-27', '2026-11-26'],
    ['2026-04-07', days(30), '2026-03-02', '2026-02-27'],
    ['2026-06-08', days(30), '2026-05-05', '2026-05-04'],
    ['2024-03-01', days(30), '2024-01-30', '2024-01-29'],
    ['2024-03-01', months(1), '2024-01-31', '2024-01-30'],
  ] as const)
    it(`start ${start} after ${period.length} ${period.unit}: received by ${received}, sent by ${sendBy}`, () =>
      expect(latestDayToSend(start, period, rules)).to.deep.equal({ dayZero: received, sendBy }))

  it('a notice received on 1 December 2026 is too late for 1 January, unless days are not extended', () => {
    expect(latestDayToSend('2027-01-01', days(30), rules)?.dayZero).to.equal('2026-11-30')
    expect(latestDayToSend('2027-01-01', days(30), unextended)).to.deep.equal({
      dayZero: '2026-12-01',
      sendBy: '2026-11-30',
    })
  })

  it('there is none where the calendar begins too late', () => {
    expect(latestDayToSend('1900-01-20', days(30), rules)).to.equal(null)
    expect(latestDayToSend('1900-02-02', days(30), { ...rules, slackBusinessDays: 20 })).to.equal(null)
  })
})

describe('comparing periods', () => {
  it('a month is longer than 30 days in December, as long in November, shorter in February', () => {
    expect(
      ['2026-12-01', '2026-11-02', '2026-02-02'].map((from) => periodInDays(months(1), from)),
    ).to.deep.equal([31, 30, 28])
    expect(isLongerPeriod(months(1), days(30), '2026-12-01')).to.equal(true)
    expect(isLongerPeriod(months(1), days(30), '2026-11-02')).to.equal(false)
    expect(isLongerPeriod(days(30), months(1), '2026-11-02')).to.equal(false)
    expect(isLongerPeriod(days(30), months(1), '2026-02-02')).to.equal(true)
  })

  it('20 business days are longer than 30 days over Christmas only', () => {
    expect(isLongerPeriod(businessDays(20), days(30), '2026-12-16')).to.equal(true)
    expect(isLongerPeriod(businessDays(20), days(30), '2026-09-25')).to.equal(false)
  })
})
