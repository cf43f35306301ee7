import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { hasEnded, type Contact, type Customer } from '../../customers/rules.js'
import { nextReference } from '../../db/counters.js'
import { firstMove } from '../../db/moves.js'
import type { Upload } from '../../files/actions.js'
import { doubtInstruction, instructionOf } from '../../instructions/actions.js'
import { insertRequest, requestOnce, Requests } from '../records.js'
import { dueBy, kindRules, mayAsk, nextReminder, type CustomerRequest, type RequestKind } from '../rules.js'
import { finish } from './finish.js'
import { keep } from './move.js'
import { termsNow } from './terms.js'

export type Beginning = {
  kind: RequestKind
  customer: Customer
  /** The contact on the customer's page; else who asked, as staff took it down; null where we begin it. */
  by: { contact: Contact } | { name: string } | null
  channel: CustomerRequest['channel']
  receivedAt: Date
  receivedOn: Day
  text: string | null
  engagements?: readonly string[]
  subjectAskedOn?: Day | null
  wishedOn?: Day | null
  authority?: string | null
  instruction?: string | null
  files: readonly Upload[]
  /** Who may see them; the customer sees what it sent itself. */
  filesFor?: 'us' | 'customer'
  /** Both sides know of it already: nobody is written to. */
  quiet?: boolean
  /** The form's own id: sent twice, it makes one request. */
  once: string
}

/**
 * Takes what a customer asks for, or begins what we owe to tell it. Both sides are told.
 * Throws `Refused`: 'request-not-yours', 'request-not-ours', 'no-right-to-instruct', 'customer-has-left'.
 */
export async function beginRequest(context: Context, begun: Beginning): Promise<CustomerRequest> {
  const known = await requestOnce(begun.once)
  if (known) return known
  const { kind, customer, by, channel, receivedAt, receivedOn, text } = begun
  refuse(context, begun)
  // Throws `NotFound` before anything is kept.
  const instruction = begun.instruction ? await instructionOf(begun.instruction) : null
  if (instruction && instruction.customer !== customer._id) throw new Refused('instruction-of-another')
  const subjectAskedOn = begun.subjectAskedOn ?? null
  const dueOn = dueBy(kind, receivedOn, { terms: (await termsNow()).terms, subjectAskedOn })
  const reference = await nextReference('RQ', Number(context.today.slice(0, 4)))
  const own = { _id: newId(), sample: customer.sample }
  const kept = await keep(context, own, begun.files)
  const [files, ownFiles] = begun.filesFor === 'us' ? [[], kept] : [kept, []]
  const running = { running: true, waits: false, dueOn, answeredOn: null }
  const asked = {
    kind,
    begunBy: by === null ? ('us' as const) : ('customer' as const),
    channel,
    receivedOn,
    engagements: [...(begun.engagements ?? [])],
    subjectAskedOn,
    wishedOn: begun.wishedOn ?? null,
    instruction: instruction?.reference ?? null,
    dueOn,
  }
  const askedBy =
    by === null
      ? null
      : 'contact' in by
        ? { name: by.contact.name, contact: by.contact.id }
        : { name: by.name, contact: null }
  const { request, again } = await insertRequest({
    ...own,
    reference,
    once: begun.once,
    ...asked,
    customer: customer._id,
    customerReference: customer.reference,
    customerName: customer.name,
    caseNumber: customer.caseNumber ?? null,
    askedBy,
    receivedAt,
    text,
    authority: begun.authority ?? null,
    files,
    ownFiles,
    // What we begin ourselves has been looked at by whoever begins it.
    state: by === null ? 'in-hand' : 'received',
    ...running,
    owner: by === null && context.actor.kind === 'staff' ? context.actor.id : null,
    assessment: null,
    answer: null,
    reason: null,
    endedOn: null,
    confirmation: null,
    asks: false,
    remindOn: nextReminder(running, context.today),
    messages: [],
    unfinished: begun.quiet ? null : 'begun',
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: by === null ? 'request.begun' : 'request.received',
      facts: {
        reference,
        customer: customer._id,
        ...asked,
        files,
        ...(ownFiles.length > 0 ? { ownFiles } : {}),
      },
      personal: { askedBy: askedBy?.name ?? null, text, authority: begun.authority ?? null },
    }),
  })
  if (again) return request
  await record(Requests, request)
  if (instruction) await doubtInstruction(context, instruction.reference, request.reference)
  return finish(context, request)
}

function refuse({ today }: Context, { kind, customer, by }: Beginning): void {
  if (hasEnded(customer, today)) throw new Refused('customer-has-left', { customer: customer.name })
  const { begins } = kindRules[kind]
  if (by === null) {
    if (begins === 'customer') throw new Refused('request-not-ours')
  } else if ('contact' in by) mayAsk(kind, by.contact)
  else if (begins === 'us') throw new Refused('request-not-yours')
}
