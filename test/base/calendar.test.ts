import { expect } from 'chai'
import {
  addBusinessDays,
  businessDayAfter,
  holidayName,
  isBusinessDay,
  nextBusinessDay,
  nonBusinessReason,
} from '../../src/base/calendar.js'
import { addDays, type Day } from '../../src/base/day.js'

// Easter Sunday as printed in almanacs, and reckoned below by the computus: neither comes from the library.
const easters: Day[] = [
  '2024-03-31',
  '2025-04-20',
  '2026-04-05',
  '2027-03-28',
  '2028-04-16',
  '2029-04-01',
  '2030-04-21',
  '2031-04-13',
  '2032-03-28',
  '2033-04-17',
  '2034-04-09',
  '2035-03-25',
]

// The anonymous Gregorian algorithm (Nature, 1876).
function easterIn(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const date = ((h + l - 7 * m + 114) % 31) + 1
  return `${year}-0${month}-${String(date).padStart(2, '0')}`
}

function holidaysOf(year: number): [Day, string][] {
  const easter = easterIn(year)
  return [
    [`${year}-01-01`, "New Year's Day"],
    [addDays(easter, -3), 'Maundy Thursday'],
    [addDays(easter, -2), 'Good Friday'],
    [easter, 'Easter Sunday'],
    [addDays(easter, 1), 'Easter Monday'],
    [addDays(easter, 39), 'Ascension Day'],
    [addDays(easter, 49), 'Pentecost'],
    [addDays(easter, 50), 'Whit Monday'],
    [`${year}-12-25`, 'Christmas Day'],
    [`${year}-12-26`, 'Boxing Day'],
  ]
}

function everyDayOf(year: number): Day[] {
  const days: Day[] = []
  for (let day = `${year}-01-01`; day.startsWith(`${year}`); day = addDays(day, 1)) days.push(day)
  return days
}

describe('the Danish business calendar', () => {
  it('is checked against the Easter of almanacs', () =>
    expect(easters.map((easter) => easterIn(Number(easter.slice(0, 4))))).to.deep.equal(easters))

  for (let year = 2024; year <= 2035; year++) {
    for (const [day, name] of holidaysOf(year))
      it(`is closed on ${day}, ${name}`, () => {
        expect(isBusinessDay(day)).to.equal(false)
        expect(nonBusinessReason(day)).to.equal('holiday')
        expect(holidayName(day)?.en).to.equal(name)
      })

    it(`is closed in ${year} on these, on weekends, 5 June, 24 and 31 December, and on no other day`, () => {
      const named = new Set([
        ...holidaysOf(year).map(([day]) => day),
        ...['06-05', '12-24', '12-31'].map((date) => `${year}-${date}`),
      ])
      const weekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay())
      for (const day of everyDayOf(year)) {
        expect(isBusinessDay(day), day).to.equal(!named.has(day) && !weekend(day))
        expect(holidayName(day) !== null, day).to.equal(named.has(day))
      }
    })
  }

  it('is open on Store Bededag from 2024, the fourth Friday after Easter', () => {
    for (const easter of easters) expect(nonBusinessReason(addDays(easter, 26)), easter).to.equal(null)
    expect(nonBusinessReason('2023-05-05')).to.equal('holiday')
  })

  it('is open on 1 May and on other days that are only marked in calendars', () => {
    expect(nonBusinessReason('2026-05-01')).to.equal(null)
    expect(nonBusinessReason('2026-02-16')).to.equal(null)
  })

  for (const [day, reason, da, en] of [
    ['2026-04-03', 'holiday', 'Langfredag', 'Good Friday'],
    ['2026-04-05', 'holiday', 'Påskedag', 'Easter Sunday'],
    ['2026-06-05', 'closed-day', 'Grundlovsdag', 'Constitution Day'],
    ['2026-12-24', 'closed-day', 'Juleaften', 'Christmas Eve'],
    ['2026-12-31', 'closed-day', 'Nytårsaften', "New Year's Eve"],
    ['2027-06-05', 'closed-day', 'Grundlovsdag', 'Constitution Day'], // a Saturday
    ['2028-06-05', 'holiday', 'Anden Pinsedag', 'Whit Monday'], // both
  ] as const)
    it(`says why it is closed on ${day}: ${en}`, () => {
      expect(nonBusinessReason(day)).to.equal(reason)
      expect(holidayName(day)).to.deep.equal({ da, en })
    })

  it('says Saturday and Sunday where nothing else closes the day', () => {
    expect(nonBusinessReason('2026-11-21')).to.equal('saturday')
    expect(nonBusinessReason('2026-11-22')).to.equal('sunday')
    expect(nonBusinessReason('2026-11-23')).to.equal(null)
    expect(holidayName('2026-11-21')).to.equal(null)
  })

  it('refuses what is no day', () => expect(() => isBusinessDay('2026-02-29')).to.throw(RangeError))
})

describe('counting business days', () => {
  for (const [day, next, after] of [
    ['2026-11-20', '2026-11-20', '2026-11-23'], // Friday
    ['2026-11-21', '2026-11-23', '2026-11-23'],
    ['2026-11-22', '2026-11-23', '2026-11-23'],
    ['2026-12-23', '2026-12-23', '2026-12-28'], // Christmas Eve is a Thursday
    ['2026-12-30', '2026-12-30', '2027-01-04'], // 31st and 1st, then a weekend
    ['2026-04-01', '2026-04-01', '2026-04-07'], // Wednesday before Easter
    ['2026-06-04', '2026-06-04', '2026-06-08'], // 5 June is a Friday
    ['2024-02-28', '2024-02-28', '2024-02-29'],
  ] as const)
    it(`from ${day} the next is ${next}, the one after it ${after}`, () => {
      expect(nextBusinessDay(day)).to.equal(next)
      expect(businessDayAfter(day)).to.equal(after)
    })

  for (const [day, count, to] of [
    ['2026-11-20', 0, '2026-11-20'],
    ['2026-11-21', 0, '2026-11-21'],
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-16', 5, '2026-11-23'],
    ['2026-12-21', 5, '2026-12-30'], // 22, 23, 28, 29, 30
    ['2026-12-21', 6, '2027-01-04'],
    ['2026-03-30', 3, '2026-04-07'], // 31 March, 1 April, then past Easter Monday
  ] as const)
    it(`${count} business days after ${day} is ${to}`, () => expect(addBusinessDays(day, count)).to.equal(to))

  it('counts whole days, forwards', () => {
    expect(() => addBusinessDays('2026-11-20', -1)).to.throw(RangeError)
    expect(() => addBusinessDays('2026-11-20', 1.5)).to.throw(RangeError)
  })
})
