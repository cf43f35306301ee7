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
  /** 'page': by a contact with the right to approve, on the customer's page, with a code from its mailbox. */
  channel: Channel | 'page' | null
  file: string | null
  by: { name: string; title: string } | null
  /** The customer expressly gave up what is left of the period. */
  waivesRest: boolean
  /** With 'page': which contact, by which code. */
  contact?: string
  code?: string
}

/** The customer's fresh instruction on transfers (C.6) for this change, given on its page. What it says stands in the log. */
export type GivenInstruction = {
  on: Day
  at: Date
  contact: string
  code: string
  by: { name: string; title: string }
  countries: string[]
  /** What was instructed, word for word as it stood on the page. */
  words: string
}

export type RecipientLine = {
  line: string
  mode: Mode
  answer: Answer | null
  permittedFrom: Day | null
  inUseSince: Day | null
}

/**
 * `registered`: by staff, with a file that shows it; no word from the mail route undoes that. `contact`: whose copy it was, also when
 * another has become the customer's contact since. Absent where staff registered it, and from before it was noted.
 */
export type Delivery = { channel: Channel; registered: boolean; file: string | null; contact?: string }

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
  /** A processor itself: its mail carries a paper for its own customers. Absent where it is none. */
  passesOn?: boolean
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
  /** Replies of the customer nobody has read yet: each may be an objection. Absent from before replies were read in. */
  unclassified?: string[]
  blockedBy: Block[]
  /** What lifted the block 'instruction', where the customer gave it on its page. */
  instruction?: GivenInstruction | null
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
 * `sortKey` and `tokens`: of the customer's name, for lists and search. `held`: an objection is open, or a reply waits to be read. `dueOn`: the first day on which
 * something becomes permitted by itself; null if nothing does as it stands.
 */
export type Recipient = RecipientContent & {
  sortKey: string
  tokens: string[]
  held: boolean
  dueOn: Day | null
  /** Address of the contact that is tried. */
  tried?: string | null
  /** False until the notice's own entry in the list of notices has counted it. */
  listed?: boolean
} & Moved

export const owedThings = [
  'announcement',
  'correction',
  'reminder',
  'withdrawal',
  'handover',
  'approval',
  // Before the end of approvals: an end may give back what the succession took.
  'succession',
  'approval-end',
  'answer-receipt',
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

/** An objection was raised at some time, whatever became of it: then silence is not what a permission rests on. */
export function everObjected({ moves }: Pick<Recipient, 'moves'>): boolean {
  return moves.some(({ event }) => event === 'recipient.held')
}

export function contactTried(recipient: Pick<Recipient, 'contacts' | 'contactIndex'>): Contact | null {
  return recipient.contacts[recipient.contactIndex] ?? null
}

export function recipientId(notice: string, customer: string): string {
  return `${notice}/${customer}`
}
