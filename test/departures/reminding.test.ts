import { expect } from 'chai'
import { endService } from '../../src/customers/actions.js'
import {
  acceptAnswers,
  askSubProcessors,
  closeDeparture,
  departureOf,
  lookForEndings,
  tellCustomer,
} from '../../src/departures/actions.js'
import { workOnDepartures } from '../../src/departures/timers.js'
import { aCustomer, buildWorld } from '../journeys/world.js'
import { refused } from '../journeys/house.js'
import { signedIn, submit, submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { departed, pdf } from './left.js'

describe('The end of services, as time goes', function () {
  this.timeout(120_000)
  const { tilsyn, whereOneLeft, ofCustomer, kindsOf, byLink } = departed()

  it('keeps what the law keeps until its day, says so, and asks for it then', async () => {
    const { departure, agent } = await whereOneLeft()
    const { reference } = departure
    const page = `/departures/${reference}`
    await submit(agent, page, {}, `${page}/tell`)
    await submitFiles(
      agent,
      page,
      { handling: 'delete', name: 'Jens Holm', note: 'Brev af i dag' },
      [{ field: 'letter', name: 'brev.pdf', bytes: pdf }],
      `${page}/choice`,
    )
    expect((await visit(agent, page)).text).to.include('brev.pdf')
    await askSubProcessors(tilsyn.context(), reference)
    const vendor = await byLink(departure, 'vendor')
    const kept = {
      points: departure.points[0]?.id ?? '',
      outcome: 'kept',
      on: '2026-11-23',
      how: 'Resten er slettet.',
      by: 'Ida Holm',
      known: 'traffic-data',
      until: '2028-01-01',
    }
    // Clause 11.2.a: up to twelve months.
    expect((await submitFiles(vendor.agent, vendor.page, kept, [])).status).to.equal(409)
    await submitFiles(vendor.agent, vendor.page, { ...kept, until: '2027-11-23' }, [])
    await acceptAnswers(tilsyn.context(), reference, [kept.points])
    const own = {
      points: ['own-systems', 'own-backups'],
      outcome: 'done',
      on: '2026-11-23',
      how: 'Slettet',
      by: 'Drift',
    }
    await submitFiles(agent, page, own, [], `${page}/answers`)
    expect((await departureOf(reference)).state).to.equal('with-exceptions')
    await submit(agent, page, {}, `${page}/confirm`)
    const customer = await byLink(departure, 'customer')
    expect((await visit(customer.agent, customer.page)).text)
      .to.include('Gemmes til og med 23. november 2027')
      .and.include('trafikdata')
    await refused(closeDeparture(tilsyn.context(), reference), 'departure-retention-runs')
    tilsyn.moveTo('2027-11-23')
    expect((await workOnDepartures(tilsyn.context())).followedUp).to.equal(0)
    tilsyn.moveTo('2027-11-26')
    expect((await workOnDepartures(tilsyn.context())).followedUp).to.equal(1)
    expect((await workOnDepartures(tilsyn.context())).followedUp).to.equal(0)
    const asked = await departureOf(reference)
    expect(asked).to.deep.include({ state: 'asked', followUpOn: null })
    expect(asked.points[0]).to.deep.include({ state: 'asked', dueOn: '2027-12-10' })
    expect((await kindsOf(departure)).at(-1)).to.equal('departure-asked-again ida@curanet.example')
  })

  it('reminds those who do not answer, and tells the DPO after a fortnight; late runs send the last only', async () => {
    const { departure } = await whereOneLeft()
    await tellCustomer(tilsyn.context(), departure.reference)
    tilsyn.moveTo('2026-12-08')
    const { agent: later } = await signedIn(tilsyn, 'dpo', 'da')
    expect((await visit(later, `/departures/${departure.reference}`)).text).to.include(
      'Spørg underdatabehandlerne',
    )
    await askSubProcessors(tilsyn.context(), departure.reference)
    const sent = async () =>
      (await kindsOf(departure)).filter((each) => /remind|late|asked/.test(each)).length
    const before = await sent()
    for (const [on, more] of [
      ['2026-12-15', 0],
      ['2026-12-16', 1],
      ['2026-12-16', 1],
      ['2027-01-01', 2],
    ] as const) {
      tilsyn.moveTo(on)
      await workOnDepartures(tilsyn.context())
      expect((await sent()) - before, on).to.equal(more)
    }
    tilsyn.moveTo('2027-01-06')
    await workOnDepartures(tilsyn.context())
    expect((await kindsOf(departure)).filter((each) => each.startsWith('departure-late'))).to.have.length(1)
  })

  it('of a single service asks about that service alone, and shows one customer nothing of another', async () => {
    const { world, departure } = await whereOneLeft()
    await tellCustomer(tilsyn.context(), departure.reference)
    const other = world.customers[1]!
    await endService(tilsyn.context(), other, {
      service: world.service._id,
      from: other.services[0]?.from ?? '',
      to: tilsyn.today(),
    })
    await lookForEndings(tilsyn.context())
    const theirs = await ofCustomer(other._id)
    expect(theirs).to.deep.include({ cause: 'service-ended', reference: 'OP-2026-002' })
    const { agent, page } = await byLink(departure, 'customer')
    expect((await agent.get(page.replace('OP-2026-001', 'OP-2026-002'))).status).to.equal(404)
    expect((await visit(agent, page)).text).to.not.include('Anden Kunde')
  })

  it('is opened by hand for an older ending, with the days and rules that are set', async () => {
    await buildWorld(tilsyn.context(), [aCustomer(1, { name: 'Bakkeby Kommune' })])
    const { agent } = await signedIn(tilsyn, 'administrator', 'da')
    const rule = (words: string) => ({
      'retentions[0][id]': '',
      'retentions[0][rule][da]': words,
      'retentions[0][rule][en]': words,
      'retentions[0][data][da]': 'Bilag',
      'retentions[0][data][en]': 'Vouchers',
    })
    const days = { daysToChoose: 7, daysToDelete: 60, daysForBackups: 120 }
    const half = await submit(agent, '/departures/settings', { ...days, ...rule('Bogføringsloven') })
    expect(half.status, 'for how long?').to.equal(422)
    await submit(agent, '/departures/settings', {
      ...days,
      ...rule('Bogføringsloven'),
      'retentions[0][months]': 60,
    })
    const both = { once: 'x', customer: 'C-0001', engagement: 'E-0001', endedOn: '2025-05-01' }
    expect((await submit(agent, '/departures/new', both)).status).to.equal(422)
    const opened = await submit(agent, '/departures/new', { ...both, engagement: '' })
    expect(opened.status, opened.text.slice(0, 300)).to.equal(303)
    const departure = await departureOf('OP-2026-001')
    expect(departure).to.deep.include({ openedBy: 'staff', endedOn: '2025-05-01', chooseBy: '2026-11-30' })
    expect(departure.points.map(({ dueOn }) => dueOn >= tilsyn.today())).to.not.include(false)
    expect((await visit(agent, '/departures/OP-2026-001')).text).to.include('Bogføringsloven')
    expect((await visit(agent, '/departures?q=bakkeby')).text).to.include('OP-2026-001')
    expect((await visit(agent, '/departures?state=overdue')).text).to.not.include('OP-2026-001')
  })
})
