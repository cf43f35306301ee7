import { expect } from 'chai'
import request from 'supertest'
import { sessionCookie, startSession } from '../../src/auth/actions/sessions.js'
import { addressesOf } from '../browser/addresses.js'
import { vendorEntries } from '../browser/respondent.js'
import { addAdministrator, buildTown, linkTo, settledRecipient, work } from '../browser/town.js'
import { useApp } from '../support/app.js'
import { leaksToStranger } from './stranger.js'
import { listenToQueries, planFor, type Listening, type Plan, type Question } from '../support/queries.js'

/** Collections that hold the same few whatever becomes of customers, vendors, mails and the log. */
const few: Record<string, string> = {
  services: 'what one house sells',
  decisions: 'the law: some tens of decisions on countries, of which every rule may need any',
  organisations: 'the one whose Tilsyn it is',
  sites: 'the places of one house',
  people: 'who works here',
  'timer-runs': 'one for each timer',
  'agenda-jobs': 'one for each timer',
}

/** Functions that go over a whole register, or an index of it, and why they may. */
const whole: Record<string, string> = {
  everyVendor: 'an import compares with all of them, an export writes all of them',
  everyEngagement: 'the same',
  everyCustomer: 'the same',
  markEverything: 'once, when lists are derived in another way than before, or from a dump',
  vendorsOutOfStep: 'once an hour every entry of the lists is compared with the versions it was made from',
}

/** Functions whose answer is put in order in memory, and why it is short. */
const sorted: Record<string, string> = {
  read: 'records whose moves are not in the log yet: those of the last moment, or of a crash',
  mailsByAbout: 'the mails of some recipients',
  engagementsBelow: 'links directly below one in the chain',
  objectionsHolding: 'the open objections of some recipients',
  findCustomersByIds: 'the customers that the rows of one page are about',
}

type Answer = Question & { plan: Plan }

describe('What is asked of the database', function () {
  this.timeout(240_000)
  const tilsyn = useApp()
  let listening: Listening | undefined
  afterEach('as before', async () => {
    await listening?.stop()
    listening = undefined
  })

  it('by every page, and by everything that happens by itself, is answered from an index', async () => {
    listening = await listenToQueries()
    const town = await buildTown(tilsyn)
    const person = await addAdministrator(tilsyn, 'da')
    const token = await startSession(tilsyn.context(), person, 'a test')
    const staff = request.agent(tilsyn.app)
    staff.jar.setCookie(`${sessionCookie}=${token}; Path=/`, '127.0.0.1')
    const customer = request.agent(tilsyn.app)
    await customer.get((await linkTo(tilsyn, settledRecipient(town))).path)
    const vendor = request.agent(tilsyn.app)
    const addresses = await addressesOf(tilsyn, town)
    for (const path of await vendorEntries(tilsyn)) await vendor.get(path)
    for (const { path, guard } of addresses)
      await (guard === 'link' ? customer : guard === 'vendor-link' ? vendor : staff).get(path)
    // The town stands: who comes by another customer's link sees nothing of this one.
    expect(await leaksToStranger(tilsyn, town, addresses)).to.deep.equal([])
    await work(tilsyn)

    const asked = listening.questions()
    const answers: Answer[] = []
    for (const question of asked) answers.push({ ...question, plan: await planFor(question) })
    expect(answers.length).to.be.greaterThan(150)
    const slow = answers.filter(
      ({ collection, plan, places }) =>
        !(collection in few) &&
        ((plan.whole && !isAllowed(places, whole)) ||
          (!plan.whole && plan.sorts && !isAllowed(places, { ...sorted, ...whole }))),
    )
    expect(slow.map(told), 'add an index, or say in this test why there are few').to.deep.equal([])
  })
})

function isAllowed(places: ReadonlySet<string>, reasons: Record<string, string>): boolean {
  return [...places].every((place) => (place.split(' ')[0] ?? '').replace(/^.*\./, '') in reasons)
}

function told({ shape, places, plan }: Answer): string {
  return `${plan.whole ? 'reads everything' : 'sorts in memory'}: ${shape} by ${[...places].join(', ')}: ${plan.stages}`
}
