import { expect } from 'chai'
import request from 'supertest'
import { historyOf } from '../../src/audit-log/actions.js'
import { ensureLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import { codesADay, codeTries } from '../../src/auth/rules.js'
import { codeDigits } from '../../src/auth/code-digits.js'
import { changeContact } from '../../src/customers/actions.js'
import type { Agreement, Contact, Customer } from '../../src/customers/rules.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { Mails } from '../../src/mail/records/mails.js'
import {
  recipientById,
  registerApproval,
  registerDelivery,
  withdrawNotice,
  type Notice,
  type Recipient,
} from '../../src/notices/actions.js'
import { raiseObjection } from '../../src/objections/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { addContact } from '../../src/customers/actions.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { aDraft, anEngagement, anIssued, aWorld, customersOf, officer, type World } from '../notices/world.js'

const letter = { name: 'brev.txt', bytes: Buffer.from('Vi har fået varslet.') }
const specific: Partial<Agreement> = { authorisation: 'specific' }

describe("answering on the customer's page", () => {
  const tilsyn = useApp()
  let world: World
  let notice: Notice
  let customer: Customer
  let director: Contact
  let dpo: Contact

  // Issued and delivered on Tuesday 24 November 2026: last day 28 December, use from the 29th.
  // The DPO is told; the director, who gets no notices, may approve.
  async function begin(
    agreement: Partial<Agreement> = specific,
    { lines = 1, engagement = {}, plannedStart = '2027-03-01' } = {},
  ): Promise<void> {
    world = await aWorld(tilsyn, engagement)
    const [first] = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune', agreement, emails: ['dpo@bakkeby.example'], locale: 'en' },
    ])
    if (!first) throw new Error('no customer')
    await setContacts(first)
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    const more = lines > 1 ? [await anEngagement(tilsyn, 'Vestby Cloud A/S', [world.hosting._id])] : []
    const draft = aDraft(world.planned, {
      plannedStart,
      lines: [world.planned, ...more].map(({ reference }) => ({
        kind: 'addition' as const,
        engagement: reference,
        replaces: null,
      })),
    })
    notice = await anIssued(tilsyn, draft, ['laterStart'])
    const at = tilsyn.now()
    await registerDelivery(tilsyn.context(), id(), { channel: 'letter', at }, letter)
  }

  async function setContacts(first: Customer): Promise<void> {
    const { reference } = first
    const [contact] = first.contacts
    if (!contact) throw new Error('no contact')
    const common = { locale: 'en' as const, phone: '' }
    const changed = await changeContact(tilsyn.context(), { reference, version: first.version }, contact.id, {
      contact: {
        ...common,
        name: 'Dorte Poulsen',
        email: 'dpo@bakkeby.example',
        dataProtection: true,
        mayApprove: false,
      },
      from: '2026-01-01',
    })
    customer = await addContact(
      tilsyn.context(),
      { reference, version: changed.version },
      {
        contact: {
          ...common,
          name: 'Jens Holm',
          title: 'Director',
          email: 'director@bakkeby.example',
          dataProtection: false,
          mayApprove: true,
        },
        from: '2026-01-01',
      },
    )
    const holding = customer.contacts.filter(({ to }) => to === null)
    dpo = holding.find(({ mayApprove }) => !mayApprove) as Contact
    director = holding.find(({ mayApprove }) => mayApprove) as Contact
  }

  const id = () => `${notice._id}/${customer._id}`
  const recipient = async () => (await recipientById(id())) as Recipient
  const lineId = (row = 0) => notice.lines[row]?.id ?? ''
  const mails = async (kind: string) =>
    (await mailsAbout('recipient', [id()])).filter((mail) => mail.kind === kind)

  type Visit = { agent: Agent; base: string; page: string; answer: string }

  async function visitOf(contact: Contact): Promise<Visit> {
    const link = await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: customer._id,
      contact: contact.id,
      about: { kind: 'recipient', id: id() },
      expiresOn: '2027-11-24',
    })
    const agent = request.agent(tilsyn.app)
    const path = new URL(linkUrl(link, linkMaker(tilsyn.house))).pathname
    expect((await agent.get(path)).status).to.equal(303)
    const base = `/c/${link._id}`
    const page = `${base}/notices/${notice.reference}`
    return { agent, base, page, answer: `${page}/answer` }
  }

  const signer = { name: 'Jens Holm', title: 'Director' }
  const approving = (row = 0): Record<string, string> => ({
    [`answers[${lineId(row)}]`]: 'approved',
    ...signer,
  })

  /** Fills the form in; where the code is typed. */
  async function ask({ agent, answer }: Visit, fields: Record<string, string>): Promise<string> {
    const sent = await submit(agent, answer, fields)
    expect(sent.status, sent.text.slice(0, 400)).to.equal(303)
    return sent.headers['location'] as string
  }

  const codeFor = (codePage: string) => codeDigits(codePage.split('/').at(-1) ?? '', tilsyn.house.keys.codes)
  const wrongFor = (codePage: string) => (codeFor(codePage) === '000000' ? '000001' : '000000')
  const type = ({ agent, page }: Visit, codePage: string, code: string) =>
    submit(agent, page, { code }, codePage)

  async function approve(visitor: Visit, fields: Record<string, string> = approving()): Promise<void> {
    const codePage = await ask(visitor, fields)
    expect((await type(visitor, codePage, codeFor(codePage))).headers['location']).to.equal(visitor.page)
  }

  it('the director approves by name and title, with a code from the registered mailbox', async () => {
    await begin()
    const visitor = await visitOf(director)
    expect((await visit(visitor.agent, visitor.page)).text)
      .to.contain('Approve or refuse here')
      .and.contain('Silence counts as no')
    const form = await visit(visitor.agent, visitor.answer)
    expect(form.text).to.contain('Nyborg Backup ApS').and.contain('Bakkeby Kommune approves')
    expect(form.html).to.contain('value="Jens Holm"')
    const codePage = await ask(visitor, approving())
    expect((await recipient()).lines[0]?.answer, 'nothing counts before the code').to.equal(null)
    const shown = await visit(visitor.agent, codePage)
    expect(shown.text)
      .to.contain('Bakkeby Kommune approves: Nyborg Backup ApS')
      .and.contain('d…@bakkeby.example')
      .and.not.contain('director@bakkeby')
    const done = await type(
      visitor,
      codePage,
      ` ${codeFor(codePage).slice(0, 3)} ${codeFor(codePage).slice(3)} `,
    )
    expect(done.headers['location']).to.equal(visitor.page)
    const { answer } = (await recipient()).lines[0] ?? {}
    expect(answer).to.deep.include({
      answer: 'approved',
      on: '2026-11-24',
      channel: 'page',
      by: signer,
      contact: director.id,
      waivesRest: false,
    })
    const page = await visit(visitor.agent, visitor.page)
    expect(page.text)
      .to.contain('You have approved the change; we may make it for Bakkeby Kommune from 1 March 2027')
      .and.contain('Jens Holm, Director')
    const [entry] = (await historyOf('recipient', id())).filter(({ event }) => event === 'recipient.answered')
    expect(entry?.facts).to.deep.include({ channel: 'page', contact: director.id })
    expect(JSON.stringify(entry?.facts))
      .to.contain('approves: Nyborg Backup ApS')
      .and.not.contain('Jens Holm')
    const staff = await signedIn(tilsyn)
    const path = `/notices/${notice.reference}/recipients/${customer.reference}`
    expect((await visit(staff.agent, path)).text).to.contain(
      "Approved on 24 November 2026 by Jens Holm, Director (On the customer's page, confirmed with a code)",
    )
  })

  it('every contact gets a receipt by its own link, and the officer is told', async () => {
    await signedIn(tilsyn)
    await begin()
    await approve(await visitOf(director))
    const receipts = await mails('notice-answer-receipt')
    expect(receipts.map(({ to }) => to.address).toSorted()).to.deep.equal(
      [dpo.email, director.email].toSorted(),
    )
    const kept = await Mails.find({ kind: 'notice-answer-receipt' }).lean()
    expect(new Set(kept.map(({ link }) => link)).size, 'nobody else’s link').to.equal(2)
    for (const { text } of kept)
      expect(text)
        .to.contain('Nyborg Backup ApS')
        .and.contain('Jens Holm, Director')
        .and.contain('24 Nov 2026')
    expect(await mails('notice-answer-alert')).to.have.length(1)
  })

  it('the code stands neither in the kept mail nor in the database', async () => {
    await begin()
    const visitor = await visitOf(director)
    const codePage = await ask(visitor, approving())
    const digits = codeFor(codePage)
    const [kept] = await Mails.find({ kind: 'customer-code' }).lean()
    expect(kept?.to.address).to.equal('director@bakkeby.example')
    expect(kept?.text).to.contain('Your code is ••••••').and.contain('approves: Nyborg Backup ApS')
    const whole = JSON.stringify([kept, await Mails.db.collection('codes').find({}).toArray()])
    expect(whole).not.to.match(new RegExp(`\\b${digits}\\b`))
  })

  it('a DPO without the right is told who has it, and cannot approve by any address', async () => {
    await begin()
    const visitor = await visitOf(dpo)
    const page = await visit(visitor.agent, visitor.page)
    expect(page.text).to.contain('Jens Holm, Director').and.contain('advises and does not usually decide')
    expect(page.html).not.to.contain(`href="${visitor.answer}"`)
    expect((await visit(visitor.agent, visitor.answer)).html).not.to.contain('name="title"')
    const forced = await submit(visitor.agent, visitor.page, approving(), visitor.answer)
    expect(forced.status).to.equal(409)
    expect(inspect(forced.text, 409).text).to.contain('Only a contact with the right to approve')
    expect(await mails('customer-code')).to.have.length(0)
  })

  it('passes it on: the one who may gets a link of its own at its registered mailbox, once a day', async () => {
    await begin()
    const visitor = await visitOf(dpo)
    for (let click = 0; click < 2; click += 1) {
      const sent = await submit(visitor.agent, visitor.page, { to: director.id }, `${visitor.page}/pass-on`)
      expect(sent.headers['location']).to.equal(visitor.page)
    }
    const passed = await mails('notice-passed-on')
    expect(passed.map(({ to }) => to.address)).to.deep.equal(['director@bakkeby.example'])
    const to = await submit(visitor.agent, visitor.page, { to: dpo.id }, `${visitor.page}/pass-on`)
    expect(to.status, 'to one who may not').to.equal(409)
    const events = (await historyOf('recipient', id())).map(({ event }) => event)
    expect(events.filter((event) => event === 'recipient.approver-written-to')).to.have.length(1)
  })

  it('a forwarded link alone cannot approve: another’s code page does not open, and five wrong codes end it', async () => {
    await begin()
    const forwarded = await visitOf(director)
    const codePage = await ask(forwarded, approving())
    const other = await visitOf(dpo)
    const theirs = `${other.base}/codes/${codePage.split('/').at(-1)}`
    expect((await other.agent.get(theirs)).status, "with a colleague's link").to.equal(404)
    for (let left = codeTries - 1; left >= 0; left -= 1) {
      const tried = await type(forwarded, codePage, wrongFor(codePage))
      expect(tried.status).to.equal(422)
      expect(inspect(tried.text, 422).text).to.contain(
        left === 0 ? 'wrong too many times' : left === 1 ? 'one try left' : `${left} tries left`,
      )
    }
    const right = await type(forwarded, codePage, codeFor(codePage))
    expect(right.status, 'the right one comes too late').to.equal(422)
    expect((await recipient()).lines[0]?.answer).to.equal(null)
    const events = (await historyOf('recipient', id())).map(({ event }) => event)
    expect(events).to.include('code.used-up')
    const again = await submit(forwarded.agent, codePage, {}, `${codePage}/again`)
    const fresh = again.headers['location'] ?? ''
    expect((await type(forwarded, fresh, codeFor(fresh))).headers['location']).to.equal(forwarded.page)
    expect((await recipient()).lines[0]?.answer?.answer).to.equal('approved')
  })

  it('a code lives half an hour, the newest only, and so many a day', async () => {
    await begin()
    const visitor = await visitOf(director)
    const first = await ask(visitor, approving())
    const second = await ask(visitor, approving())
    expect(inspect((await type(visitor, first, codeFor(first))).text, 422).text).to.contain('A newer code')
    tilsyn.moveTo('2026-11-24T09:31:00Z')
    expect(inspect((await type(visitor, second, codeFor(second))).text, 422).text).to.contain('has run out')
    for (let number = 3; number <= codesADay; number += 1) await ask(visitor, approving())
    const beyond = await submit(visitor.agent, visitor.answer, approving())
    expect(beyond.status).to.equal(409)
    expect(inspect(beyond.text, 409).text).to.contain('So many codes have been asked for today')
    tilsyn.moveTo('2026-11-25T08:00:00Z')
    await approve(await visitOf(director))
  })

  it('two clicks are one answer; of two tabs the newer code counts, and what it confirmed stands', async () => {
    await begin()
    const visitor = await visitOf(director)
    const refusing = await ask(visitor, { [`answers[${lineId()}]`]: 'refused', ...signer })
    const codePage = await ask(visitor, approving())
    expect((await type(visitor, refusing, codeFor(refusing))).status).to.equal(422)
    const clicks = await Promise.all([1, 2, 3].map(() => type(visitor, codePage, codeFor(codePage))))
    for (const click of clicks) expect(click.headers['location']).to.equal(visitor.page)
    const { lines, version } = await recipient()
    expect(lines[0]?.answer?.answer).to.equal('approved')
    expect(
      (await historyOf('recipient', id())).filter(({ event }) => event === 'recipient.answered'),
    ).to.have.length(1)
    await type(visitor, codePage, codeFor(codePage))
    expect((await recipient()).version).to.equal(version)
    expect(await mails('notice-answer-receipt')).to.have.length(2)
    expect((await visit(visitor.agent, codePage)).text).to.contain('This has been confirmed.')
  })

  it('what a colleague has answered meanwhile is not overturned unseen', async () => {
    await begin()
    const visitor = await visitOf(director)
    const codePage = await ask(visitor, { [`answers[${lineId()}]`]: 'refused', ...signer })
    await registerApproval(
      tilsyn.context(officer),
      id(),
      {
        answer: 'approved',
        lines: [],
        channel: 'letter',
        at: tilsyn.now(),
        on: tilsyn.today(),
        by: { name: 'Borgmesteren', title: 'Borgmester' },
        waivesRest: false,
      },
      letter,
    )
    const late = await type(visitor, codePage, codeFor(codePage))
    expect(late.status).to.equal(409)
    expect(inspect(late.text, 409).text).to.contain('A colleague has answered this in the meantime')
    expect((await recipient()).lines[0]?.answer?.by?.name).to.equal('Borgmesteren')
  })

  it('refuses one line and approves another in one go; an answer for each is asked for', async () => {
    await begin(specific, { lines: 2 })
    const visitor = await visitOf(director)
    const half = await submit(visitor.agent, visitor.answer, approving())
    expect(half.status).to.equal(422)
    await approve(visitor, { ...approving(), [`answers[${lineId(1)}]`]: 'refused' })
    const { lines, state } = await recipient()
    expect(lines.map(({ answer }) => answer?.answer)).to.deep.equal(['approved', 'refused'])
    expect(state).to.equal('running')
    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    expect((await recipient()).lines.map(({ permittedFrom }) => permittedFrom)).to.deep.equal([
      '2026-12-29',
      null,
    ])
  })

  it('a refusal of all ends it for the customer, and nothing is left to answer', async () => {
    await begin()
    const visitor = await visitOf(director)
    await approve(visitor, { [`answers[${lineId()}]`]: 'refused', ...signer })
    expect(await recipient()).to.include({ state: 'refused', endedBecause: 'refused' })
    expect((await visit(visitor.agent, visitor.page)).text).to.contain(
      'so it is not made for Bakkeby Kommune',
    )
    expect((await visit(visitor.agent, visitor.answer)).text).to.contain(
      'There is nothing to answer here now.',
    )
  })

  it('after the period an approval still counts, from its own day; after silence was noted it does not', async () => {
    await begin()
    tilsyn.moveTo('2027-01-11')
    await approve(await visitOf(director))
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    expect((await recipient()).lines[0]?.permittedFrom).to.equal('2027-01-11')
  })

  it('once silence has been noted as refusal the page takes no answer, not even one begun before', async () => {
    await begin()
    tilsyn.moveTo('2027-01-11')
    const visitor = await visitOf(director)
    const codePage = await ask(visitor, approving())
    const none = { answer: 'no-answer' as const, lines: [], channel: null, by: null, waivesRest: false }
    await registerApproval(
      tilsyn.context(officer),
      id(),
      { ...none, at: tilsyn.now(), on: tilsyn.today() },
      undefined,
    )
    expect((await type(visitor, codePage, codeFor(codePage))).status).to.equal(409)
    expect((await recipient()).state).to.equal('refused')
    expect(await mails('notice-answer-receipt'), 'silence has no receipt').to.have.length(0)
  })

  it('after the notice was withdrawn nothing is taken', async () => {
    await begin()
    const visitor = await visitOf(director)
    const codePage = await ask(visitor, approving())
    await withdrawNotice(tilsyn.context(officer), notice.reference, { da: 'Nej', en: 'No' })
    const late = await type(visitor, codePage, codeFor(codePage))
    expect(late.status).to.equal(409)
    expect(inspect(late.text, 409).text)
      .to.contain('The code has been used')
      .and.not.contain('This has been confirmed')
  })

  it('an approval while an objection is open is kept, and permits nothing until that is settled', async () => {
    await begin()
    await raiseObjection(tilsyn.context({ kind: 'customer', id: dpo.id }), id(), {
      by: { kind: 'contact', id: dpo.id, name: dpo.name },
      channel: 'page',
      receivedAt: tilsyn.now(),
      receivedOn: tilsyn.today(),
      reasons: null,
      files: [],
    })
    const visitor = await visitOf(director)
    expect((await visit(visitor.agent, visitor.answer)).text).to.contain('You have an open objection')
    await approve(visitor)
    tilsyn.moveTo('2027-03-02')
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    expect((await recipient()).lines[0]).to.deep.include({ permittedFrom: null })
    const [receipt] = await Mails.find({ kind: 'notice-answer-receipt' }).lean()
    expect(receipt?.text).to.contain('You have an open objection')
  })

  it('under notice consents to an earlier start where that gains something, and only then', async () => {
    await begin({}, { plannedStart: '2026-12-10' })
    const visitor = await visitOf(director)
    expect((await visit(visitor.agent, visitor.page)).text).to.contain('Agree to an earlier start')
    const nothing = await submit(visitor.agent, visitor.answer, signer)
    expect(inspect(nothing.text, 422).text).to.contain('Say at least one thing')
    await approve(visitor, { waive: 'yes', ...signer })
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    expect((await recipient()).lines[0]).to.deep.include({ permittedFrom: '2026-11-24', mode: 'notice' })
    const page = await visit(visitor.agent, visitor.page)
    expect(page.text)
      .to.contain('You have agreed to an earlier start')
      .and.not.contain('You have approved')
      .and.not.contain('without an objection')
    expect((await visit(visitor.agent, `${visitor.base}/list`)).text).to.contain('With your consent')
  })

  it('where the planned start is after the period, giving up the rest is not asked for', async () => {
    await begin({})
    const visitor = await visitOf(director)
    expect((await visit(visitor.agent, visitor.page)).text).not.to.contain('Agree to an earlier start')
    expect(
      (await submit(visitor.agent, visitor.page, { waive: 'yes', ...signer }, visitor.answer)).status,
    ).to.equal(422)
  })

  it('gives a fresh instruction for the transfer (C.6), and waits for nothing else then', async () => {
    await begin(
      { transferInstruction: { kind: 'none', countries: [] } },
      {
        engagement: {
          storageCountries: ['IN'],
          accessCountries: ['IN'],
          transfers: [
            {
              country: 'IN',
              basis: 'scc-2021',
              module: 3,
              signedOn: '2026-10-01',
              tia: { concludedOn: '2026-10-01' },
            },
          ],
        },
      },
    )
    expect((await recipient()).blockedBy).to.deep.equal(['instruction'])
    const visitor = await visitOf(director)
    const form = await visit(visitor.agent, visitor.answer)
    expect(form.text)
      .to.contain('Bakkeby Kommune instructs Nordvang Drift A/S to make these transfers')
      .and.contain('India')
    tilsyn.moveTo('2026-12-30')
    const later = await visitOf(director)
    await approve(later, { instruct: 'yes', ...signer })
    const given = await recipient()
    expect(given).to.deep.include({ blockedBy: [], notBefore: '2026-12-30' })
    expect(given.instruction).to.deep.include({ by: signer, countries: ['IN'], contact: director.id })
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    expect((await recipient()).lines[0]?.permittedFrom).to.equal('2026-12-30')
  })

  it('opening any of these pages changes nothing', async () => {
    await begin()
    const visitor = await visitOf(director)
    const codePage = await ask(visitor, approving())
    const before = JSON.stringify([await recipient(), await Mails.db.collection('codes').find({}).toArray()])
    for (const page of [visitor.page, visitor.answer, codePage]) {
      await visit(visitor.agent, page)
      await visitor.agent.head(page)
      await visit(visitor.agent, `${page}?lang=da`)
    }
    const after = JSON.stringify([await recipient(), await Mails.db.collection('codes').find({}).toArray()])
    expect(after).to.equal(before)
  })
})
