/** The same over the database: real actions, real timers, a real mail server, and the log that must explain what came of it. */
import { expect } from 'chai'
import fc from 'fast-check'
import { historyOf } from '../../../src/audit-log/actions.js'
import { sealEntries } from '../../../src/audit-log/timers.js'
import { verifyLog } from '../../../src/audit-log/verify.js'
import { addDays, dayOf } from '../../../src/base/day.js'
import { Refused } from '../../../src/base/errors.js'
import {
  addCustomers,
  changeContact,
  customerByReference,
  endService,
  type NewCustomer,
} from '../../../src/customers/actions.js'
import { ordinaryAgreement } from '../../../src/customers/rules.js'
import type { Sender } from '../../../src/mail/sender.js'
import {
  confirmUse,
  registerApproval,
  registerDelivery,
  withdrawNotice,
} from '../../../src/notices/actions.js'
import { Recipients } from '../../../src/notices/records/recipients.js'
import type { Recipient } from '../../../src/notices/rules.js'
import { followCustomers } from '../../../src/notices/actions/running.js'
import { enqueueMissingMails, followUpMails, settleFinished } from '../../../src/notices/timers.js'
import {
  assessObjection,
  objectionsOfRecipients,
  raiseObjection,
  settleObjection,
} from '../../../src/objections/actions.js'
import { isClosed, outcomes } from '../../../src/objections/rules.js'
import { finishObjections, permitDueChanges } from '../../../src/objections/timers.js'
import { listOn } from '../../../src/register/actions.js'
import { readReply, repliesOfRecipients, takeMail } from '../../../src/replies/actions.js'
import { finishReplies } from '../../../src/replies/timers.js'
import { mailsAbout } from '../../../src/mail/actions.js'
import { message } from '../../replies/messages.js'
import { second, type Told } from '../../replies/world.js'
import type { Tilsyn } from '../../support/app.js'
import type { Mailbox } from '../../support/mailbox.js'

export const inTheHouse = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ on: fc.constant('day' as const), days: fc.constantFrom(1, 12, 40) }),
    },
    {
      weight: 7,
      arbitrary: fc.record({
        on: fc.constantFrom(
          'reply',
          'read',
          'object',
          'settle',
          'answer',
          'use',
          'return',
          'letter',
          'stop',
          'contact',
          'join',
          'refuse',
          'withdraw',
        ),
        pick: fc.nat(20),
      }),
    },
  ),
  { minLength: 5, maxLength: 8, size: 'max' },
)
type Happening = typeof inTheHouse extends fc.Arbitrary<(infer Each)[]> ? Each : never

export type Scene = { tilsyn: Tilsyn; mailbox: Mailbox; told: Told; sender: Sender }

export async function work({ tilsyn, sender }: Scene): Promise<void> {
  const context = tilsyn.context()
  await sender.sendDue()
  for (const timer of [
    followUpMails,
    finishReplies,
    finishObjections,
    permitDueChanges,
    followCustomers,
    settleFinished,
  ])
    await timer(context)
  await enqueueMissingMails(context)
  await sender.sendDue()
  await followUpMails(context)
}

/** Tried as it comes; what the house refuses has not happened. */
export async function happenInHouse(scene: Scene, happening: Happening, count: number): Promise<void> {
  try {
    await doing(scene, happening, count)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
  await work(scene)
}

const joiner: Omit<NewCustomer, 'from' | 'services'> = {
  name: 'Ny Kunde ApS',
  isProcessor: false,
  contacts: [
    { name: 'Ny Kontakt', email: 'it@ny.example', locale: 'da', dataProtection: true, mayApprove: true },
  ],
  agreement: ordinaryAgreement,
}

const hostingOf = ({ customer }: Told): string => customer.services[0]!.service

const paper = { name: 'brev.txt', bytes: Buffer.from('Vi har modtaget varslet.') }

async function doing(scene: Scene, happening: Happening, count: number): Promise<void> {
  const { tilsyn, mailbox, told } = scene
  const officer = tilsyn.context({ kind: 'staff', id: 'officer' })
  if (happening.on === 'day') return tilsyn.moveTo(addDays(tilsyn.today(), happening.days))
  const { on, pick } = happening
  const by = { name: 'Åse Ørsted', title: 'Direktør' }
  switch (on) {
    case 'reply':
      return mailComes(scene, 'question', count)
    case 'return':
      return mailComes(scene, 'postfix-dsn', count)
    case 'read': {
      const waiting = (await repliesOfRecipients([told.recipient])).find(({ state }) => state === 'waiting')
      const as = waiting?.kind === 'message' && pick % 2 === 0 ? 'objection' : 'other'
      if (waiting)
        await readReply(officer, waiting.reference, {
          as,
          note: 'Læst',
          answer: null,
          reason: null,
          name: null,
          title: null,
        })
      return
    }
    case 'object':
      await raiseObjection(officer, told.recipient, {
        by: { kind: 'staff', id: 'officer', name: by.name },
        channel: 'phone',
        receivedAt: officer.now,
        receivedOn: officer.today,
        reasons: 'Nej tak',
        files: [],
      })
      return
    case 'settle': {
      const open = (await objectionsOfRecipients([told.recipient])).find((each) => !isClosed(each))
      if (!open) return
      await assessObjection(officer, open.reference, {
        owner: 'officer',
        answerBy: officer.today,
        assessment: 'Set på',
      })
      const outcome = outcomes[pick % outcomes.length]!
      const endsOn = outcome === 'agreement-ended' ? addDays(officer.today, 5) : null
      await settleObjection(officer, open.reference, { outcome, note: 'Aftalt', endsOn, files: [paper] })
      return
    }
    case 'answer': {
      const answer = pick % 3 === 0 ? 'refused' : 'approved'
      const said = { lines: [], channel: 'letter' as const, at: officer.now, on: officer.today, by }
      await registerApproval(officer, told.recipient, { ...said, answer, waivesRest: pick % 2 === 0 }, paper)
      return
    }
    case 'letter':
      await registerDelivery(officer, told.recipient, { channel: 'letter', at: officer.now }, paper)
      return
    case 'use':
      await confirmUse(
        officer,
        told.notice.reference,
        told.notice.lines[0]!.id,
        addDays(officer.today, -(pick % 5)),
      )
      return
    case 'withdraw':
      // Seldom: it ends everything.
      if (pick < 5) await withdrawNotice(officer, told.notice.reference, { da: 'Opgivet', en: 'Given up' })
      return
    case 'refuse':
      mailbox.refuse(second, 550)
      return
    case 'join':
      await addCustomers(officer, [{ ...joiner, from: officer.today, services: [hostingOf(told)] }])
      return
    default:
      return customerChanges(scene, on, count)
  }
}

async function customerChanges(
  { tilsyn, told }: Scene,
  on: 'stop' | 'contact',
  count: number,
): Promise<void> {
  const context = tilsyn.context({ kind: 'staff', id: 'officer' })
  const { reference, version, contacts, services } = await customerByReference(told.customer.reference)
  const first = contacts.find(({ to }) => to === null)!
  if (on === 'stop') {
    const from = services[0]!.from
    await endService(context, { reference, version }, { service: hostingOf(told), from, to: context.today })
    return
  }
  const { name, email, locale, dataProtection, mayApprove } = first
  const moves = count % 2 === 0 ? { email: `ny-${count}@bakkeby.example` } : { phone: '+45 70 00 00 00' }
  const contact = { name, email, locale, dataProtection, mayApprove, ...moves }
  await changeContact(context, { reference, version }, first.id, { contact, from: context.today })
}

/** As it would come in by the mailbox: about, or in answer to, the newest announcement. */
async function mailComes({ tilsyn, told }: Scene, name: string, count: number): Promise<void> {
  const mails = await mailsAbout('recipient', [told.recipient])
  const mail = mails.findLast(({ kind, state }) => kind === 'notice-announcement' && state === 'accepted')
  if (!mail) return
  const raw = message(name, { mail: mail._id, from: mail.to.address }).toString('latin1')
  const own = raw.replace('Hvor ligger', `Nr. ${count}: Hvor ligger`)
  const arrivedAt = tilsyn.now()
  await takeMail(tilsyn.context(), Buffer.from(own, 'latin1'), {
    via: 'pipe',
    key: tilsyn.house.keys.replies,
    arrivedAt,
  })
}

export function partsOf({ told }: Scene): Promise<Recipient[]> {
  return Recipients.find({ notice: told.notice._id }).sort({ _id: 1 }).lean<Recipient[]>().exec()
}

/** After every step: what has newly become permitted or used, and how the days moved. */
export async function checkParts(scene: Scene, before: readonly Recipient[]): Promise<Recipient[]> {
  const parts = await partsOf(scene)
  for (const part of parts) {
    const was = before.find(({ _id }) => _id === part._id)
    const [line] = part.lines
    if (was?.printedLastDay) expect(part.printedLastDay! >= was.printedLastDay).to.equal(true)
    if (was?.lastDay && part.lastDay) expect(part.lastDay >= was.lastDay).to.equal(true)
    if (was && ['withdrawn', 'left', 'exempted', 'refused'].includes(was.state)) {
      expect(['withdrawn', 'left', 'exempted', 'refused']).to.include(part.state)
      expect(line?.permittedFrom).to.equal(was.lines[0]?.permittedFrom)
    }
    if (line?.inUseSince) expect(line.permittedFrom! <= line.inUseSince).to.equal(true)
    if (!line?.permittedFrom || was?.lines[0]?.permittedFrom) continue
    const from = line.permittedFrom
    expect(from <= scene.tilsyn.today()).to.equal(true)
    if (line.answer?.answer === 'approved' && line.answer.waivesRest)
      expect(from >= line.answer.on).to.equal(true)
    else {
      expect(from > part.lastDay! && from > part.printedLastDay!).to.equal(true)
      expect(from > addDays(dayOf(part.acceptedAt!, 'Europe/Copenhagen'), 30)).to.equal(true)
      if (line.mode === 'approval') expect(line.answer).to.include({ answer: 'approved' })
    }
    const open = (await objectionsOfRecipients([part._id])).filter(({ blocking }) => blocking)
    const unread = (await repliesOfRecipients([part._id])).filter(({ blocking }) => blocking)
    // What came since is noted as having met a permission.
    for (const { moves, metPermission } of open) expect(metPermission || moves.length > 1).to.equal(true)
    expect(unread).to.deep.equal([])
  }
  return parts
}

const holds = ['recipient.held', 'recipient.held-for-reply']
const lifts = [
  'recipient.released',
  'recipient.reply-read',
  'recipient.exempted',
  'recipient.dropped',
  'recipient.ended',
]
const arrivals = ['recipient.delivered', 'recipient.delivery-registered']
const losses = [
  'recipient.next-contact-tried',
  'recipient.not-delivered',
  'recipient.concerned',
  'recipient.announced-again',
]

/** The log is whole, and read from its beginning it says by itself why each permission may be. */
export async function checkLog(scene: Scene): Promise<number> {
  await sealEntries()
  expect(await verifyLog()).to.deep.include({ whole: true, waiting: 0, breaks: [] })
  let explained = 0
  for (const part of await partsOf(scene)) {
    let [held, arrived, waived, approved] = [0, false, false, false]
    const entries = (await historyOf('recipient', part._id)).toReversed()
    for (const { event, facts } of entries) {
      if (holds.includes(event)) held += 1
      if (lifts.includes(event)) held -= 1
      if (arrivals.includes(event)) arrived = true
      if (losses.includes(event)) arrived = false
      if (event === 'recipient.answer-approved') [approved, waived] = [true, facts['waivesRest'] === true]
      if (event !== 'recipient.permitted') continue
      expect(held, 'held by nothing').to.equal(0)
      expect(
        waived || (arrived && (approved || part.lines[0]!.mode === 'notice')),
        'has its ground',
      ).to.equal(true)
      expect(facts).to.deep.include({ lines: [part.lines[0]!.line], from: part.lines[0]!.permittedFrom })
      explained += 1
    }
    const from = part.lines[0]?.permittedFrom
    const permissions = entries.filter(({ event }) => event === 'recipient.permitted')
    expect(permissions).to.have.length(from ? 1 : 0)
    const ended = part.approvalsEndOn !== null && from !== undefined && part.approvalsEndOn <= (from ?? '')
    if (from && !ended) expect(await namesOn(part.customer, from)).to.include('Nyborg Backup ApS')
  }
  return explained
}

async function namesOn(customer: string, day: string): Promise<string[]> {
  return (await listOn(customer, day)).map(({ content }) => content.vendorName)
}
