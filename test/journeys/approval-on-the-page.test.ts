import { expect } from 'chai'
import type { Notice } from '../../src/notices/actions.js'
import { noticeTasks } from '../../src/notices/actions.js'
import { confirmUse, registerApproval } from '../../src/notices/actions.js'
import { raiseObjection } from '../../src/objections/actions.js'
import { submit, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { codeIn, refused, useJourney } from './house.js'
import { aContact, anAddition, announce, buildWorld, type World } from './world.js'

const dpo = 'dpo@bakkeby.example'
const director = 'direktion@bakkeby.example'

describe('An approval that only the director can give', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let notice: Notice

  // Sent on Monday 23 November 2026; last day 28 December.
  beforeEach('ask under specific authorisation', async () => {
    world = await buildWorld(house.officer(), [
      {
        name: 'Bakkeby Kommune',
        agreement: { authorisation: 'specific' },
        contacts: [
          aContact(dpo, { name: 'Dorte Poulsen' }),
          aContact(director, {
            name: 'Jens Holm',
            title: 'Direktør',
            dataProtection: false,
            mayApprove: true,
          }),
        ],
      },
      { name: 'Tavs A/S', contacts: [aContact('dpo@tavs.example')] },
    ])
    notice = await announce(house.officer(), anAddition(world))
    await house.work()
  })

  const part = () => house.partOf(notice, world.customers[0]!)
  const last = (address: string) => house.mailbox.mailsFor(address).at(-1)

  /** From the link in the newest mail to the code that is asked for. */
  async function decide(
    answer: 'approved' | 'refused',
  ): Promise<{ agent: Agent; codePage: string; page: string }> {
    const { agent, page } = await house.open(director)
    const url = `${page}/notices/${notice.reference}`
    await visit(agent, url)
    const asked = await submit(agent, `${url}/answer`, {
      [`answers[${notice.lines[0]!.id}]`]: answer,
      name: 'Jens Holm',
      title: 'Direktør',
    })
    expect(asked.status, asked.text.slice(0, 400)).to.equal(303)
    await house.work()
    return { agent, page: url, codePage: String(asked.headers['location']) }
  }

  async function passOn(): Promise<void> {
    const { agent, page } = await house.open(dpo)
    const url = `${page}/notices/${notice.reference}`
    const colleague = world.customers[0]!.contacts.find(({ mayApprove }) => mayApprove)
    expect((await submit(agent, url, { to: colleague?.id ?? '' }, `${url}/pass-on`)).status).to.equal(303)
    await house.work()
  }

  it('goes from the DPO to the director, by code into the log, to every contact and into the list', async () => {
    expect(house.mailbox.mailsFor(director), 'the notice goes to the data protection contact').to.have.length(
      0,
    )
    await passOn()
    expect(last(director)?.text).to.contain('Dorte Poulsen beder dig træffe beslutning')
    const { agent, page, codePage } = await decide('approved')
    const mail = last(director)
    expect(mail?.text).to.contain('Bakkeby Kommune godkender: Sikkerkopi ApS')
    expect(house.mailbox.mailsFor(dpo).at(-1)?.text, 'the code goes to one mailbox').not.to.contain(
      codeIn(mail),
    )
    const done = await submit(agent, codePage, { code: codeIn(mail) })
    expect(done.headers['location']).to.equal(page)
    await house.work()
    for (const address of [dpo, director])
      expect(last(address)?.text).to.contain('Godkendt').and.contain('Jens Holm, Direktør')
    expect(last('officer@nordvang.example')?.text).to.contain('Bakkeby Kommune har svaret på CN-2026-001')
    await house.goTo('2026-12-28')
    expect((await part()).lines[0]?.permittedFrom).to.equal(null)
    await house.goTo('2026-12-29')
    expect((await part()).lines[0]?.permittedFrom).to.equal('2026-12-29')
    expect(await house.listOf(world.customers[0]!, '2026-12-29')).to.include('Sikkerkopi ApS')
  })

  it('reminders go to whoever may approve, too, and stop with the answer', async () => {
    await house.goTo('2026-12-14')
    for (const address of [dpo, director])
      expect(last(address)?.text, address).to.contain('kode, som vi sender til den postkasse')
    const before = house.mailbox.mailsFor(dpo).length
    const { agent, codePage } = await decide('approved')
    await submit(agent, codePage, { code: codeIn(last(director)) })
    await house.work()
    expect(house.mailbox.mailsFor(dpo), 'the receipt').to.have.length(before + 1)
    await house.goTo('2026-12-27')
    expect(house.mailbox.mailsFor(dpo), 'and no reminder').to.have.length(before + 1)
  })

  it('silence: after the last day staff is told, and notes it as refusal', async () => {
    const none = {
      answer: 'no-answer' as const,
      lines: [],
      channel: null,
      by: null,
      waivesRest: false,
    }
    const note = (on: string) =>
      registerApproval(
        house.officer(),
        `${notice._id}/${world.customers[0]!._id}`,
        { ...none, at: house.now(), on },
        undefined,
      )
    await house.goTo('2026-12-28')
    await refused(note('2026-12-28'), 'answer-not-due')
    await house.goTo('2026-12-29')
    const tasks = await noticeTasks(house.today())
    expect(tasks.find(({ kind }) => kind === 'notice-approval-outstanding')).to.include({
      severity: 'overdue',
      text: 'approval-overdue',
    })
    await note('2026-12-29')
    expect(await part()).to.include({ state: 'refused', endedBecause: 'no-answer' })
    await house.goTo('2027-02-01')
    expect(await house.listOf(world.customers[0]!, '2027-02-01')).to.deep.equal(['Curanet A/S'])
    const tasksNow = await noticeTasks(house.today())
    expect(tasksNow.map(({ kind }) => kind)).not.to.include('notice-approval-outstanding')
  })

  it('a code that could not be sent in time is not sent late, and the page says so', async () => {
    await passOn()
    const { agent, page } = await house.open(director)
    const url = `${page}/notices/${notice.reference}`
    const asked = await submit(agent, `${url}/answer`, {
      [`answers[${notice.lines[0]!.id}]`]: 'approved',
      name: 'Jens Holm',
      title: 'Direktør',
    })
    const before = house.mailbox.mailsFor(director).length
    house.moveTo(new Date(house.now().getTime() + 31 * 60_000))
    await house.work()
    expect(house.mailbox.mailsFor(director)).to.have.length(before)
    expect((await visit(agent, String(asked.headers['location']))).text)
      .to.contain('Koden er udløbet')
      .and.contain('kunne ikke afleveres')
  })

  it('where customers cannot be kept apart, one objection keeps all from it, with the reason on their pages', async () => {
    const together = await announce(
      house.officer(),
      anAddition(
        { planned: world.present },
        {
          lines: [{ kind: 'addition', engagement: world.planned.reference, replaces: null }],
          goLive: 'together',
          togetherBecause: { da: 'Alle ligger i samme database.', en: 'All lie in one database.' },
        },
      ),
    )
    await house.work()
    const { agent, page } = await house.open('dpo@tavs.example')
    expect((await visit(agent, `${page}/notices/${together.reference}`)).text)
      .to.contain('Én start for alle')
      .and.contain('Alle ligger i samme database.')
    const tavs = world.customers[1]!
    const { objection } = await raiseObjection(house.officer(), `${together._id}/${tavs._id}`, {
      by: { kind: 'staff', id: 'officer', name: 'Bente Dam' },
      channel: 'letter',
      receivedAt: house.now(),
      receivedOn: house.today(),
      reasons: null,
      files: [],
      once: 'letter',
    })
    expect(objection.together).to.equal(true)
    await house.goTo('2027-02-01')
    const line = together.lines[0]!.id
    await refused(confirmUse(house.officer(), together.reference, line, '2027-02-01'), 'use-together-waits')
  })
})
