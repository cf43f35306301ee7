import { expect } from 'chai'
import request from 'supertest'
import { ensureLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import { codeDigits } from '../../src/auth/code-digits.js'
import { changeContact } from '../../src/customers/actions.js'
import type { Agreement, Contact, Customer } from '../../src/customers/rules.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { recipientById, registerDelivery, type Notice, type Recipient } from '../../src/notices/actions.js'
import { addContact } from '../../src/customers/actions.js'
import { useApp } from '../support/app.js'
import { submit, type Agent } from '../support/people.js'
import { aDraft, anEngagement, anIssued, aWorld, customersOf, type World } from '../notices/world.js'

export const letter = { name: 'brev.txt', bytes: Buffer.from('Vi har fået varslet.') }

export const specific: Partial<Agreement> = { authorisation: 'specific' }

/** A customer that is asked to approve: its director, its DPO, and their codes. */
export function answering() {
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
  const type = ({ agent, page }: Visit, codePage: string, code: string) =>
    submit(agent, page, { code }, codePage)

  async function approve(visitor: Visit, fields: Record<string, string> = approving()): Promise<void> {
    const codePage = await ask(visitor, fields)
    expect((await type(visitor, codePage, codeFor(codePage))).headers['location']).to.equal(visitor.page)
  }
  return {
    tilsyn,
    get notice() {
      return notice
    },
    get customer() {
      return customer
    },
    get director() {
      return director
    },
    get dpo() {
      return dpo
    },
    begin,
    id,
    recipient,
    lineId,
    mails,
    visitOf,
    signer,
    approving,
    ask,
    codeFor,
    type,
    approve,
  }
}
