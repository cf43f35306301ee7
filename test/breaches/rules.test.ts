import { expect } from 'chai'
import { instantAt } from '../../src/base/day.js'
import { readReport } from '../../src/breaches/form.js'
import { momentInWords } from '../../src/breaches/page/moment.js'
import {
  alertDue,
  authorityUntil,
  boughtThen,
  hour,
  isInTime,
  lastInstant,
  levelOf,
  proposedLevel,
  type Grade,
} from '../../src/breaches/rules.js'

const zone = 'Europe/Copenhagen'
const shown = (at: Date, locale: 'da' | 'en' = 'da') => momentInWords(at, { locale, zone })
describe('the hours of a breach (clause 10.2; periods in hours, Reg. 1182/71 art. 3)', () => {
  const cases: [why: string, aware: string, hours: number, until: string][] = [
    ['an ordinary night', '2026-11-23T22:30:00+01:00', 24, 'tirsdag den 24. november 2026 kl. 22.30'],
    ['a weekend is no pause', '2026-11-27T22:30:00+01:00', 24, 'lørdag den 28. november 2026 kl. 22.30'],
    ['nor is Christmas', '2026-12-24T16:00:00+01:00', 24, 'fredag den 25. december 2026 kl. 16.00'],
    [
      'clocks go back: 24 hours end an hour earlier on the wall',
      '2026-10-24T22:30:00+02:00',
      24,
      'søndag den 25. oktober 2026 kl. 21.30',
    ],
    [
      'clocks go forward: an hour later on the wall',
      '2026-03-28T22:30:00+01:00',
      24,
      'søndag den 29. marts 2026 kl. 23.30',
    ],
    [
      'twelve agreed hours over the change',
      '2026-10-24T20:00:00+02:00',
      12,
      'søndag den 25. oktober 2026 kl. 07.00',
    ],
    ['48 agreed hours', '2026-03-27T10:00:00+01:00', 48, 'søndag den 29. marts 2026 kl. 11.00'],
    [
      'a time that comes twice is told apart by its offset',
      '2026-10-24T02:30:00+02:00',
      24,
      'søndag den 25. oktober 2026 kl. 02.30 (UTC+02:00)',
    ],
    [
      'the second of the two',
      '2026-10-24T03:30:00+02:00',
      24,
      'søndag den 25. oktober 2026 kl. 02.30 (UTC+01:00)',
    ],
  ]
  for (const [why, aware, hours, until] of cases)
    it(why, () => {
      const end = lastInstant(new Date(aware), hours)
      expect(shown(end)).to.equal(until)
      expect(end.getTime() - Date.parse(aware)).to.equal(hours * hour)
    })

  it('count up to and with their last instant', () => {
    const until = new Date('2026-11-24T21:30:00Z')
    expect(isInTime(until, until)).to.equal(true)
    expect(isInTime(new Date(until.getTime() + 1), until)).to.equal(false)
  })

  it('of a controller are 72 (Art. 33(1)), through both clock changes', () => {
    const awareAt = new Date('2026-10-23T20:30:00Z')
    expect(shown(authorityUntil({ awareAt, authorityHours: 72 }), 'en')).to.equal(
      'Monday 26 October 2026, 21:30',
    )
  })

  it('begin at the first of two equal times: never later than we knew', () => {
    const wall = { zone, now: new Date('2026-10-25T04:00:00Z') }
    const read = readReport(
      { once: 'x', role: 'processor', report: 'x', awareDay: '2026-10-25', awareTime: '02.30' },
      wall,
    )
    expect(read.input?.awareAt.toISOString()).to.equal('2026-10-25T00:30:00.000Z')
    expect(read.input?.awareAt).to.deep.equal(instantAt('2026-10-25', '02:30', zone))
  })

  it('cannot begin later than the sub-processor told us, nor ahead of now', () => {
    const wall = { zone, now: new Date('2026-11-23T12:00:00Z') }
    const given = { once: 'x', role: 'processor', report: 'x', awareDay: '2026-11-23' }
    const told = { toldDay: '2026-11-23', toldTime: '09:00' }
    const wrong = (body: object) =>
      readReport({ ...given, ...body }, wall).problems?.map(({ field, text }) => [field, text])
    expect(wrong({ ...told, awareTime: '10:00' })).to.deep.equal([['awareTime', 'aware-after-told']])
    expect(wrong({ ...told, awareTime: '08:00' })).to.equal(undefined)
    expect(wrong({ awareTime: '14:00' })).to.deep.equal([['awareTime', 'moment-ahead']])
    expect(wrong({ awareTime: '25:00' })).to.deep.equal([['awareTime', 'not-a-time']])
    const knew = { knewDay: '2026-11-23', knewTime: '09:30' }
    expect(wrong({ ...told, ...knew, awareTime: '08:00' })).to.deep.equal([['toldTime', 'told-before-known']])
  })
})

describe('an alert while anybody is untold', () => {
  const aware = new Date('2026-11-20T21:30:00Z')
  const cases: [after: number, hours: number, step: string | null][] = [
    [0, 24, null],
    [11.9, 24, null],
    [12, 24, '12'],
    [17, 24, '12'],
    [18, 24, '6'],
    [23, 24, '1'],
    [24, 24, 'after-0'],
    [35, 24, 'after-0'],
    [36, 24, 'after-1'],
    [96, 24, 'after-6'],
    // Who agreed on eight hours is not told at once that twelve are left.
    [0, 8, null],
    [2, 8, '6'],
    [0, 12, null],
    [60, 72, '12'],
  ]
  for (const [after, hours, step] of cases)
    it(`is ${step ?? 'none'} after ${after} of ${hours} hours, however late it is asked`, () => {
      const now = new Date(aware.getTime() + after * hour)
      expect(alertDue(now, aware, lastInstant(aware, hours))).to.equal(step)
    })
})

describe('customers that bought an affected service then', () => {
  const span = { from: '2026-11-10', until: '2026-11-20' }
  const cases: [why: string, from: string, to: string | null, ended: string | null, affected: boolean][] = [
    ['all along', '2026-01-01', null, null, true],
    ['came while it was going on', '2026-11-15', null, null, true],
    ['came on its last day', '2026-11-20', null, null, true],
    ['came after', '2026-11-21', null, null, false],
    ['left before', '2026-01-01', '2026-11-09', null, false],
    ['left on its first day: data are still there', '2026-01-01', '2026-11-10', null, true],
    ['the whole customer left before', '2026-01-01', null, '2026-11-01', false],
    ['left while it was going on', '2026-01-01', '2026-11-12', null, true],
  ]
  for (const [why, from, to, ended, affected] of cases)
    it(why, () => {
      const bought = [{ service: 'telephony', from, to }]
      expect(boughtThen(bought, ended, ['telephony', 'backup'], span)).to.deep.equal(
        affected ? ['telephony'] : [],
      )
      expect(boughtThen(bought, ended, ['backup'], span)).to.deep.equal([])
    })
})

describe('likelihood times consequence (policy 13.1; recital 75)', () => {
  const cases: [likelihood: Grade, consequence: Grade, level: string][] = [
    [1, 1, 'unlikely'],
    [2, 1, 'unlikely'],
    [1, 2, 'unlikely'],
    [1, 3, 'risk'],
    [2, 2, 'risk'],
    [3, 2, 'risk'],
    [1, 4, 'risk'],
    [2, 4, 'high'],
    [3, 3, 'high'],
    [4, 4, 'high'],
  ]
  for (const [likelihood, consequence, level] of cases)
    it(`${likelihood} × ${consequence} is ${level}`, () => {
      expect(levelOf({ likelihood, consequence })).to.equal(level)
    })

  it('is decided by the gravest group', () => {
    const group = (likelihood: Grade, consequence: Grade) => ({
      who: 'x',
      harms: [],
      likelihood,
      consequence,
      because: 'x',
    })
    expect(proposedLevel([group(1, 1), group(2, 4), group(2, 2)])).to.equal('high')
    expect(proposedLevel([])).to.equal(null)
  })
})
