import { expect } from 'chai'
import { noticeTimers } from '../../src/notices/timers.js'
import { registerDelivery } from '../../src/notices/actions.js'
import { raiseObjection } from '../../src/objections/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'

const letter = { name: 'brev.txt', bytes: Buffer.from('Kvittering') }

describe('the overview', () => {
  const tilsyn = useApp()

  it('of an empty house offers the sample or the first three steps', async () => {
    const { agent } = await signedIn(tilsyn)
    const page = await visit(agent, '/')
    expect(page.html).to.contain('action="/sample/load"')
    expect(page.links).to.include.members(['/services/new', '/vendors/new', '/customers/new'])
    const auditor = await signedIn(tilsyn, 'auditor', 'da')
    expect((await visit(auditor.agent, '/')).html).not.to.contain('/sample/load')
  })

  it('says which register comes next while one is empty', async () => {
    await aWorld(tilsyn)
    const { agent } = await signedIn(tilsyn)
    const page = await visit(agent, '/')
    expect(page.text)
      .to.contain('Getting started')
      .and.contain('2 services')
      .and.contain('Enter your customers')
  })

  it('shows a running notice with its customers by state, each a link', async () => {
    const world = await aWorld(tilsyn)
    const [first, second] = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune' },
      { name: 'Sundby Skole' },
    ])
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    for (const customer of [first, second])
      await registerDelivery(
        tilsyn.context(),
        `${notice._id}/${customer?._id}`,
        { channel: 'letter', at: tilsyn.now() },
        letter,
      )
    await raiseObjection(tilsyn.context(), `${notice._id}/${first?._id}`, {
      by: { kind: 'contact', id: first?.contacts[0]?.id ?? '', name: 'Mette Krogh' },
      channel: 'page',
      receivedAt: tilsyn.now(),
      receivedOn: tilsyn.today(),
      reasons: null,
      files: [],
    })
    const { agent } = await signedIn(tilsyn)
    const page = await visit(agent, '/')
    expect(page.text).to.contain('Bakkeby Kommune objects to CN-2026-001; nobody has taken the case')
    expect(page.html).to.contain(`/notices/${notice.reference}?phase=objecting`)
    expect(page.html).to.contain('<rect class="wait"')
    expect((await submit(agent, '/', {}, '/objections/OB-2026-001/take')).status).to.equal(303)
    expect((await visit(agent, '/')).text).to.contain(
      'Assess the objection from Bakkeby Kommune to CN-2026-001',
    )

    tilsyn.moveTo('2026-12-29')
    for (const timer of noticeTimers) await timer.run(tilsyn.context({ kind: 'timer', id: timer.name }))
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    const later = await signedIn(tilsyn, 'officer', 'da')
    const overdue = await visit(later.agent, '/')
    expect(overdue.text)
      .to.contain('Overskredet')
      .and.contain('Dagene er gået: ændringen venter kun på denne sag.')
  })

  it('asks each role for what it may do, and shows below what waits for others', async () => {
    // A customer without a contact is a task of those who keep the customers.
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{ name: 'Bakkeby Kommune', emails: [] }])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const own = await visit(agent, '/')
    expect(own.html).to.match(/class="tasks">[\s\S]*Add contacts/)
    const { agent: management } = await signedIn(tilsyn, 'management', 'en')
    const theirs = await visit(management, '/')
    expect(theirs.html).to.not.contain('class="tasks"')
    expect(theirs.text).to.contain('nothing for you to do').and.contain('wait for others')
    expect(theirs.links).to.include('/customers?contact=without')
  })

  it('shows how everything that happens by itself last went', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/timers')).text).to.contain('Nothing has run yet.')
  })
})
