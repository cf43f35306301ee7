import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { Upload } from '../../files/actions.js'
import { declinedMail, messageMail, wroteMail } from '../mails.js'
import {
  declined,
  kindRules,
  taken,
  withdrawn,
  written,
  type CustomerRequest,
  type RequestMessage,
} from '../rules.js'
import { factsOf, keep, moveTo, requestOf } from './move.js'
import { postToCustomer, postToStaff, staffToTell } from './readers.js'

export type Taking = { owner: string; assessment: string | null; dueOn: Day; because: string | null }

/** Somebody has it in hand, and says by when; another day than the one there is needs a reason. */
export async function takeRequest(
  context: Context,
  reference: string,
  { because, ...taking }: Taking,
): Promise<CustomerRequest> {
  const request = await requestOf(reference)
  const changes = taken(request, taking, { because, today: context.today })
  const { owner, dueOn, state } = request
  return moveTo(context, request, changes, {
    event: state === 'received' ? 'request.taken' : 'request.changed',
    facts: {
      ...factsOf(request),
      before: { owner, dueOn },
      after: { owner: taking.owner, dueOn: taking.dueOn },
    },
    personal: { because, assessment: taking.assessment },
  })
}

/** What cannot be done, with the reason, which the customer gets. */
export async function declineRequest(
  context: Context,
  reference: string,
  reason: string,
): Promise<CustomerRequest> {
  const request = await requestOf(reference)
  const moved = await moveTo(context, request, declined(request, reason, context.today), {
    event: 'request.declined',
    facts: { ...factsOf(request), dueOn: request.dueOn, endedOn: context.today },
    personal: { because: reason },
  })
  await postToCustomer(context, moved, declinedMail)
  return moved
}

/** By the customer on its page, or as staff was told; of ours: begun by mistake. */
export async function withdrawRequest(
  context: Context,
  reference: string,
  reason: string | null,
): Promise<CustomerRequest> {
  const request = await requestOf(reference)
  const moved = await moveTo(context, request, withdrawn(request, reason, context.today), {
    event: 'request.withdrawn',
    facts: { ...factsOf(request), endedOn: context.today, by: context.actor.kind },
    personal: { because: reason },
  })
  if (context.actor.kind === 'customer')
    await postToStaff(context, moved, await staffToTell(moved), (letter) => wroteMail(letter, null))
  return moved
}

export type Writing = {
  /** The form's own id, so that a double click is one message. */
  once: string
  by: RequestMessage['by']
  direction: RequestMessage['direction']
  text: string
  files: readonly Upload[]
}

/** Either side writes in the request; staff also for itself alone, or what the customer said elsewhere. */
export async function writeInRequest(
  context: Context,
  request: CustomerRequest,
  { once, by, direction, text, files: uploads }: Writing,
): Promise<CustomerRequest> {
  const message = (files: string[]): RequestMessage => ({
    id: once,
    at: context.now,
    by,
    direction,
    text,
    files,
  })
  if (!written(request, message([]))) return request
  // Clause 7.5: the way around the choice of redacted copies stays shut.
  if (
    direction === 'to-customer' &&
    uploads.length > 0 &&
    kindRules[request.kind].answer === 'redacted-contract'
  )
    throw new Refused('answer-takes-no-file')
  const files = await keep(context, request, uploads)
  // What somebody else did meanwhile does not stand in the way of a message.
  const present = await requestOf(request.reference)
  const changes = written(present, message(files))
  if (!changes) return present
  const moved = await moveTo(context, present, changes, {
    event: direction === 'internal' ? 'request.noted' : 'request.written',
    facts: { reference: request.reference, message: once, direction, files },
    personal: { by: by.name, text },
  })
  if (direction === 'to-customer')
    await postToCustomer(context, moved, (letter) => messageMail(letter, message(files)))
  else if (by.kind === 'contact')
    await postToStaff(
      context,
      moved,
      // Who takes a mail in from the customer knows it.
      (await staffToTell(moved)).filter(({ _id }) => _id !== context.actor.id),
      (letter) => wroteMail(letter, message(files)),
    )
  return moved
}
