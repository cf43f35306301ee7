import { expect } from 'chai'
import type { Notice } from '../../src/notices/actions.js'
import { tellBy } from '../../src/notices/page/passing-on.js'
import { danishDateRules } from '../../src/notices/rules/deadlines.js'
import { useJourney } from './house.js'
import { aContact, anAddition, announce, buildWorld } from './world.js'

describe('A customer that is a processor itself passes the notice on', function () {
  this.timeout(120_000)
  const house = useJourney()
  let notice: Notice

  beforeEach('a notice to a processor and to one that is none', async () => {
    const world = await buildWorld(house.officer(), [
      { name: 'Mellemled IT ApS', isProcessor: true, contacts: [aContact('dpo@mellemled.example')] },
      { name: 'Bakkeby Kommune', contacts: [aContact('dpo@bakkeby.example')] },
    ])
    notice = await announce(house.officer(), anAddition(world))
    await house.work()
  })

  it('finds a paper for its own customers beside the notice; others do not', () => {
    const names = (address: string) =>
      house.mailbox
        .mailsFor(address)
        .flatMap(({ attachments }) => attachments.map(({ filename }) => filename))
    expect(names('dpo@mellemled.example')).to.include(`til-videresendelse-${notice.reference}.pdf`)
    expect(names('dpo@bakkeby.example').join()).to.not.include('videresendelse')
  })

  it('reads the text on its page, in its own first person, with the last day it has and by when to tell its own', async () => {
    const { agent, page } = await house.open('dpo@mellemled.example')
    const notices = `${page}/notices/${notice.reference}`
    expect((await agent.get(notices)).text).to.include(`${notices}/pass-on`)
    const shown = await agent.get(`${notices}/pass-on?days=14`)
    expect(shown.status).to.equal(200)
    expect(shown.text).to.include('Vi bruger Nordvang Drift A/S som databehandler')
    expect(shown.text).to.include('giv os besked i god tid før mandag den 28. december 2026')
    expect(shown.text).to.include('senest mandag den 14. december 2026')
    expect((await agent.get(`${notices}/pass-on?days=60`)).text).to.include('færre end 60 dage')
    const wrong = await agent.get(`${notices}/pass-on?days=mange`)
    expect(wrong.status).to.equal(422)
    expect(wrong.text).to.include('value="mange"')
    const pdf = await agent.get(`${notices}/pass-on.pdf`)
    expect(pdf.headers['content-type']).to.equal('application/pdf')
  })

  it('is no page of a customer that is none', async () => {
    const { agent, page } = await house.open('dpo@bakkeby.example')
    const notices = `${page}/notices/${notice.reference}`
    expect((await agent.get(notices)).text).to.not.include('pass-on')
    expect((await agent.get(`${notices}/pass-on`)).status).to.equal(404)
  })

  // Reg. 1182/71 art. 3: the day of the event is not counted, a period that ends on a day off runs on.
  for (const [last, days, by] of [
    ['2026-12-28', 14, '2026-12-14'],
    ['2026-12-28', 30, '2026-11-27'],
    ['2027-01-04', 10, '2026-12-23'],
  ] as const)
    it(`has until ${by} to give ${days} days before ${last}`, () => {
      expect(tellBy(last, days, danishDateRules)).to.equal(by)
    })
})
