/** The moves of a request's state, as values; each throws `Refused` where it may not be made. */
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { Contact } from '../../customers/rules.js'
import { nextReminder } from './due.js'
import { kindRules, type RequestKind } from './kinds.js'
import type { CustomerRequest, RequestAnswer, RequestConfirmation, RequestMessage } from './request.js'

export type RequestChange = Partial<
  Pick<
    CustomerRequest,
    | 'state'
    | 'running'
    | 'waits'
    | 'owner'
    | 'dueOn'
    | 'assessment'
    | 'answer'
    | 'answeredOn'
    | 'reason'
    | 'endedOn'
    | 'confirmation'
    | 'instruction'
    | 'asks'
    | 'remindOn'
    | 'messages'
    | 'unfinished'
    | 'files'
  >
>

/** Throws `Refused`: 'request-not-yours' (only we begin it), 'no-right-to-instruct' (D.1 binds the customer). */
export function mayAsk(kind: RequestKind, contact: Pick<Contact, 'name' | 'mayApprove'>): void {
  const rule = kindRules[kind]
  if (rule.begins === 'us') throw new Refused('request-not-yours')
  if (rule.mayAsk === 'approver' && !contact.mayApprove)
    throw new Refused('no-right-to-instruct', { name: contact.name })
}

/** Somebody of us has it in hand; a day other than the usual one is set with a reason. */
export function taken(
  request: CustomerRequest,
  { owner, assessment, dueOn }: { owner: string; assessment: string | null; dueOn: Day },
  { because, today }: { because: string | null; today: Day },
): RequestChange {
  refuseOver(request)
  if (dueOn !== request.dueOn) {
    if (dueOn < today) throw new Refused('request-due-in-past')
    if (because === null) throw new Refused('request-due-needs-reason')
  }
  const { remindOn } = request
  return {
    state: 'in-hand',
    owner,
    assessment,
    dueOn,
    remindOn: dueOn === request.dueOn ? remindOn : nextReminder({ ...request, dueOn }, today),
  }
}

/** The customer has what it asked for, or has been told; what it has to say to that is waited for. */
export function answered(request: CustomerRequest, answer: RequestAnswer, today: Day): RequestChange {
  refuseOver(request)
  const waits = kindRules[request.kind].confirming !== 'none'
  const after = { running: false, waits, dueOn: request.dueOn, answeredOn: today }
  return {
    ...after,
    state: 'answered',
    answer,
    asks: false,
    endedOn: waits ? null : today,
    remindOn: nextReminder(after, today),
    unfinished: 'answered',
  }
}

/** What we cannot do, and why: the customer is told. What we owe to tell cannot be declined. */
export function declined(request: CustomerRequest, reason: string, today: Day): RequestChange {
  refuseOver(request)
  if (request.begunBy === 'us') throw new Refused('request-ours-not-declined')
  return { ...ended(today), state: 'declined', reason }
}

/** The customer no longer wants it, or does not take our offer; of ours: begun by mistake, and not told yet. */
export function withdrawn(request: CustomerRequest, reason: string | null, today: Day): RequestChange {
  if (!mayWithdraw(request)) refuseOver(request)
  return { ...ended(today), state: 'withdrawn', reason }
}

/**
 * The customer confirms our answer. Throws `Refused`: 'request-awaits-nothing', 'no-right-to-instruct', 'order-needs-code' where an
 * order came neither with a code nor with a file.
 */
export function confirmed(request: CustomerRequest, confirmation: RequestConfirmation): RequestChange {
  if (!request.waits) throw new Refused('request-awaits-nothing', { reference: request.reference })
  const { code, file, on } = confirmation
  if (kindRules[request.kind].confirming === 'order' && code === null && file === null)
    throw new Refused('order-needs-code')
  return {
    state: 'confirmed',
    waits: false,
    remindOn: null,
    endedOn: on,
    confirmation,
    unfinished: 'confirmed',
  }
}

/** Null where it stands there already: a second click. */
export function written(request: CustomerRequest, message: RequestMessage): RequestChange | null {
  if (request.messages.some(({ id }) => id === message.id)) return null
  const asks =
    message.direction === 'from-customer'
      ? message.by.kind === 'contact' || request.asks
      : message.direction === 'internal' && request.asks
  return { messages: [message, ...request.messages], asks }
}

export function mayWithdraw({ running, waits, begunBy }: CustomerRequest): boolean {
  return running || (waits && begunBy === 'customer')
}

function refuseOver({ running, reference }: CustomerRequest): void {
  if (!running) throw new Refused('request-over', { reference })
}

function ended(today: Day): RequestChange {
  return { running: false, waits: false, asks: false, remindOn: null, endedOn: today }
}
