import { expect } from 'chai'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import { addCustomerTo, saveContent, sendPhase } from '../../src/breaches/actions.js'
import { affectedOfCustomer } from '../../src/breaches/records.js'
import { emptyContent } from '../../src/breaches/rules.js'
import type { Customer } from '../../src/customers/rules.js'
import { caseBook } from '../../src/dashboard/actions/cases.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { attachReply, replyByReference, takeMail } from '../../src/replies/actions.js'
import { replyTasks } from '../../src/replies/actions/show.js'
import { casesIn, concernOf, type Part, type Reply } from '../../src/replies/rules.js'
import { beginRequest, requestOf, takeRequest } from '../../src/requests/actions.js'
import type { CustomerRequest } from '../../src/requests/rules.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { password, signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { address, arrives, part, told, type Told } from './world.js'

describe('references of cases in a subject', () => {
  const subjects: [subject: string, found: string[], why: string][] = [
    ['Re: Vi har modtaget jeres anmodning [RQ-2026-001]', ['RQ-2026-001'], 'as our mails end'],
    ['SV: br-2026-012', ['BR-2026-012'], 'as somebody types it'],
    ['Varsel [CN-2026-001]', [], 'a notice: looked for apart, since a reply to it blocks (7.3)'],
    ['Faktura FA-12', [], 'none of ours'],
  ]
  for (const [subject, found, why] of subjects)
    it(`“${subject}”: ${found.join() || 'none'}, ${why}`, () => expect(casesIn(subject)).to.deep.equal(found))
})

describe('words of objecting in a reply to another case’s mail (clause 7.3)', () => {
  const mayConcern = [{ recipient: 'a' } as Part]
  const about = { reference: 'RQ-2026-001' } as NonNullable<Reply['about']>
  const by = (how: 'message-id' | 'staff') => ({ by: how, mail: null, contact: null })
  const rows: [string, Parameters<typeof concernOf>[0], 'held' | 'released'][] = [
    ['unread', { state: 'waiting', part: null, about, mayConcern, match: by('message-id') }, 'held'],
    [
      'staff says which case',
      { state: 'waiting', part: null, about, mayConcern, match: by('staff') },
      'released',
    ],
    ['read', { state: 'classified', part: null, about, mayConcern, match: by('message-id') }, 'released'],
  ]
  for (const [what, reply, then] of rows)
    it(`${what}: the notices they may concern are ${then}`, () => {
      expect(concernOf(reply)[then]).to.deep.equal(['a'])
    })
})

describe('a reply to a mail about another case than a notice', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  const mailbox = useMailbox()
  const cases = caseBook
  let world: Told
  let request: CustomerRequest
  let owner: string

  beforeEach(async () => {
    world = await told(tilsyn, mailbox)
    const context = tilsyn.context()
    const person = {
      email: 'ejer@processor.example',
      name: 'Ejner Ejer',
      role: 'officer',
      locale: 'da',
    } as const
    owner = (await addPersonWithPassword(context, person, password))._id
    request = await ask(world.customer)
    await takeRequest(context, request.reference, {
      owner,
      assessment: null,
      dueOn: request.dueOn,
      because: null,
    })
  })

  const ask = (customer: Customer) =>
    beginRequest(tilsyn.context(), {
      kind: 'inspection',
      customer,
      by: { name: 'Mette' },
      channel: 'letter',
      receivedAt: tilsyn.context().now,
      receivedOn: tilsyn.context().today,
      text: 'Vi vil gerne se driftscentret.',
      files: [],
      once: customer._id,
    })
  const mailAbout = async (kind: string, id: string, to = address) => {
    const mail = (await mailsAbout(kind, [id])).find((each) => each.to.address === to)
    return mail?._id ?? expect.fail(`no ${kind} mail to ${to}`)
  }

  it('is shown with the case, alerts its owner, is a task, and holds nobody up; taken in it is the customer’s message', async () => {
    const reply = await arrives(tilsyn, 'question', await mailAbout('request', request._id), { cases })
    expect(reply).to.include({ state: 'waiting', blocking: false, part: null })
    expect(reply.about).to.include({ reference: request.reference, owner, customer: world.customer._id })
    expect((await part(world.recipient)).unclassified ?? []).to.deep.equal([])
    const alerts = (await mailsAbout('reply', [reply._id])).map(({ to }) => to.address)
    expect(alerts).to.deep.equal(['ejer@processor.example'])
    const [task] = await replyTasks(tilsyn.context().today, tilsyn.house.config.zone)
    expect(task).to.deep.include({ text: 'replies:task.case', note: 'replies:task.owner' })
    expect(task?.facts).to.deep.equal({
      customer: 'Bakkeby Kommune',
      notice: request.reference,
      owner: 'Ejner Ejer',
    })

    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    const url = `/replies/${reply.reference}`
    const page = await visit(agent, url)
    expect(page.links).to.include(`/requests/${request.reference}`)
    expect(page.text).to.include('Føj til sagen').and.not.include('Det er en indsigelse')
    expect((await visit(agent, `/requests/${request.reference}`)).links).to.include(url)
    expect((await visit(agent, '/replies')).text).to.include(request.reference)
    expect((await submit(agent, url, { as: 'objection' }, `${url}/read`)).status).to.equal(409)
    const taken = await submit(agent, url, { as: 'case' }, `${url}/read`)
    expect(taken.headers['location']).to.equal(`/requests/${request.reference}`)
    const { messages, asks } = await requestOf(request.reference)
    expect(asks).to.equal(true)
    expect(messages).to.have.length(1)
    expect(messages[0]).to.deep.include({ direction: 'from-customer', text: 'Hvor ligger backuppen fysisk?' })
    expect(messages[0]?.files).to.have.length(1)
    expect(await replyTasks(tilsyn.context().today, tilsyn.house.config.zone)).to.deep.equal([])
  })

  it('which is about a notice all the same is attached to it by staff, and blocks from then on (7.3)', async () => {
    const reply = await arrives(tilsyn, 'reply-with-quote', await mailAbout('request', request._id), {
      cases,
    })
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    expect((await visit(agent, `/replies/${reply.reference}`)).text).to.include(
      'Ordene kan være en indsigelse',
    )
    // The words may be an objection: the doubt is the customer's.
    expect(reply).to.include({ state: 'waiting', blocking: true, part: null })
    expect((await part(world.recipient)).unclassified).to.deep.equal([reply.reference])
    const moved = await attachReply(tilsyn.context(), reply.reference, {
      notice: world.notice.reference,
      customer: world.customer.reference,
    })
    expect(moved).to.deep.include({ blocking: true, about: null })
  })

  it('is known by the sender and the number in the subject, marked so; another customer’s number is not', async () => {
    const other = await ask(world.other)
    const write = async (reference: string) => {
      const raw = `From: Mette <${address}>\nSubject: Ang. ${reference}\nMessage-ID: <${reference}@x>\n\nHej`
      const key = tilsyn.house.keys.replies
      return (await takeMail(tilsyn.context(), Buffer.from(raw), { via: 'pipe', key, cases })).reply
    }
    const known = await write(request.reference)
    expect(known.match?.by).to.equal('address-only')
    expect(known.about?.reference).to.equal(request.reference)
    const stray = await write(other.reference)
    expect(stray).to.deep.include({ state: 'unmatched', about: null })
    // Staff knows better.
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    const url = `/replies/${stray.reference}`
    expect((await submit(agent, url, { case: 'RQ-2020-999' }, `${url}/case`)).status).to.equal(422)
    expect((await submit(agent, url, { case: other.reference }, `${url}/case`)).status).to.equal(303)
    expect((await replyByReference(stray.reference))?.about?.customer).to.equal(world.other._id)
  })

  it('that came back asks the owner to look; one of staff to a mail of its own is nobody’s', async () => {
    const back = await arrives(tilsyn, 'gmail-failure', await mailAbout('request', request._id), { cases })
    expect(back).to.include({ state: 'waiting', blocking: false, look: 'case-returned' })
    const alert = (await mailsAbout('reply', [back._id]))[0]?._id ?? ''
    const answered = await arrives(tilsyn, 'question', alert, { cases, from: 'ejer@processor.example' })
    expect(answered.state).to.equal('unmatched')
  })

  it('about a breach becomes the customer’s question there', async () => {
    const context = tilsyn.context()
    const point = { name: 'Karen', phone: '+45 70 10 20 30', email: 'dpo@processor.example' }
    const { reference } = await breach()
    await addCustomerTo(context, reference, {
      customer: world.customer.reference,
      because: 'Delt server.',
      foundAt: null,
    })
    await saveContent(context, reference, {
      ...emptyContent(point),
      nature: { da: 'Adgang.', en: 'Access.' },
    })
    await sendPhase(context, reference)
    const [affected] = await affectedOfCustomer(world.customer._id)
    const reply = await arrives(tilsyn, 'question', await mailAbout('breach-customer', affected?._id ?? ''), {
      cases,
    })
    expect(reply.about).to.include({
      reference,
      kind: 'breach-customer',
      customerReference: world.customer.reference,
    })
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    const url = `/replies/${reply.reference}`
    expect((await submit(agent, url, { as: 'case' }, `${url}/read`)).status).to.equal(303)
    const [now] = await affectedOfCustomer(world.customer._id)
    expect(now?.questions.map(({ text }) => text)).to.deep.equal(['Hvor ligger backuppen fysisk?'])
    expect((await visit(agent, `/breaches/${reference}`)).links).to.include(url)
  })

  async function breach() {
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    const answer = await submit(agent, '/breaches/new', {
      once: 'x',
      engagement: '',
      services: world.customer.services[0]?.service ?? '',
      report: 'Uvedkommende har læst backup.',
      role: 'processor',
      awareDay: tilsyn.context().today,
      awareTime: '08:30',
    })
    expect(answer.status, answer.text.slice(0, 2000)).to.equal(303)
    return { reference: String(answer.headers['location']).split('/')[2] ?? '' }
  }
})
