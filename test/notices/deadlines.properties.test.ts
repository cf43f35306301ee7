import { expect } from 'chai'
import fc from 'fast-check'
import { addBusinessDays, businessDayAfter, isBusinessDay } from '../../src/base/calendar.js'
import { addDays, endOfDay, instantAt, isDay, type Day } from '../../src/base/day.js'
import {
  danishDateRules,
  dayZero,
  deadlines,
  earliestUse,
  effectiveDeadlines,
  lastDayToObject,
  latestDayToSend,
  periodInDays,
  printedLastDay,
  type DateRules,
  type NoticePeriod,
} from '../../src/notices/rules/deadlines.js'

const hour = 3_600_000

// Any instant in twelve years, and more often one on a day that is odd.
const oddDays: Day[] = [
  '2024-02-29',
  '2026-03-27',
  '2026-03-29',
  '2026-10-23',
  '2026-10-25',
  '2026-12-23',
  '2026-12-31',
  '2027-03-24',
  '2028-06-02',
]
const dates: fc.Arbitrary<Day> = fc.oneof(
  fc.integer({ min: 0, max: 4382 }).map((count) => addDays('2024-01-01', count)),
  fc.constantFrom(...oddDays),
)
const instants: fc.Arbitrary<Date> = fc.oneof(
  fc.date({ min: new Date('2024-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }),
  fc
    .tuple(dates, fc.constantFrom('00:00', '02:30', '15:59', '16:00', '23:59'))
    .map(([day, time]) => instantAt(day, time, danishDateRules.zone)),
)
const periods: fc.Arbitrary<NoticePeriod> = fc.oneof(
  fc.record({ length: fc.integer({ min: 1, max: 120 }), unit: fc.constant('days' as const) }),
  fc.record({ length: fc.integer({ min: 1, max: 60 }), unit: fc.constant('business-days' as const) }),
  fc.record({ length: fc.integer({ min: 1, max: 12 }), unit: fc.constant('months' as const) }),
)
const rulesOfAnyKind: fc.Arbitrary<DateRules> = fc.record({
  zone: fc.constantFrom('Europe/Copenhagen', 'Atlantic/Faroe', 'America/Nuuk'),
  receivedBy: fc.constantFrom('12:00', '16:00', '23:59'),
  extendToBusinessDay: fc.boolean(),
  slackBusinessDays: fc.integer({ min: 0, max: 5 }),
})

// Counts by hand what a period holds, with nothing of the code under test but the calendar of business days.
function holds(received: Day, lastDay: Day, { length, unit }: NoticePeriod): boolean {
  let [counted, day] = [0, received]
  while (day < lastDay) {
    day = new Date(Date.parse(day) + 24 * hour).toISOString().slice(0, 10)
    if (unit !== 'business-days' || isBusinessDay(day)) counted++
  }
  if (unit !== 'months') return counted >= length
  const [year, month, date] = received.split('-').map(Number) as [number, number, number]
  const sameDate = new Date(Date.UTC(year, month - 1 + length, date))
  // Where the month has no such date, JavaScript runs over into the next; the last day is then the one before its first.
  if (sameDate.getUTCDate() !== date) sameDate.setUTCDate(0)
  return lastDay >= sameDate.toISOString().slice(0, 10)
}

describe('deadlines, for any notice', () => {
  it('are never shorter than agreed, counted in days, business days, months or hours', () =>
    fc.assert(
      fc.property(instants, periods, rulesOfAnyKind, (accepted, period, rules) => {
        const { dayZero: received, lastDay, earliestUse: use } = deadlines(accepted, period, rules)
        expect(holds(received, lastDay, period)).to.equal(true)
        expect(use).to.equal(addDays(lastDay, 1))
        expect(accepted < endOfDay(received, rules.zone)).to.equal(true)
        const hours = (endOfDay(lastDay, rules.zone).getTime() - accepted.getTime()) / hour
        // An hour may be lost to summer time, never a day.
        expect(hours).to.be.greaterThan(periodInDays(period, received) * 24 - 1)
      }),
    ))

  it('are never longer than the agreed period and the closed days it ran into', () =>
    fc.assert(
      fc.property(dates, periods, rulesOfAnyKind, (received, period, rules) => {
        const lastDay = lastDayToObject(received, period, rules)
        const agreed = addDays(received, periodInDays(period, received))
        if (!rules.extendToBusinessDay || isBusinessDay(agreed)) expect(lastDay).to.equal(agreed)
        for (let day = agreed; day < lastDay; day = addDays(day, 1))
          expect(isBusinessDay(day)).to.equal(false)
      }),
    ))

  it('are days that are there: received and, if extended, ending on a business day', () =>
    fc.assert(
      fc.property(instants, periods, rulesOfAnyKind, (accepted, period, rules) => {
        const { dayZero: received, lastDay, earliestUse: use } = deadlines(accepted, period, rules)
        const printed = printedLastDay(accepted, period, rules)
        for (const day of [received, lastDay, use, printed]) {
          expect(isDay(day)).to.equal(true)
          expect(new Date(day).toISOString().slice(0, 10)).to.equal(day)
        }
        expect(isBusinessDay(received)).to.equal(true)
        if (rules.extendToBusinessDay)
          for (const day of [lastDay, printed]) expect(isBusinessDay(day)).to.equal(true)
      }),
    ))

  it('hold two working days if they are extended and a week or more', () =>
    fc.assert(
      fc.property(instants, fc.integer({ min: 7, max: 40 }), (accepted, length) => {
        const { dayZero: received, lastDay } = deadlines(accepted, { length, unit: 'days' }, danishDateRules)
        expect(addBusinessDays(received, 2) <= lastDay).to.equal(true)
      }),
    ))

  it('never come sooner because a notice was accepted later', () =>
    fc.assert(
      fc.property(
        instants,
        fc.nat({ max: 10 * 24 * hour }),
        periods,
        rulesOfAnyKind,
        (accepted, later, period, rules) => {
          const acceptedLater = new Date(accepted.getTime() + later)
          const [first, second] = [accepted, acceptedLater].map((instant) =>
            deadlines(instant, period, rules),
          )
          expect(second!.dayZero >= first!.dayZero).to.equal(true)
          expect(second!.lastDay >= first!.lastDay).to.equal(true)
          expect(second!.earliestUse >= first!.earliestUse).to.equal(true)
        },
      ),
    ))
})

describe('the day a customer reads', () => {
  it('is the day that counts, once a correction is sent where one is needed, and never moves back', () =>
    fc.assert(
      fc.property(
        instants,
        fc.nat({ max: 20 * 24 * hour }),
        periods,
        rulesOfAnyKind,
        (issuedAt, delay, period, rules) => {
          const accepted = new Date(issuedAt.getTime() + delay)
          const printed = printedLastDay(issuedAt, period, rules)
          const reckoned = deadlines(accepted, period, rules)
          const effective = effectiveDeadlines(printed, reckoned)
          const read = effective.correctionNeeded ? effective.lastDay : printed
          expect(read).to.equal(effective.lastDay)
          expect(read >= printed).to.equal(true)
          expect(read >= reckoned.lastDay).to.equal(true)
          expect(effective.earliestUse > read).to.equal(true)
        },
      ),
    ))

  it('needs no correction as long as the mail is accepted within the slack', () =>
    fc.assert(
      fc.property(
        instants,
        fc.nat({ max: 10 * 24 * hour }),
        periods,
        rulesOfAnyKind,
        (issuedAt, delay, period, rules) => {
          const accepted = new Date(issuedAt.getTime() + delay)
          const latest = addBusinessDays(dayZero(issuedAt, rules), rules.slackBusinessDays)
          fc.pre(dayZero(accepted, rules) <= latest)
          const printed = printedLastDay(issuedAt, period, rules)
          expect(effectiveDeadlines(printed, deadlines(accepted, period, rules)).correctionNeeded).to.equal(
            false,
          )
        },
      ),
    ))
})

describe('the latest day to send', () => {
  const lastMoment = (day: Day, rules: DateRules): Date =>
    new Date(instantAt(day, rules.receivedBy, rules.zone).getTime() - 1)
  const useIfSentAt = (issuedAt: Date, period: NoticePeriod, rules: DateRules): Day =>
    earliestUse(printedLastDay(issuedAt, period, rules))

  it('agrees with the forward rule: received that day the start is met, any time after it is not', () =>
    fc.assert(
      fc.property(
        dates,
        periods,
        rulesOfAnyKind,
        fc.nat({ max: 10 * 24 * hour }),
        (start, period, rules, later) => {
          const { dayZero: latest } = latestDayToSend(start, period, rules)!
          const inTime = lastMoment(latest, rules)
          const tooLate = new Date(inTime.getTime() + 1 + later)
          expect(deadlines(inTime, period, rules).dayZero).to.equal(latest)
          expect(deadlines(inTime, period, rules).earliestUse <= start).to.equal(true)
          expect(deadlines(tooLate, period, rules).earliestUse > start).to.equal(true)
          for (const next of [addDays(latest, 1), businessDayAfter(latest)])
            expect(
              deadlines(instantAt(next, '09:00', rules.zone), period, rules).earliestUse > start,
            ).to.equal(true)
        },
      ),
    ))

  it('agrees with what is printed: sent that day the start is met, any time after it is not', () =>
    fc.assert(
      fc.property(
        dates,
        periods,
        rulesOfAnyKind,
        fc.nat({ max: 10 * 24 * hour }),
        (start, period, rules, later) => {
          const { dayZero: latest, sendBy } = latestDayToSend(start, period, rules)!
          const inTime = lastMoment(sendBy, rules)
          const tooLate = new Date(inTime.getTime() + 1 + later)
          expect(sendBy <= latest).to.equal(true)
          expect(useIfSentAt(inTime, period, rules) <= start).to.equal(true)
          expect(useIfSentAt(tooLate, period, rules) > start).to.equal(true)
        },
      ),
    ))

  it('is never later for a longer period', () =>
    fc.assert(
      fc.property(dates, periods, (start, period) => {
        const longer = { ...period, length: period.length + 1 }
        const [short, long] = [period, longer].map((each) => latestDayToSend(start, each, danishDateRules)!)
        expect(long!.dayZero <= short!.dayZero).to.equal(true)
        expect(long!.sendBy <= short!.sendBy).to.equal(true)
      }),
    ))
})
