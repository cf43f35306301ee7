import { expect } from 'chai'
import { confirmUse, leftOutOf, noticeByReference, type Notice } from '../../src/notices/actions.js'
import {
  assessObjection,
  objectionsOfRecipient,
  proposeRemedyTo,
  raiseObjection,
  settleObjection,
  takeObjection,
} from '../../src/objections/actions.js'
import type { Objection, Outcome } from '../../src/objections/rules.js'
import { submit, submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { codeIn, refused, useJourney } from './house.js'
import { aContact, anAddition, announce, buildWorld, type World } from './world.js'

const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\nvi gør indsigelse\n%%EOF\n')

describe('An objection to a new sub-processor', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let notice: Notice

  beforeEach('announce on Monday 23 November 2026', async () => {
    world = await buildWorld(house.officer(), [
      { name: 'Bakkeby Kommune', contacts: [aContact('dpo@bakkeby.example')] },
      { name: 'Tavs A/S', contacts: [aContact('dpo@tavs.example')] },
      {
        name: 'Frist ApS',
        contacts: [aContact('dpo@frist.example')],
        agreement: { objectionUntil: 'period-end' },
      },
    ])
    notice = await announce(house.officer(), anAddition(world))
    await house.work()
  })

  it('by the customer on its page, with reasons and a file, keeps the change from it and from nobody else', async () => {
    await house.goTo('2026-12-07')
    const objection = await objectOnPage()
    expect(objection).to.include({
      timely: true,
      useHadBegun: false,
      channel: 'page',
      reasons: 'Vi vil vide, hvem der har adgang.',
    })
    expect(objection.files).to.have.length(1)
    await house.work()
    expect(house.mailbox.mailsFor('officer@nordvang.example'), 'the officer is told').to.have.length(1)
    expect(house.mailbox.mailsFor('dpo@bakkeby.example'), 'the customer has a receipt').to.have.length(2)

    await house.goTo('2026-12-29')
    expect(await states()).to.deep.equal(['running', 'permitted', 'permitted'])
    await house.goTo('2027-02-01')
    expect(await states()).to.deep.equal(['running', 'permitted', 'permitted'])
    const line = notice.lines[0]!.id
    expect(await confirmUse(house.officer(), notice.reference, line, '2027-02-01')).to.equal(2)
    expect(await states()).to.deep.equal(['running', 'in-use', 'in-use'])
    expect(await house.listOf(world.customers[0]!, '2027-02-01')).to.deep.equal(['Curanet A/S'])
  })

  it('sent twice at the same moment is one objection', async () => {
    const contact = world.customers[0]!.contacts[0]!
    const sending = () =>
      raiseObjection(house.context({ kind: 'customer', id: contact.id }), partId(0), {
        by: { kind: 'contact', id: contact.id, name: contact.name },
        channel: 'page',
        receivedAt: house.now(),
        receivedOn: house.today(),
        reasons: 'Nej tak.',
        files: [],
      })
    const raised = await Promise.all([sending(), sending(), sending()])
    expect(raised.filter(({ again }) => !again)).to.have.length(1)
    expect(await objectionsOfRecipient(partId(0))).to.have.length(1)
    expect((await house.partOf(notice, world.customers[0]!)).openObjections).to.have.length(1)
  })

  it('that is remedied with the customer’s own words lets the change go on from that day', async () => {
    await house.goTo('2026-12-07')
    const objection = await objectOnPage()
    await house.goTo('2027-01-15')
    const officer = house.officer()
    await takeObjection(officer, objection.reference, officer.actor.id)
    await assessObjection(officer, objection.reference, {
      owner: officer.actor.id,
      answerBy: '2027-01-20',
      assessment: 'Adgang begrænses.',
    })
    const settlement = {
      outcome: 'remedied' as Outcome,
      note: 'Kun to navngivne har adgang.',
      endsOn: null,
      files: [],
    }
    await refused(settleObjection(officer, objection.reference, settlement), 'confirmation-missing')
    await proposeRemedyTo(officer, objection.reference, {
      by: { id: officer.actor.id, name: 'Anders Vester' },
      text: 'Kun to navngivne har adgang.',
    })
    await house.work()
    await endOnPage(objection, 'remedied')
    expect((await current(objection)).confirmation).to.include({ kind: 'code' })
    await house.work()
    const part = await house.partOf(notice, world.customers[0]!)
    expect(part).to.include({ state: 'permitted', notBefore: '2027-01-15' })
    expect(part.lines[0]?.permittedFrom).to.equal('2027-01-15')
    const { agent, page } = await house.open('dpo@bakkeby.example')
    expect((await visit(agent, `${page}/notices/${notice.reference}`)).text, 'silence it was not')
      .to.contain('Jeres indsigelse er afsluttet')
      .and.not.contain('Ingen indsigelse modtaget')
    const silent = await house.open('dpo@tavs.example')
    expect((await visit(silent.agent, `${silent.page}/notices/${notice.reference}`)).text)
      .to.contain('Ingen indsigelse modtaget senest')
      .and.not.contain('Godkendt af jer')
    expect(await house.listOf(world.customers[0]!, '2027-01-14')).to.deep.equal(['Curanet A/S'])
    expect(await house.listOf(world.customers[0]!, '2027-01-15')).to.deep.equal([
      'Curanet A/S',
      'Sikkerkopi ApS',
    ])
  })

  it('that ends with "not for this customer" keeps the change from it for ever', async () => {
    const objection = await objectOnPage()
    await settle(objection, 'customer-exempted')
    await house.goTo('2027-06-01')
    expect(await states()).to.deep.equal(['exempted', 'permitted', 'permitted'])
    expect(await house.listOf(world.customers[0]!, '2027-06-01')).to.deep.equal(['Curanet A/S'])
    // Nothing of its data is ever transferred by it: it is asked for no instruction either (C.6).
    expect(await leftOutOf(notice.lines[0]!.engagement)).to.deep.equal([
      { customer: world.customers[0]!._id, because: 'exempted' },
    ])
  })

  it('goes on blocking where termination was offered, until the agreement has ended', async () => {
    await house.goTo('2026-12-07')
    const objection = await objectOnPage()
    await settle(objection, 'termination-offered', { note: 'Opsigelse tilbudt.' })
    await house.goTo('2027-01-10')
    expect(await states()).to.deep.equal(['running', 'permitted', 'permitted'])
    await settle(objection, 'agreement-ended', { endsOn: '2027-01-31' })
    await house.goTo('2027-01-31')
    expect(
      (await house.partOf(notice, world.customers[0]!)).state,
      'the agreement binds through its last day',
    ).to.equal('running')
    await house.goTo('2027-02-01')
    expect((await house.partOf(notice, world.customers[0]!)).state).to.equal('left')
    await confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2027-02-01')
    await house.work()
    expect((await noticeByReference(notice.reference)).state).to.equal('settled')
  })

  it('that comes late is taken, marked as late, and stops use all the same', async () => {
    await house.goTo('2026-12-28')
    expect((await raisedByLetter(2)).timely, 'all of the last day').to.equal(true)
    await house.goTo('2026-12-29')
    const late = await raisedByLetter(2, 'second letter')
    expect(late.timely, 'by period-end').to.equal(false)
    const untilUse = await raisedByLetter(1)
    expect(untilUse.timely, 'before use, where the agreement says "inden brugen"').to.equal(true)
    expect(untilUse.metPermission, 'permitted that very morning').to.equal(true)
    const line = notice.lines[0]!.id
    await house.goTo('2027-02-01')
    expect(
      await confirmUse(house.officer(), notice.reference, line, '2027-02-01'),
      'only the one that has not objected',
    ).to.equal(1)
    expect(await states()).to.deep.equal(['in-use', 'permitted', 'running'])
    const afterUse = await raisedByLetter(0)
    expect(afterUse).to.include({ useHadBegun: true })
    await house.goTo('2027-02-02')
    expect((await raisedByLetter(0, 'second letter')).timely, 'after use had begun').to.equal(false)
  })

  it('that the customer takes back on its page lets the change go on', async () => {
    const objection = await objectOnPage()
    await house.work()
    await endOnPage(objection, 'withdraw')
    await house.goTo('2026-12-29')
    expect(await states()).to.deep.equal(['permitted', 'permitted', 'permitted'])
  })

  async function objectOnPage(): Promise<Objection> {
    const { agent, page } = await house.open('dpo@bakkeby.example')
    const url = `${page}/notices/${notice.reference}/object`
    await visit(agent, url)
    const files = [{ field: 'files', name: 'indsigelse.pdf', bytes: pdf }]
    const answer = await submitFiles(agent, url, { reasons: 'Vi vil vide, hvem der har adgang.' }, files)
    expect(answer.status, answer.text.slice(0, 500)).to.equal(303)
    const [objection] = await objectionsOfRecipient(partId(0))
    return objection!
  }

  /** With name and title, and the code from the contact's mailbox. */
  async function endOnPage(objection: Objection, kind: 'withdraw' | 'remedied'): Promise<void> {
    const { agent, page } = await house.open('dpo@bakkeby.example')
    const url = `${page}/objections/${objection.reference}`
    await visit(agent, url)
    const signer = { [`${kind}[name]`]: 'Åse Ørsted', [`${kind}[title]`]: 'DPO' }
    const asked = await submit(agent, url, signer, `${url}/${kind}`)
    expect(asked.status, asked.text.slice(0, 500)).to.equal(303)
    await house.work()
    const codePage = asked.headers['location'] ?? ''
    const code = codeIn(house.mailbox.mailsFor('dpo@bakkeby.example').at(-1))
    const done = await submit(agent, codePage, { code })
    expect(done.headers['location'], done.text.slice(0, 500)).to.equal(url)
    await house.work()
  }

  function partId(number: number): string {
    return `${notice._id}/${world.customers[number]!._id}`
  }

  async function current(objection: Objection): Promise<Objection> {
    const [now] = (await objectionsOfRecipient(objection.recipient)).filter(
      ({ _id }) => _id === objection._id,
    )
    return now!
  }

  async function settle(
    objection: Objection,
    outcome: Outcome,
    given: { note?: string; endsOn?: string } = {},
  ): Promise<void> {
    const officer = house.officer()
    if ((await current(objection)).state === 'received')
      await assessObjection(officer, objection.reference, {
        owner: officer.actor.id,
        answerBy: '2027-01-20',
        assessment: 'Vurderet.',
      })
    await settleObjection(officer, objection.reference, {
      outcome,
      note: given.note ?? null,
      endsOn: given.endsOn ?? null,
      files: [],
    })
    await house.work()
  }

  /** Registered by staff, at this moment. */
  async function raisedByLetter(number: number, once = 'a letter'): Promise<Objection> {
    const { objection } = await raiseObjection(house.officer(), partId(number), {
      by: { kind: 'staff', id: 'officer', name: 'Bente Dam' },
      channel: 'letter',
      receivedAt: house.now(),
      receivedOn: house.today(),
      reasons: null,
      files: [],
      once,
    })
    return objection
  }

  async function states(): Promise<string[]> {
    const parts = await Promise.all(world.customers.map((each) => house.partOf(notice, each)))
    return parts.map(({ state }) => state)
  }
})
