import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { record } from '../../audit-log/actions.js'
import { nextReference } from '../../db/counters.js'
import { firstMove } from '../../db/moves.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { noticeById, recipientById, type Recipient } from '../../notices/actions.js'
import { insertObjection, objectionOnce, Objections, objectionsOfRecipient } from '../records.js'
import {
  firstAnswerDay,
  isClosed,
  reasonNotToTake,
  timeliness,
  type Channel,
  type Objection,
  type ObjectionMessage,
} from '../rules.js'
import { finishRaising } from './finish.js'
import { noteMessage } from './messages.js'

export type Raising = {
  by: { kind: 'contact' | 'staff'; id: string; name: string }
  channel: Channel
  receivedAt: Date
  receivedOn: Day
  reasons: string | null
  files: Upload[]
  /** Files that are kept already: a reply that is read as an objection. */
  kept?: string[]
  /** The form's own id, for what staff registers; a contact's page needs none. */
  once?: string
}

/**
 * Takes a customer's objection: keeps it, stops permission and use for that customer, and tells both sides.
 * The same form sent twice, or two tabs of one contact, make one objection; what the second one adds becomes a message.
 */
export async function raiseObjection(
  context: Context,
  recipientId: string,
  raising: Raising,
): Promise<{ objection: Objection; again: boolean }> {
  const recipient = await recipientById(recipientId)
  if (!recipient) throw new NotFound()
  const once = await onceOf(recipient, raising)
  const earlier = await objectionOnce(once)
  if (earlier) return added(context, earlier, raising)
  const reason = reasonNotToTake(recipient)
  if (reason)
    throw new Refused(reason, { notice: recipient.noticeReference, customer: recipient.customerName })

  const _id = newId()
  const files = [...(raising.kept ?? []), ...(await storeAll(context, _id, raising.files, recipient.sample))]
  const objection = await newObjection(context, recipient, raising, { _id, once, files })
  const inserted = await insertObjection(objection)
  if (inserted.again) return added(context, inserted.objection, raising)
  await record(Objections, objection)
  return { objection: await finishRaising(context, objection), again: false }
}

export async function storeAll(
  context: Context,
  id: string,
  files: readonly Upload[],
  sample: boolean,
): Promise<string[]> {
  const stored: string[] = []
  for (const file of files)
    stored.push((await storeFile(context, { ...file, about: { kind: 'objection', id }, sample }))._id)
  return stored
}

async function newObjection(
  context: Context,
  recipient: Recipient,
  { by, channel, receivedAt, receivedOn, reasons }: Raising,
  own: { _id: string; once: string; files: string[] },
): Promise<Objection> {
  const { timely, useHadBegun } = timeliness(receivedOn, recipient)
  return {
    ...own,
    reference: await nextReference('OB', Number(context.today.slice(0, 4))),
    notice: recipient.notice,
    noticeReference: recipient.noticeReference,
    recipient: recipient._id,
    customer: recipient.customer,
    customerReference: recipient.customerReference,
    customerName: recipient.customerName,
    caseNumber: recipient.caseNumber,
    raisedBy: by,
    channel,
    receivedAt,
    receivedOn,
    reasons,
    timely,
    useHadBegun,
    metPermission: false,
    state: 'received',
    blocking: true,
    owner: null,
    answerBy: firstAnswerDay(receivedOn, context.today),
    assessment: null,
    assessedOn: null,
    outcome: null,
    outcomeOn: null,
    outcomeNote: null,
    outcomeFiles: [],
    confirmation: null,
    remedy: null,
    together: (await noticeById(recipient.notice))?.goLive === 'together',
    endsOn: null,
    messages: [],
    unfinished: { step: 'raised', from: context.today },
    sample: recipient.sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'objection.raised',
      facts: {
        notice: recipient.noticeReference,
        customer: recipient.customerReference,
        channel,
        receivedAt,
        receivedOn,
        timely,
        useHadBegun,
        files: own.files,
      },
      personal: { raisedBy: by.name, reasons },
    }),
  }
}

// One objection at a time for each contact: after one is settled, the next form makes a new one.
async function onceOf(recipient: Recipient, { by, once }: Raising): Promise<string> {
  if (by.kind === 'staff') return `staff/${recipient._id}/${once ?? newId()}`
  const own = (await objectionsOfRecipient(recipient._id)).filter(({ raisedBy }) => raisedBy.id === by.id)
  return `page/${recipient._id}/${by.id}/${own.filter(isClosed).length}`
}

async function added(
  context: Context,
  earlier: Objection,
  { by, reasons, files }: Raising,
): Promise<{ objection: Objection; again: boolean }> {
  const known = [earlier.reasons, ...earlier.messages.map(({ text }) => text)]
  if (by.kind === 'contact' && reasons !== null && !known.includes(reasons) && files.length === 0) {
    const message: ObjectionMessage = {
      id: newId(),
      at: context.now,
      by,
      direction: 'from-customer',
      text: reasons,
    }
    return { objection: await noteMessage(context, earlier, message), again: true }
  }
  return { objection: earlier, again: true }
}
