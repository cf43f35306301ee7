/** A mail that came back to one of ours: what a customer wrote, what its mailbox answered by itself, what a mail server reported. */
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { ReplyCase } from './case.js'

/**
 * - 'message': somebody wrote. It may be an objection, so it blocks that customer until it has been read as what it is (clause 7.3).
 * - 'automatic': a mailbox answered by itself (RFC 3834). Nobody has read the notice yet, so it says nothing and blocks nothing.
 * - the others: a mail server's report about a mail of ours (RFC 3464).
 */
const kinds = ['message', 'automatic', 'failed', 'delayed', 'delivered', 'relayed'] as const
export type Kind = (typeof kinds)[number]

/** Where it stands: which list it is found in. 'noted' ones are only shown. */
const states = ['unmatched', 'waiting', 'noted', 'classified', 'dismissed'] as const
export type ReplyState = (typeof states)[number]

export const shelves = ['waiting', 'unmatched', 'automatic', 'reports', 'done'] as const
export type Shelf = (typeof shelves)[number]

/** 'case': taken into the case it answers; only for what is about one. */
export const readings = ['objection', 'approval', 'question', 'case', 'out-of-office', 'other'] as const
export type Reading = (typeof readings)[number]

/**
 * How it was known whose it is, the surest first: an address that only stands in that mail; the Message-ID of a mail of ours; the
 * sender's address and the notice's reference, which anybody can write; staff.
 */
export type MatchedBy = 'signed-address' | 'message-id' | 'address-only' | 'staff'

export type Match = {
  by: MatchedBy
  /** The mail of ours it answers, and the contact that mail went to. */
  mail: string | null
  contact: string | null
}

/** Whose part in which notice. */
export type Part = {
  recipient: string
  notice: string
  noticeReference: string
  customer: string
  customerReference: string
  customerName: string
}

export type Classification = {
  as: Reading
  at: Date
  on: Day
  by: string
  note: string | null
  /** What was written back to the contact. */
  answer: string | null
  /** The objection it became. */
  objection: string | null
}

/** What a mail server says about a mail of ours. */
export type Report = {
  action: 'failed' | 'delayed' | 'delivered' | 'relayed'
  /** RFC 3463, such as '5.1.1'. */
  status: string | null
  recipient: string | null
  server: string | null
  /** In the server's own words. */
  diagnostic: string
}

export type ReplyAttachment = { name: string; type: string; size: number }

export type Reply = {
  _id: string
  reference: string
  /** What it says and by whom, as a hash: the same mail read in twice is one reply. */
  once: string
  via: 'pipe' | 'imap'
  /** When it reached our mail server: what counts for whether an objection is in time. */
  arrivedAt: Date
  takenAt: Date
  /** The mail as it came, whole. */
  file: string
  sha256: string
  size: number
  /** It was longer than is taken: the rest is missing. */
  cut: boolean
  /** It could not be read as a mail; the file is all there is. */
  unreadable: boolean
  from: { name: string; address: string }
  subject: string
  messageId: string | null
  sentAt: Date | null
  text: string
  attachments: ReplyAttachment[]
  kind: Kind
  /** By what an automatic reply was known, a text key below `replies:automatic`. */
  automaticBy: string | null
  report: Report | null
  match: Match | null
  part: Part | null
  /** Another case than a notice that it answers; it holds nobody up. Missing in what was kept before there were such. */
  about?: ReplyCase | null
  /**
   * Parts in notices that it may concern, where nobody can tell for sure whose it is: all are held until staff says. Missing where it is
   * known, or where nobody's notice is underway.
   */
  mayConcern?: Part[]
  state: ReplyState
  shelf: Shelf
  /** Nothing is permitted or used for the customer until it is read. */
  blocking: boolean
  /** Why a report wants somebody's eye, a text key below `replies:look`. */
  look: string | null
  classification: Classification | null
  /** Earlier readings, when it was read anew. */
  earlier: (Classification & { reason: string })[]
  /** `upstream`: the sub-processor's notice it was. */
  dismissal: { at: Date; by: string; reason: string | null; upstream: string | null } | null
  /** What a crash may have left undone. */
  unfinished: 'arrived' | 'classified' | null
  tokens: string[]
  sample: boolean
} & Moved

/** To a notice: what is nobody's yet; or what answered another case's mail and is about a notice all the same. */
export function mayAttach({
  state,
  about,
  classification,
}: Pick<Reply, 'state' | 'about' | 'classification'>) {
  return state === 'unmatched' || (Boolean(about) && classification === null)
}

export function shelfOf({ state, kind, blocking }: Pick<Reply, 'state' | 'kind' | 'blocking'>): Shelf {
  switch (state) {
    case 'unmatched':
      return blocking ? 'waiting' : state
    case 'waiting':
      return state
    case 'noted':
      return kind === 'automatic' ? 'automatic' : 'reports'
    default:
      return 'done'
  }
}

/** Whom it holds up for want of knowing whose it is, and whom it has turned out not to be about. */
export function concernOf({
  mayConcern = [],
  state,
  part,
  about,
  match,
}: Pick<Reply, 'mayConcern' | 'state' | 'part' | 'about'> & Partial<Pick<Reply, 'match'>>): {
  held: string[]
  released: string[]
} {
  const all = mayConcern.map(({ recipient }) => recipient)
  // What answers another case may be an objection to a notice until it has been read, or staff has said which case it is about.
  const unread = state === 'unmatched' || (Boolean(about) && state === 'waiting' && match?.by !== 'staff')
  if (unread) return { held: all, released: [] }
  return { held: [], released: all.filter((recipient) => recipient !== part?.recipient) }
}

/**
 * Where a mail begins. What is nobody's waits for staff. What somebody wrote waits and blocks; what a machine wrote is shown, unless a
 * report asks somebody to look (`look`); a change that is permitted already is then held as well. `holds`: it may be an objection,
 * since it answers a notice (clause 7.3).
 */
export function beginning(
  kind: Kind,
  matched: boolean,
  look: 'receipt-stands' | 'too-late' | 'case-returned' | null,
  holds = true,
): { state: ReplyState; blocking: boolean; look: string | null } {
  if (!matched) return { state: 'unmatched', blocking: false, look: null }
  if (kind === 'message') return { state: 'waiting', blocking: holds, look: null }
  if (kind === 'failed' && look) return { state: 'waiting', blocking: look === 'too-late', look }
  return { state: 'noted', blocking: false, look: null }
}
