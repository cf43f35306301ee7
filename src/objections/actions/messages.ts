import type { Context } from '../../base/context.js'
import { newId } from '../../base/ids.js'
import { record } from '../../audit-log/actions.js'
import { enqueue } from '../../mail/actions.js'
import { customerWroteMail, messageMail } from '../mails.js'
import { addMessage, Objections } from '../records.js'
import { remedyMail } from '../mails/remedy.js'
import type { Objection, ObjectionMessage, Remedy } from '../rules.js'
import { customerReaders, staffReaders } from './readers.js'

/** Staff writes to the customer, notes what the customer said elsewhere, or notes something for staff only. */
export async function writeToCustomer(
  context: Context,
  objection: Objection,
  input: { by: { id: string; name: string }; direction: ObjectionMessage['direction']; text: string },
): Promise<Objection> {
  const { by, direction, text } = input
  return noteMessage(context, objection, {
    id: newId(),
    at: context.now,
    by: { kind: 'staff', ...by },
    direction,
    text,
  })
}

/** The customer writes on its page. `once`: the form's own id, so that a double click is one message. */
export async function writeFromCustomer(
  context: Context,
  objection: Objection,
  input: { by: { id: string; name: string }; text: string; once: string },
): Promise<Objection> {
  const { by, text, once } = input
  return noteMessage(context, objection, {
    id: once,
    at: context.now,
    by: { kind: 'contact', ...by },
    direction: 'from-customer',
    text,
  })
}

export async function noteMessage(
  context: Context,
  objection: Objection,
  message: ObjectionMessage,
): Promise<Objection> {
  const moved = await addMessage(objection, message, {
    at: context.now,
    by: context.actor,
    event: `objection.${message.direction === 'internal' ? 'noted' : 'written'}`,
    facts: { message: message.id, direction: message.direction },
    personal: { by: message.by.name, text: message.text },
  })
  if (!moved) return objection
  await record(Objections, moved)
  await tell(context, moved, message)
  return moved
}

/** Asks every contact whether that meets the objection; a repeat adds nothing. */
export async function tellRemedy(context: Context, objection: Objection, remedy: Remedy): Promise<void> {
  const readers = await customerReaders(context, objection)
  await enqueue(
    context,
    readers.map((reader) => remedyMail(objection, remedy, reader)),
  )
}

async function tell(context: Context, objection: Objection, message: ObjectionMessage): Promise<void> {
  if (message.direction === 'to-customer') {
    const readers = await customerReaders(context, objection)
    await enqueue(
      context,
      readers.map((reader) => messageMail(objection, message, reader)),
    )
  }
  // What staff itself wrote down needs no alert.
  if (message.by.kind === 'contact') {
    const readers = await staffReaders(objection.owner)
    await enqueue(
      context,
      readers.map((reader) => customerWroteMail(objection, message, reader)),
    )
  }
}
