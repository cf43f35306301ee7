import { expect } from 'chai'
import { breachesInPeriod, enterBreach } from '../../src/breaches/actions.js'
import { workOnBreaches } from '../../src/breaches/timers.js'
import { aWorld, customersOf } from '../notices/world.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { breachHouse } from './house.js'

describe('a breach, as more becomes known', function () {
  this.timeout(120_000)
  const { tilsyn, mailbox, send, entered } = breachHouse()

  it('lets customers be added and left out with the reason, and corrects the moments with the hours', async () => {
    const world = await aWorld(tilsyn)
    const [one, other] = await customersOf(tilsyn, world, [
      { name: 'Aa A/S' },
      { name: 'Bb A/S', services: [world.telephony._id] },
    ])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const url = await entered(agent, world)
    expect((await agent.get(url)).text)
      .to.include(`${url}/customers/${one?.reference}`)
      .and.not.include(`${url}/customers/${other?.reference}`)
    await submit(agent, url, { customer: other?.reference, because: 'Shared server.' }, `${url}/customers`)
    expect((await visit(agent, `${url}/customers/${other?.reference}`)).text).to.include('Shared server.')
    const own = `${url}/customers/${one?.reference}`
    expect((await submit(agent, own, { because: '' }, `${own}/leave-out`)).status).to.equal(422)
    await submit(agent, own, { because: 'Own server.' }, `${own}/leave-out`)
    expect((await visit(agent, `${url}?told=left-out`)).text)
      .to.include('Aa A/S')
      .and.include('Left out')
    const times = { awareDay: '2026-11-23', awareTime: '08:00', because: 'The alarm came at eight.' }
    expect((await submit(agent, `${url}/details`, times, `${url}/times`)).status).to.equal(303)
    expect((await visit(agent, `${url}/customers/${other?.reference}`)).text).to.include(
      'Tuesday 24 November 2026, 08:00',
    )
  })

  it('proposes nobody of whom the register knows that it was not used, says why, and gives who comes in hours of its own', async () => {
    const world = await aWorld(tilsyn)
    const [one] = await customersOf(tilsyn, world, [{ name: 'Aa A/S' }])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const url = await entered(agent, world, { engagement: world.planned.reference })
    expect((await visit(agent, url)).text)
      .to.include(
        'It is not clear yet who is affected. Limit, if anybody is: Tuesday 24 November 2026, 09:30',
      )
      .and.include('1 customer had the services and is left out')
    expect((await visit(agent, `${url}?told=left-out`)).text).to.include(
      `${world.planned.reference} is not in use`,
    )
    const own = `${url}/customers/${one?.reference}`
    expect((await visit(agent, own)).text).to.include('Not affected according to the registers')
    tilsyn.moveTo('2026-11-24T10:00:00Z')
    expect((await workOnBreaches(tilsyn.context())).alerts).to.equal(1)
    const { agent: dpo } = await signedIn(tilsyn, 'dpo', 'en')
    const found = { because: 'Used in a test.', foundDay: '2026-11-24', foundTime: '10:30' }
    expect((await submit(dpo, own, { because: '' }, `${own}/take-in`)).status).to.equal(422)
    expect((await submit(dpo, own, found, `${own}/take-in`)).status).to.equal(303)
    expect((await visit(dpo, own)).text)
      .to.include('Wednesday 25 November 2026, 10:30')
      .and.include('We learnt that the customer is affected')
    // What moves the breach's own moment moves nobody who was found later.
    const times = { awareDay: '2026-11-23', awareTime: '08:00', because: 'The alarm came at eight.' }
    await submit(dpo, `${url}/details`, times, `${url}/times`)
    expect((await visit(dpo, own)).text).to.include('Wednesday 25 November 2026, 10:30')
    await send()
    expect(mailbox.mails.map(({ subject }) => subject)).to.include(
      'BR-2026-001: the limit has passed, nobody knows who is affected',
    )
  })

  it('that was none is closed with the reason and not counted, once those told have been told so', async () => {
    const world = await aWorld(tilsyn)
    const [one] = await customersOf(tilsyn, world, [{ name: 'Aa A/S' }, { name: 'Bb A/S' }])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const url = await entered(agent, world)
    const own = `${url}/customers/${one?.reference}`
    const call = { calledDay: '2026-11-23', calledTime: '09:45', outcome: 'told', spokeWith: 'A' }
    await submit(agent, own, call, `${own}/calls`)
    const because = 'The alarm was a test.'
    expect((await submit(agent, url, { because }, `${url}/no-breach`)).status).to.equal(409)
    expect((await submit(agent, url, { because, takenBack: 'yes' }, `${url}/no-breach`)).status).to.equal(303)
    expect((await visit(agent, url)).text)
      .to.include('Not a breach')
      .and.include(because)
    expect(await breachesInPeriod({ from: '2026-01-01', to: '2026-12-31' })).to.deep.include({
      count: 0,
      affected: 0,
      notBreaches: ['BR-2026-001'],
    })
    await submit(agent, url, { because: 'It was one.' }, `${url}/reopen`)
    expect((await breachesInPeriod({ from: '2026-01-01', to: '2026-12-31' })).count).to.equal(1)
  })

  it('alerts once per step, however often and late the timer runs', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{ name: 'Vent A/S' }])
    await signedIn(tilsyn, 'administrator', 'en')
    await enterBreach(tilsyn.context(), {
      once: 'a',
      role: 'processor',
      report: 'x',
      engagement: world.old.reference,
      services: [],
      vendorKnewAt: null,
      vendorToldAt: null,
      awareAt: tilsyn.now(),
    })
    const run = async (moment: string) => {
      tilsyn.moveTo(moment)
      return (await workOnBreaches(tilsyn.context())).alerts
    }
    expect(await run('2026-11-23T20:00:00Z')).to.equal(0)
    expect(await run('2026-11-23T21:00:00Z')).to.equal(1)
    expect(await run('2026-11-23T21:01:00Z')).to.equal(0)
    // Down for a night: one alert, the most urgent.
    expect(await run('2026-11-24T08:30:00Z')).to.equal(1)
    expect(await run('2026-11-24T09:00:00Z')).to.equal(1)
    expect(await run('2026-11-24T20:59:00Z')).to.equal(0)
    expect(await run('2026-11-24T21:00:00Z')).to.equal(1)
    await send()
    expect(mailbox.mails.map(({ subject }) => subject)).to.have.members([
      'Breach reported: BR-2026-001, first limit Tuesday 24 November 2026, 10:00',
      'BR-2026-001: 12 h left, 1 customer not told',
      'BR-2026-001: 30 min left, 1 customer not told',
      'BR-2026-001: the limit has passed, 1 customer not told',
      'BR-2026-001: the limit has passed, 1 customer not told',
    ])
  })
})
