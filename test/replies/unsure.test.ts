import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import type { Notice } from '../../src/notices/actions.js'
import {
  attachReply,
  dismissReply,
  readReply,
  replyByReference,
  takeMail,
} from '../../src/replies/actions.js'
import { replyTasks } from '../../src/replies/actions/show.js'
import { concernOf, type Part, type Reply } from '../../src/replies/rules.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { part, send } from './world.js'

const contact = 'databeskyttelse@fjordby.example'
const read = { as: 'other', note: null, answer: null, reason: null, name: null, title: null } as const

describe('whom a mail holds up while nobody can tell whose it is (clause 7.3)', () => {
  const parts = ['a', 'b', 'c'].map((id) => ({ recipient: id }) as Part)
  const [first] = parts
  const cases: [string, Pick<Reply, 'state' | 'part' | 'mayConcern'>, string, string][] = [
    ['nobody has said', { state: 'unmatched', part: null, mayConcern: parts }, 'a b c', ''],
    ['it is the first one’s', { state: 'waiting', part: first!, mayConcern: parts }, '', 'b c'],
    ['it has been read', { state: 'classified', part: first!, mayConcern: parts }, '', 'b c'],
    ['it is nobody’s', { state: 'dismissed', part: null, mayConcern: parts }, '', 'a b c'],
    ['it was known from the start', { state: 'waiting', part: first! }, '', ''],
  ]
  for (const [what, reply, held, released] of cases)
    it(`${what}: held ${held || 'nobody'}, let go of ${released || 'nobody'}`, () => {
      const concern = concernOf(reply)
      expect([concern.held.join(' '), concern.released.join(' ')]).to.deep.equal([held, released])
    })
})

describe('a mail of a contact of several customers that answers none of ours', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  const mailbox = useMailbox()
  let notice: Notice
  let customers: Customer[]
  const ids = () => customers.map(({ _id }) => `${notice._id}/${_id}`)
  const held = async () => (await Promise.all(ids().map(part))).map((each) => each.held)

  beforeEach(async () => {
    const world = await aWorld(tilsyn)
    customers = await customersOf(tilsyn, world, [
      { name: 'Fjordby Skole', emails: [contact] },
      { name: 'Fjordby Bibliotek', emails: [contact] },
      { name: 'Havneby Kommune', emails: ['post@havneby.example'] },
    ])
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    notice = await anIssued(tilsyn, aDraft(world.planned))
    await send(tilsyn, mailbox)
  })

  async function written(subject: string, from = contact): Promise<Reply> {
    const raw = `From: Karen <${from}>\nSubject: ${subject}\nMessage-ID: <${subject.length}@fjordby.example>\n\nDet vil vi ikke have.`
    const key = tilsyn.house.keys.replies
    return (await takeMail(tilsyn.context(), Buffer.from(raw), { via: 'pipe', key })).reply
  }

  it('holds all it may concern until staff says whose it is; then that one alone, until it has been read', async () => {
    const reply = await written(`Varsel ${notice.reference}`)
    expect(reply).to.include({ state: 'unmatched', blocking: true, part: null })
    expect(await held()).to.deep.equal([true, true, false])
    tilsyn.moveTo('2027-01-15T09:00:00Z')
    await permitDueChanges(tilsyn.context())
    const permitted = async () =>
      (await Promise.all(ids().map(part))).map(({ lines }) => lines[0]?.permittedFrom ?? null)
    expect((await permitted()).map(Boolean), 'only the third').to.deep.equal([false, false, true])
    const [task] = await replyTasks(tilsyn.context().today, tilsyn.house.config.zone)
    expect(task).to.deep.include({ text: 'replies:task.unsure', url: `/replies/${reply.reference}` })
    await attachReply(tilsyn.context(), reply.reference, {
      notice: notice.reference,
      customer: customers[0]!.reference,
    })
    expect(await held()).to.deep.equal([true, false, false])
    await permitDueChanges(tilsyn.context())
    expect((await permitted())[1], 'not before it was known that the mail was not its').to.equal('2027-01-15')
    await readReply(tilsyn.context(), reply.reference, read)
    expect(await held()).to.deep.equal([false, false, false])
    const events = (await historyOf('recipient', ids()[1]!)).map(({ event }) => event)
    expect(events).to.include.members(['recipient.held-for-reply', 'recipient.reply-read'])
  })

  it('is a reply of each of those that staff chooses, and holds each until its own has been read', async () => {
    const reply = await written('Jeres mail')
    expect(await held(), 'any notice that is underway').to.deep.equal([true, true, false])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const url = `/replies/${reply.reference}`
    expect((await visit(agent, '/replies')).links, 'among what waits to be read').to.include(url)
    const page = await visit(agent, url)
    expect(page.text).to.include('any of 2 parts in notices').and.include('Fjordby Bibliotek (')
    const seen = await visit(agent, `/notices/${notice.reference}/recipients/${customers[1]!.reference}`)
    expect(seen.links).to.include(url)
    const chosen = customers.slice(0, 2).map((each) => `${notice.reference}/${each.reference}`)
    expect((await submit(agent, url, { part: chosen }, `${url}/attach`)).status).to.equal(303)
    expect(await held()).to.deep.equal([true, true, false])
    await readReply(tilsyn.context(), reply.reference, { ...read, as: 'objection' })
    await readReply(tilsyn.context(), 'RE-2026-002', read)
    const [school, library] = await Promise.all(ids().map(part))
    expect(school?.openObjections).to.have.length(1)
    expect([library?.openObjections, library?.held]).to.deep.equal([[], false])
  })

  it('is read for all of them in one click, each as if by itself', async () => {
    const { reference } = await written('Jeres mail')
    const whose = customers
      .slice(0, 2)
      .map((each) => ({ notice: notice.reference, customer: each.reference }))
    await attachReply(tilsyn.context(), reference, whose[0]!, whose.slice(1))
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const url = `/replies/${reference}`
    expect((await visit(agent, url)).text).to.include('This is an objection, for all 2 customers')
    expect((await submit(agent, url, { as: 'objection', others: 'on' }, `${url}/read`)).status).to.equal(303)
    const parts = await Promise.all(ids().map(part))
    expect(parts.map(({ openObjections }) => openObjections.length)).to.deep.equal([1, 1, 0])
    expect(parts.map(({ unclassified = [] }) => unclassified.length)).to.deep.equal([0, 0, 0])
    expect((await visit(agent, url)).text).to.include('read for 2 customers')
  })

  it('holds nobody any more when it is put aside; a stranger’s never holds anybody', async () => {
    const reply = await written('Sommerferie')
    expect(await held()).to.deep.equal([true, true, false])
    await dismissReply(tilsyn.context(), reply.reference, 'Ferieplan')
    expect(await held()).to.deep.equal([false, false, false])
    expect((await replyByReference(reply.reference))?.blocking).to.equal(false)
    const stranger = await written(`Re: ${notice.reference}`, 'nogen@elsewhere.example')
    expect(stranger).to.include({ state: 'unmatched', blocking: false })
    expect(await held()).to.deep.equal([false, false, false])
  })
})
