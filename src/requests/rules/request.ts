import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { RequestKind } from './kinds.js'

/**
 * received: nobody has looked at it; in-hand: assessed, with an owner; answered: the customer has our answer, or of ours: was told;
 * confirmed: it has said so, or ordered. The others end it.
 */
export type RequestState = 'received' | 'in-hand' | 'answered' | 'confirmed' | 'declined' | 'withdrawn'
export const requestStates = [
  'received',
  'in-hand',
  'answered',
  'confirmed',
  'declined',
  'withdrawn',
] as const satisfies readonly RequestState[]

export const staffChannels = ['mail', 'letter', 'digital-post', 'phone', 'meeting'] as const
export type StaffChannel = (typeof staffChannels)[number]

/** `to-customer` is mailed and stands on its page, `internal` is for staff only. */
export type RequestMessage = {
  id: string
  at: Date
  by: { kind: 'contact' | 'staff'; id: string; name: string }
  direction: 'to-customer' | 'from-customer' | 'internal'
  text: string
  files: string[]
}

/** A redacted copy that was handed out: whose contract, which version, which file. */
export type SentContract = {
  engagement: string
  engagementReference: string
  vendorName: string
  contract: string
  /** How the version is called. */
  title: string
  file: string
}

export type RequestAnswer = {
  id: string
  at: Date
  by: { id: string; name: string }
  text: string
  files: string[]
  contracts: SentContract[]
  declaration: { id: string; year: number; version: number; files: string[] } | null
}

export type RequestConfirmation = {
  at: Date
  on: Day
  by: { name: string; title: string }
  contact: string | null
  /** The code from the contact's mailbox; of an order only. */
  code: string | null
  /** Staff took it down, with what shows it. */
  file: string | null
}

export type CustomerRequest = {
  _id: string
  /** 'RQ-2026-001' */
  reference: string
  once: string
  kind: RequestKind
  begunBy: 'customer' | 'us'
  customer: string
  customerReference: string
  customerName: string
  caseNumber: string | null
  /** Null where we began it. */
  askedBy: { name: string; contact: string | null } | null
  /** 'page': by a contact on the customer's page; 'us': we began it. */
  channel: StaffChannel | 'page' | 'us'
  receivedAt: Date
  receivedOn: Day
  text: string | null
  /** Ids of the engagements it is about: of whose contracts copies are asked for. */
  engagements: string[]
  /** The day the data subject asked the controller: from then on the controller's month runs (Art. 12(3)). */
  subjectAskedOn: Day | null
  wishedOn: Day | null
  authority: string | null
  /** The instruction that looks unlawful, or, once ordered, the one that came of it: 'IN-2026-001'. */
  instruction: string | null
  /** What the customer sends along, or sees with it. */
  files: string[]
  /** What staff has put on file and keeps for itself; missing in what was kept before it could. */
  ownFiles?: string[]
  state: RequestState
  /** It is ours to do something: received or in hand. */
  running: boolean
  /** Answered, and the customer has still to confirm. */
  waits: boolean
  /** A person on staff. */
  owner: string | null
  dueOn: Day
  assessment: string | null
  answer: RequestAnswer | null
  answeredOn: Day | null
  /** Why it was declined or taken back. */
  reason: string | null
  endedOn: Day | null
  confirmation: RequestConfirmation | null
  /** The customer has written and nobody has replied. */
  asks: boolean
  remindOn: Day | null
  /** The last first. */
  messages: RequestMessage[]
  /** What still has to follow from a move: mails, the register of copies, the instruction. A timer finds it. */
  unfinished: RequestFollowing | null
  sample: boolean
} & Moved

export type RequestFollowing = 'begun' | 'answered' | 'confirmed'
