import { expect } from 'chai'
import fc from 'fast-check'
import { Settings } from 'luxon'
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  earlierOf,
  endOfDay,
  firstDay,
  instantAt,
  isDay,
  laterOf,
  weekdayOf,
} from '../../src/base/day.js'

const copenhagen = 'Europe/Copenhagen'

describe('a day', () => {
  for (const day of ['2026-11-21', '2024-02-29', '2000-02-29', firstDay, '9999-12-31'])
    it(`${day} is in the calendar`, () => expect(isDay(day)).to.equal(true))

  for (const notADay of [
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-11-00',
    '2026-2-9',
    '21-11-2026',
    '2026-11-21T00:00',
    '2026-11-21\n',
    ' 2026-11-21',
    '0026-11-21',
    '1899-12-31',
    '+010000-01-01',
    '',
    20261121,
    null,
    undefined,
    new Date(0),
  ])
    it(`${JSON.stringify(notADay)} is not`, () => expect(isDay(notADay)).to.equal(false))

  it('of two, the earlier and the later are told by comparing them', () => {
    expect(earlierOf('2026-12-31', '2027-01-01')).to.equal('2026-12-31')
    expect(earlierOf('2027-01-01', '2026-12-31')).to.equal('2026-12-31')
    expect(laterOf('2026-12-31', '2027-01-01')).to.equal('2027-01-01')
    expect(laterOf('2027-01-01', '2026-12-31')).to.equal('2027-01-01')
  })

  it('has a weekday, Monday first', () => {
    expect(
      ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'].map(
        weekdayOf,
      ),
    ).to.deep.equal([1, 2, 3, 4, 5, 6, 7])
  })
})

describe('counting days and months', () => {
  for (const [from, count, to] of [
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-28', 2, '2024-03-01'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-03-28', 2, '2026-03-30'], // clocks go forward on the 29th: a day of 23 hours is a day
    ['2026-10-24', 2, '2026-10-26'], // clocks go back on the 25th
    ['2026-12-01', 30, '2026-12-31'],
    ['2026-12-01', 0, '2026-12-01'],
  ] as const)
    it(`${from} and ${count} days is ${to}`, () => {
      expect(addDays(from, count)).to.equal(to)
      expect(daysBetween(from, to)).to.equal(count)
    })

  for (const [from, count, to] of [
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-30', 1, '2026-02-28'],
    ['2026-03-31', 1, '2026-04-30'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2026-11-15', 1, '2026-12-15'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2026-05-17', 0, '2026-05-17'],
  ] as const)
    it(`${from} and ${count} months is ${to}`, () => expect(addMonths(from, count)).to.equal(to))

  it('refuses what is no day, no whole number, or leads out of the calendar', () => {
    for (const wrong of [
      () => addDays('2026-02-29', 1),
      () => addMonths('2026-02-29', 1),
      () => daysBetween('2026-01-01', 'tomorrow'),
      () => weekdayOf(''),
      () => addDays('2026-01-01', 0.5),
      () => addDays('2026-01-01', Number.NaN),
      () => addMonths('2026-01-01', 1.5),
      () => addDays(firstDay, -1),
      () => addDays('9999-12-31', 1),
      () => addDays('2026-01-01', Number.MAX_SAFE_INTEGER),
      () => addMonths('9999-12-01', 1),
      () => addMonths('2026-01-01', -1950 * 12),
    ])
      expect(wrong).to.throw(RangeError)
  })

  it('there and back again is where one began, whatever the day', () => {
    const days = fc.integer({ min: 0, max: 100_000 }).map((count) => addDays(firstDay, count))
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(addDays(a, daysBetween(a, b))).to.equal(b)
        expect(a < b).to.equal(daysBetween(a, b) > 0)
        expect(isDay(a)).to.equal(true)
      }),
    )
  })
})

describe('days and instants', () => {
  for (const [instant, day] of [
    ['2026-11-21T22:59:59.999Z', '2026-11-21'],
    ['2026-11-21T23:00:00Z', '2026-11-22'], // winter time, an hour before UTC
    ['2026-07-01T21:59:59.999Z', '2026-07-01'],
    ['2026-07-01T22:00:00Z', '2026-07-02'], // summer time, two
    ['2026-12-31T23:00:00Z', '2027-01-01'],
    ['2024-02-28T23:00:00Z', '2024-02-29'],
    ['2024-02-29T23:00:00Z', '2024-03-01'],
    // Clocks go forward on 29 March 2026 and back on 25 October 2026.
    ['2026-03-28T22:59:59Z', '2026-03-28'],
    ['2026-03-28T23:00:00Z', '2026-03-29'],
    ['2026-03-29T21:59:59Z', '2026-03-29'],
    ['2026-03-29T22:00:00Z', '2026-03-30'],
    ['2026-10-24T21:59:59Z', '2026-10-24'],
    ['2026-10-24T22:00:00Z', '2026-10-25'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
  ] as const)
    it(`${instant} is ${day} in Copenhagen`, () => expect(dayOf(new Date(instant), copenhagen)).to.equal(day))

  for (const [day, time, instant] of [
    ['2026-11-20', '16:00', '2026-11-20T15:00:00.000Z'],
    ['2026-07-01', '16:00', '2026-07-01T14:00:00.000Z'],
    ['2026-03-28', '16:00', '2026-03-28T15:00:00.000Z'],
    ['2026-03-29', '16:00', '2026-03-29T14:00:00.000Z'],
    ['2026-10-24', '16:00', '2026-10-24T14:00:00.000Z'],
    ['2026-10-25', '16:00', '2026-10-25T15:00:00.000Z'],
    ['2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'], // skipped that night: 03:30 summer time
    ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'], // comes twice that night: the first
    ['2026-03-29', '00:00', '2026-03-28T23:00:00.000Z'],
    ['2024-02-29', '23:59', '2024-02-29T22:59:00.000Z'],
  ] as const)
    it(`${time} on ${day} in Copenhagen is ${instant}`, () =>
      expect(instantAt(day, time, copenhagen).toISOString()).to.equal(instant))

  it('a time that comes twice means the first, whether it is asked in summer or in winter', () => {
    const before = Settings.now
    try {
      for (const asked of ['2026-01-15', '2026-07-15']) {
        Settings.now = () => Date.parse(asked)
        expect(instantAt('2026-10-25', '02:30', copenhagen).toISOString()).to.equal(
          '2026-10-25T00:30:00.000Z',
        )
        expect(instantAt('2026-03-29', '02:30', copenhagen).toISOString()).to.equal(
          '2026-03-29T01:30:00.000Z',
        )
      }
    } finally {
      Settings.now = before
    }
  })

  it('a day has 24 hours, 23 when clocks go forward and 25 when they go back', () => {
    const hours = (day: string): number =>
      (endOfDay(day, copenhagen).getTime() - instantAt(day, '00:00', copenhagen).getTime()) / 3_600_000
    expect(['2026-11-21', '2026-03-29', '2026-10-25'].map(hours)).to.deep.equal([24, 23, 25])
  })

  it('ends when the next begins, even where midnight is skipped', () => {
    expect(endOfDay('2026-12-31', copenhagen).toISOString()).to.equal('2026-12-31T23:00:00.000Z')
    // Clocks in Beirut go forward at midnight.
    expect(endOfDay('2026-03-28', 'Asia/Beirut').toISOString()).to.equal('2026-03-28T22:00:00.000Z')
  })

  it('refuses what is no instant, time or zone', () => {
    for (const wrong of [
      () => dayOf(new Date(Number.NaN), copenhagen),
      () => dayOf(new Date(0), 'Europe/Kopenhagen'),
      () => instantAt('2026-11-21', '24:00', copenhagen),
      () => instantAt('2026-11-21', '16', copenhagen),
      () => instantAt('2026-02-29', '16:00', copenhagen),
      () => instantAt('2026-11-21', '16:00', 'Mars/Phobos'),
      () => endOfDay('2026-11-21', 'Mars/Phobos'),
    ])
      expect(wrong).to.throw(RangeError)
  })

  it('every instant lies in its own day, in any zone', () => {
    const instants = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2060-01-01'),
      noInvalidDate: true,
    })
    const zones = fc.constantFrom(
      copenhagen,
      'Asia/Beirut',
      'America/Havana',
      'Pacific/Auckland',
      'America/Nuuk',
      'UTC',
    )
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const day = dayOf(instant, zone)
        expect(instant < endOfDay(day, zone)).to.equal(true)
        expect(instant >= endOfDay(addDays(day, -1), zone)).to.equal(true)
      }),
    )
  })
})
