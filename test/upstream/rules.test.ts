import { expect } from 'chai'
import fc from 'fast-check'
import { addBusinessDays } from '../../src/base/calendar.js'
import { addDays, daysBetween, dayOf } from '../../src/base/day.js'
import type { NoticePeriod } from '../../src/base/period.js'
import { danishDateRules, earliestUse, printedLastDay } from '../../src/notices/rules/deadlines.js'
import {
  findingOf,
  judgeGap,
  lastDayToHear,
  longestNeeded,
  neededFor,
  readNotice,
  reckon,
  reckonedLimit,
  vendorOf,
  wordsOfPage,
} from '../../src/upstream/rules.js'

const days = (length: number): NoticePeriod => ({ length, unit: 'days' })
const months = (length: number): NoticePeriod => ({ length, unit: 'months' })
const business = (length: number): NoticePeriod => ({ length, unit: 'business-days' })
/** Tuesday 24 November 2026 at 10:00 in Copenhagen. */
const now = { at: new Date('2026-11-24T09:00:00Z'), today: '2026-11-24' }
const rules = danishDateRules

describe('their notice and ours, back to back', () => {
  // Clause 7.3, B.2: the whole period before the start. Days worked through by hand with one business day of slack.
  const starts: [why: string, start: string, period: NoticePeriod, sendBy: string][] = [
    ['a plain 30 days', '2027-01-15', days(30), '2026-12-14'],
    [
      '30 days that would end on New Year’s Eve end on Monday 4 January',
      '2027-01-04',
      days(30),
      '2026-11-27',
    ],
    ['30 days before New Year’s Day are never 2 December', '2027-01-01', days(30), '2026-11-27'],
    ['a month follows the calendar', '2027-01-15', months(1), '2026-12-11'],
    ['three months', '2027-04-01', months(3), '2026-12-29'],
    ['20 business days pass over Christmas', '2027-01-15', business(20), '2026-12-10'],
    [
      'the last day may not be the weekend before: the Tuesday after Easter',
      '2027-05-03',
      days(30),
      '2027-03-30',
    ],
  ]
  for (const [why, startsOn, period, sendBy] of starts)
    it(`for a start on ${startsOn}, tell customers by ${sendBy}: ${why}`, () => {
      const their = { startsOn, objectUntil: null, handlingDays: 5 }
      const { groups } = reckon([{ period, count: 1 }], their, now, rules)
      expect(groups[0]?.forStart?.sendBy).to.equal(sendBy)
      expect(groups[0]?.forStart?.slack).to.equal(daysBetween(now.today, sendBy))
    })

  it('lets customers object until our own handling days are left before our limit', () => {
    // Sunday 14 March 2027; five business days back, none of them a weekend.
    expect(lastDayToHear('2027-03-14', 5)).to.equal('2027-03-07')
    expect(lastDayToHear('2026-12-31', 5)).to.equal('2026-12-21')
    expect(lastDayToHear('2026-12-31', 0)).to.equal('2026-12-31')
    const their = { startsOn: '2027-04-01', objectUntil: '2027-03-14', handlingDays: 5 }
    const { groups, objectionsBy, tellBy } = reckon([{ period: days(30), count: 3 }], their, now, rules)
    expect([objectionsBy, groups[0]?.forObjection?.sendBy, tellBy]).to.deep.equal([
      '2027-03-07',
      '2027-02-02',
      '2027-02-02',
    ])
  })

  const findings: [their: [start: string | null, limit: string | null], today: string, finding: string][] = [
    [['2027-04-01', '2027-03-14'], '2026-11-24', 'in-time'],
    [['2027-01-15', '2026-12-20'], '2026-11-24', 'object'],
    [['2027-01-15', '2026-11-20'], '2026-11-24', 'too-late'],
    [['2027-04-01', '2026-12-20'], '2026-11-24', 'objections-late'],
    [['2026-12-01', null], '2026-11-24', 'object'],
    [['2026-11-24', null], '2026-11-24', 'too-late'],
    [[null, null], '2026-11-24', 'no-days'],
  ]
  for (const [[startsOn, objectUntil], today, finding] of findings)
    it(`finds "${finding}" where they begin on ${startsOn} and we may object until ${objectUntil}`, () => {
      const their = { startsOn, objectUntil, handlingDays: 2 }
      const groups = [
        { period: days(30), count: 200 },
        { period: days(60), count: 12 },
      ]
      expect(findingOf(reckon(groups, their, now, rules), their, today)).to.equal(finding)
    })

  it('says how many get less than their notice, and by how many days', () => {
    const their = { startsOn: '2027-01-15', objectUntil: '2026-12-20', handlingDays: 2 }
    const groups = [
      { period: days(30), count: 200 },
      { period: days(60), count: 12 },
    ]
    const { short, customers, groups: reckoned } = reckon(groups, their, now, rules)
    expect([short, customers]).to.deep.equal([12, 212])
    expect(reckoned.map(({ count, shortBy }) => [count, shortBy])).to.deep.equal([
      [12, 11],
      [200, 0],
    ])
    expect(findingOf(reckon([], their, now, rules), their, now.today)).to.equal('nobody')
  })

  it('never names a day to tell that is too late, nor one that could have been later (any start, any period)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 700 }),
        fc.integer({ min: 1, max: 70 }),
        fc.constantFrom('days' as const, 'business-days' as const),
        (ahead, length, unit) => {
          const startsOn = addDays(now.today, ahead)
          const their = { startsOn, objectUntil: null, handlingDays: 5 }
          const [group] = reckon([{ period: { length, unit }, count: 1 }], their, now, rules).groups
          const sendBy = group?.forStart?.sendBy ?? ''
          const use = (day: string) =>
            earliestUse(printedLastDay(new Date(`${day}T09:00:00Z`), { length, unit }, rules))
          expect(use(sendBy) <= startsOn).to.equal(true)
          expect(use(addBusinessDays(sendBy, 1)) > startsOn).to.equal(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('reckons our own limit from what they owe us, and never in our favour', () => {
    // Art. 3(4) of Reg. 1182/71 would move Sunday 20 December; the doubt is not ours to use.
    expect(reckonedLimit('2026-11-20', [days(30)], null)).to.equal('2026-12-20')
    expect(reckonedLimit('2026-11-20', [days(30), days(14)], null)).to.equal('2026-12-04')
    expect(reckonedLimit('2026-11-20', [days(30)], '2026-12-10')).to.equal('2026-12-09')
    expect(reckonedLimit('2027-01-31', [months(1)], null)).to.equal('2027-02-28')
    expect(reckonedLimit('2026-11-20', [], '2026-12-10')).to.equal(null)
  })
})

describe('the contract gap', () => {
  it('is found by working through a year of days, not by comparing numbers', () => {
    const needed = neededFor(days(30), 5, '2026-11-24', rules)
    expect(needed).to.deep.equal({ period: days(30), forNotice: 45, forObjection: 53, worstOn: '2027-03-19' })
    const judged: [NoticePeriod | undefined, string, number | undefined][] = [
      [days(30), 'short', 15],
      [days(44), 'short', 1],
      [days(45), 'no-time-to-object', undefined],
      [days(52), 'no-time-to-object', undefined],
      [days(53), 'enough', undefined],
      [undefined, 'unknown', undefined],
    ]
    for (const [theirs, state, shortBy] of judged) {
      const gap = judgeGap(theirs, needed, 5, '2026-11-24', rules)
      expect([gap.state, gap.worst?.shortBy], JSON.stringify(theirs)).to.deep.equal([state, shortBy])
    }
  })

  it('knows that over Christmas twenty business days outlast thirty days, and takes what needs most', () => {
    const needs = [days(30), months(1), business(20)].map((period) =>
      neededFor(period, 2, '2026-11-24', rules),
    )
    const longest = longestNeeded(needs)
    expect(longest?.forNotice).to.equal(Math.max(...needs.map(({ forNotice }) => forNotice)))
    expect(longestNeeded([])).to.equal(null)
    expect(judgeGap(undefined, null, 2, '2026-11-24', rules).state).to.equal('enough')
  })

  it('asks for exactly as much as is needed: one day less is too short on some day of the year', () => {
    for (const period of [days(14), days(30), months(2), business(10)]) {
      const needed = neededFor(period, 3, '2026-11-24', rules)
      expect(judgeGap(days(needed.forNotice - 1), needed, 3, '2026-11-24', rules).state).to.equal('short')
      expect(judgeGap(days(needed.forNotice), needed, 3, '2026-11-24', rules).state).to.not.equal('short')
      expect(judgeGap(days(needed.forObjection), needed, 3, '2026-11-24', rules).state).to.equal('enough')
    }
  })
})

describe('reading a notice', () => {
  const mails: [text: string, startsOn: string | null, objectUntil: string | null][] = [
    [
      'The change is effective as of 15 January 2027. You may object until 20 December 2026.',
      '2027-01-15',
      '2026-12-20',
    ],
    [
      'Ændringen træder i kraft den 1. marts 2027. Indsigelse skal være modtaget senest den 12. februar 2027.',
      '2027-03-01',
      '2027-02-12',
    ],
    ['Med virkning fra 01.03.2027 anvender vi en ny underdatabehandler.', '2027-03-01', null],
    ['Starting March 1, 2027 we will engage a new sub-processor.', '2027-03-01', null],
    [
      'If you wish to object, please do so by 2027-02-14; we go live on 2027-03-01.',
      '2027-03-01',
      '2027-02-14',
    ],
    [
      'Vi flytter vores datacenter pr. 1. april 2027. I kan gøre indsigelse inden den 15. marts 2027.',
      '2027-04-01',
      '2027-03-15',
    ],
    ['Nothing about days here.', null, null],
  ]
  for (const [text, startsOn, objectUntil] of mails)
    it(`finds ${startsOn} and ${objectUntil} in "${text.slice(0, 50)}…"`, () => {
      const read = readNotice(text)
      expect([read.startsOn, read.objectUntil]).to.deep.equal([startsOn, objectUntil])
    })

  it('says that 3/1/2027 may be January or March, and reads 15/1/2027 without doubt', () => {
    expect(readNotice('Effective 3/1/2027.').days[0]).to.include({ day: '2027-01-03', ambiguous: true })
    expect(readNotice('Effective 1/15/2027.').days[0]).to.include({ day: '2027-01-15', ambiguous: false })
  })

  it('reads a limit given as a number of days', () => {
    expect(readNotice('You can object within thirty (30) days').within).to.equal(null)
    expect(readNotice('You can object within 30 (thirty) calendar days.').within).to.deep.equal(days(30))
    expect(readNotice('I kan gøre indsigelse inden for 10 hverdage.').within).to.deep.equal(business(10))
  })

  it('proposes what is changed, in Danish and English', () => {
    expect(readNotice('We are adding a new sub-processor.').kinds).to.deep.equal(['addition'])
    expect(
      readNotice('Vores underdatabehandler udskiftes med en ny underdatabehandler.').kinds,
    ).to.deep.equal(['replacement'])
    expect(readNotice('Vi tager et nyt datacenter i Dublin i brug.').kinds).to.include('new-place')
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        readNotice(`${text} 31/02/2027 99. maj 2027 object ${text}`)
      }),
      { numRuns: 100 },
    )
  })

  it('takes the words of a mail that came as a page, and nothing of its scripts or styles', () => {
    const page =
      '<html><head><title>x</title></head><style>p{}</style><p>Effective&nbsp;as of<br>15 January 2027</p><script>alert(1)</script>'
    expect(wordsOfPage(page)).to.equal('Effective as of\n15 January 2027')
    for (const hostile of ['<style', '<', '<p', '&', '<script>', '<!--'])
      expect(() => wordsOfPage(hostile.repeat(80_000))).to.not.throw()
  })

  it('knows the vendor by a contact, by its domain, and never by an address anybody may have', () => {
    const vendors = [
      { _id: 'a', website: 'https://www.nordlys.example/en', contacts: [{ email: 'ida@nordlys.example' }] },
      { _id: 'b', contacts: [{ email: 'bo@gmail.com' }] },
      { _id: 'c', website: 'cloud.example', contacts: [] },
    ]
    expect(vendorOf(['privacy@mail.nordlys.example'], vendors)).to.equal('a')
    expect(vendorOf(['BO@gmail.com'], vendors)).to.equal('b')
    expect(vendorOf(['someone@gmail.com'], vendors)).to.equal(null)
    expect(vendorOf(['officer@nordvang.example', 'legal@cloud.example'], vendors)).to.equal('c')
  })
})

// Keeps the clock of these tests honest: the instant is the day they speak of.
it('the tests above stand on 24 November 2026', () => {
  expect(dayOf(now.at, rules.zone)).to.equal(now.today)
})
