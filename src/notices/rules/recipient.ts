/** One customer's part in a notice: its dates, what reached it, what it may be used for. */
import type { Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import type { Agreement } from '../../customers/rules/agreement.js'
import type { Contact } from '../../customers/rules/contacts.js'
import type { Moved } from '../../db/moves.js'

/**
 * - 'notice': silence through the period yields "no objection received".
 * - 'approval': silence is refusal.
 * - 'information': told, nothing is asked.
 */
export type Mode = 'notice' | 'approval' | 'information'

export type RecipientState =
  | 'queued'
  | 'running'
  | 'undelivered'
  | 'told'
  | 'permitted'
  | 'in-use'
  | 'refused'
  | 'exempted'
  | 'withdrawn'
  | 'left'

/** How staff learnt something that did not come by a link. */
export const channels = ['mail', 'letter', 'digital-post', 'phone', 'meeting'] as const
export type Channel = (typeof channels)[number]

/** Only what is in writing reaches a customer as a notice (clause 7.3: "skriftligt"). */
export const writtenChannels = ['letter', 'digital-post', 'mail'] as const

/** A customer's answer to a line that needs one. */
export type Answer = {
  answer: 'approved' | 'refused' | 'no-answer'
  on: Day
  at: Date
  channel: Channel | null
  file: string | null
  by: { name: string; title: string } | null
  /** The customer expressly gave up what is left of the period. */
  waivesRest: boolean
}

export type RecipientLine = {
  line: string
  mode: Mode
  answer: Answer | null
  permittedFrom: Day | null
  inUseSince: Day | null
}

/** `registered`: by staff, with a file that shows it; no word from the mail route undoes that. */
export type Delivery = { channel: Channel; registered: boolean; file: string | null }

/** A recipient before it is kept. */
export type RecipientContent = {
  /** `${notice}/${customer}` */
  _id: string
  notice: string
  noticeReference: string
  customer: string
  customerReference: string
  customerName: string
  caseNumber: string | null
  affected: boolean
  agreement: Agreement
  period: NoticePeriod
  /** The data protection contacts at issue, first to last; the one at `contactIndex` is being tried. */
  contacts: Contact[]
  contactIndex: number
  /** How often the contacts were read anew and tried from the first. */
  round: number
  /** What still has to follow from a move of its own: mails into the outbox, approvals into the register. A timer finds it. */
  owed: Owed[]
  printedLastDay: Day | null
  acceptedAt: Date | null
  /** How it reached the customer: by our mail, or as staff registered it. */
  delivery: Delivery | null
  dayZero: Day | null
  lastDay: Day | null
  earliestUse: Day | null
  /** Never permitted before this day, whatever the period says: an objection was settled then. */
  notBefore: Day | null
  correctionSentAt: Date | null
  /** How many reminders of an outstanding approval have gone. */
  reminders: number
  receipt: { at: Date; contact: string } | null
  state: RecipientState
  lines: RecipientLine[]
  openObjections: string[]
  blockedBy: Block[]
  /** From when approvals that were given no longer hold: the customer was exempted, has left, or the notice was withdrawn. */
  approvalsEndOn: Day | null
  /** The correction could not be delivered either: someone must tell the customer. */
  correctionFailed: boolean
  /** Why nobody has been reached, a text key below `notices:undelivered`. */
  undeliveredBecause: string | null
  endedBecause: string | null
  endedOn: Day | null
  sample: boolean
}

/**
 * `sortKey` and `tokens`: of the customer's name, for lists and search. `held`: an objection is open. `dueOn`: the first day on which
 * something becomes permitted by itself; null if nothing does as it stands.
 */
export type Recipient = RecipientContent & {
  sortKey: string
  tokens: string[]
  held: boolean
  dueOn: Day | null
} & Moved

export const owedThings = [
  'announcement',
  'correction',
  'reminder',
  'withdrawal',
  'approval',
  'approval-end',
] as const
export type Owed = (typeof owedThings)[number]

/** 'instruction': C.6, no transfer without the customer's documented instruction for its basis. */
export type Block = 'instruction'

export const endStates: readonly RecipientState[] = [
  'told',
  'in-use',
  'refused',
  'exempted',
  'withdrawn',
  'left',
]

export function isEnded(state: RecipientState): boolean {
  return endStates.includes(state)
}

/** What the bar of a notice shows: the state, and whether the customer holds it up or is waited for. */
export const phases = [
  'queued',
  'undelivered',
  'objecting',
  'running',
  'permitted',
  'in-use',
  'told',
  'refused',
  'exempted',
  'withdrawn',
  'left',
] as const
export type Phase = (typeof phases)[number]

export function phaseOf(state: RecipientState, held: boolean): Phase {
  return held && !isEnded(state) ? 'objecting' : state
}

export function contactTried(recipient: Pick<Recipient, 'contacts' | 'contactIndex'>): Contact | null {
  return recipient.contacts[recipient.contactIndex] ?? null
}

export function recipientId(notice: string, customer: string): string {
  return `${notice}/${customer}`
}
