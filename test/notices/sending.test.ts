import { expect } from 'chai'
import { danishDateRules } from '../../src/notices/rules/deadlines.js'
import { forecast, measuredRate, speedOf } from '../../src/notices/rules/sending.js'
import { draftNotice } from '../../src/notices/actions.js'
import { sendingWords } from '../../src/notices/page.js'
import { useApp } from '../support/app.js'
import { signedIn } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aDraft, aWorld, customersOf, officer } from './world.js'

const days = (length: number) => ({ length, unit: 'days' as const })
const at = (instant: string) => new Date(`${instant}+01:00`)

describe('How long sending a notice takes', () => {
  // 25 November 2026 is a Wednesday. Domain facts, section 9: what is accepted at 16:00 or later, or on a day that is no business
  // day, counts as received on the next business day.
  const cases: [
    when: string,
    mails: number,
    perSecond: number,
    until: string,
    late: number | null,
    last: string,
    why: string,
  ][] = [
    ['2026-11-25T10:00', 600, 10, '2026-11-25T10:01', null, '', 'a minute in the forenoon'],
    ['2026-11-25T15:50', 600, 1, '2026-11-25T16:00', 0, '2026-11-26', 'the very last second is 16:00 itself'],
    ['2026-11-25T15:50', 1200, 1, '2026-11-25T16:10', 600, '2026-11-26', 'half of them after 16:00'],
    ['2026-11-25T16:00', 1200, 1, '2026-11-25T16:20', null, '', 'all after 16:00: Thursday for everybody'],
    ['2026-11-25T20:00', 36_000, 1, '2026-11-26T06:00', null, '', 'over midnight, before the next 16:00'],
    ['2026-11-25T20:00', 79_200, 1, '2026-11-26T18:00', 7200, '2026-11-27', 'past the next day’s 16:00'],
    ['2026-11-27T17:00', 86_400, 1, '2026-11-28T17:00', null, '', 'a weekend: Monday for everybody'],
    ['2026-11-27T15:59', 120, 1, '2026-11-27T16:01', 60, '2026-11-30', 'Friday at four: Monday for the rest'],
    ['2026-12-23T15:30', 3600, 1, '2026-12-23T16:30', 1800, '2026-12-28', 'before Christmas'],
  ]
  for (const [when, mails, perSecond, until, late, last, why] of cases)
    it(`${mails} mails from ${when} at ${perSecond} a second: ${why}`, () => {
      const speed = { perSecond, basis: 'limit' as const }
      const found = forecast({ mails, waiting: 0, speed, from: at(when) }, [days(30)], danishDateRules)
      expect(found.until.toISOString()).to.equal(at(until).toISOString())
      if (late === null || late === 0) expect(found.straddles).to.equal(null)
      else expect(found.straddles).to.include({ late, last })
    })

  it('counts what is waiting in the outbox before them', () => {
    const speed = { perSecond: 1, basis: 'measured' as const }
    const found = forecast(
      { mails: 300, waiting: 600, speed, from: at('2026-11-25T15:48') },
      [days(30)],
      danishDateRules,
    )
    expect(found.seconds).to.equal(900)
    expect(found.straddles?.late).to.equal(180)
  })

  it('says when the slack in the printed day is not enough, so that corrections will go out', () => {
    const speed = { perSecond: 0.1, basis: 'limit' as const }
    const sent = (mails: number) =>
      forecast({ mails, waiting: 0, speed, from: at('2026-11-23T15:00') }, [days(30)], danishDateRules)
    // One business day of slack: Tuesday is within it, Thursday is not.
    expect(sent(1000).straddles).to.deep.include({ last: '2026-11-24', corrections: false })
    expect(sent(20_000).straddles).to.deep.include({ last: '2026-11-26' })
    const short = forecast(
      { mails: 20_000, waiting: 0, speed, from: at('2026-11-23T15:00') },
      [{ length: 10, unit: 'business-days' }],
      danishDateRules,
    )
    expect(short.straddles?.corrections).to.equal(true)
  })

  it('goes by the limit of the settings, or by how fast the last mails left where that is slower', () => {
    expect(speedOf(5, null)).to.deep.equal({ perSecond: 5, basis: 'limit' })
    expect(speedOf(5, 40)).to.deep.equal({ perSecond: 5, basis: 'limit' })
    expect(speedOf(50, 8)).to.deep.equal({ perSecond: 8, basis: 'measured' })
    expect(speedOf(0, 8)).to.deep.equal({ perSecond: 8, basis: 'measured' })
    expect(speedOf(0, null)).to.deep.equal({ perSecond: 10, basis: 'assumed' })
  })

  it('measures the last run of sending, without the pauses between runs', () => {
    const run = (start: string, count: number, each: number) =>
      Array.from({ length: count }, (_, number) => new Date(at(start).getTime() + number * each))
    expect(measuredRate([])).to.equal(null)
    expect(measuredRate(run('2026-11-25T10:00', 10, 100)), 'too few').to.equal(null)
    expect(measuredRate(run('2026-11-25T10:00', 101, 200))).to.equal(5)
    const both = [...run('2026-11-24T10:00', 300, 20), ...run('2026-11-25T10:00', 41, 500)]
    expect(measuredRate(both), 'the later run counts').to.equal(2)
    const single = [...run('2026-11-24T10:00', 51, 100), ...run('2026-11-25T10:00', 1, 0)]
    expect(measuredRate(single), 'a single mail since is no run').to.equal(10)
  })

  it('is told in words, in both languages', () => {
    const speed = { perSecond: 1, basis: 'measured' as const }
    const found = forecast(
      { mails: 9000, waiting: 3, speed, from: at('2026-11-25T15:00') },
      [days(30)],
      danishDateRules,
    )
    const english = sendingWords(found, 'Europe/Copenhagen', 'en')
    expect(english.rows.map(([, value]) => value)).to.include('2 hours and 31 minutes')
    expect(english.warning?.text)
      .to.contain('5,403 mails leave only after')
      .and.to.contain('26 November 2026')
    expect(english.warning?.means).to.contain('still holds')
    expect(sendingWords(found, 'Europe/Copenhagen', 'da').warning?.text).to.contain('regnes for modtaget')
  })
})

describe('The preview of a notice', function () {
  this.timeout(120_000)
  const tilsyn = useApp({ smtpUrl: 'smtp://127.0.0.1:2525', mailRate: 1 })

  it('says how long sending will take, and that it goes past four o’clock', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, {}, { emails: [] }])
    const { agent } = await signedIn(tilsyn)
    const { reference } = await draftNotice(tilsyn.context(officer), aDraft(world.planned))
    const calm = await visit(agent, `/notices/${reference}/preview`)
    expect(calm.text)
      .to.contain('1 a second (the limit in the settings)')
      .and.to.contain('less than a minute')
    expect(calm.text).to.not.contain('leaves only after')
    tilsyn.moveTo('2026-11-23T14:59:59Z')
    for (const page of ['preview', 'issue']) {
      const { text } = await visit(agent, `/notices/${reference}/${page}`)
      expect(text, page).to.contain('1 mail leaves only after').and.to.contain('24 November 2026')
    }
  })
})

describe('Without a mail server', function () {
  this.timeout(120_000)
  const tilsyn = useApp()

  it('nothing is said of how long sending takes: no mail leaves', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    const { agent } = await signedIn(tilsyn)
    const { reference } = await draftNotice(tilsyn.context(officer), aDraft(world.planned))
    expect((await visit(agent, `/notices/${reference}/preview`)).text).to.not.contain('How long sending')
  })
})
