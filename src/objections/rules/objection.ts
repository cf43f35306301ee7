/**
 * A customer's objection to a change notice. Sources:
 * - Clause 7.3 of the agreement: the customer may object before the sub-processor is used ("inden brugen").
 * - EDPB 07/2020, paras 151-157: under general authorisation silence counts as acceptance, so an objection must be heard
 *   and must have an effect; the agreement fixes neither its form nor a last day (domain facts 0.17).
 */
import { addBusinessDays } from '../../base/calendar.js'
import { laterOf, type Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'

export const staffChannels = ['mail', 'letter', 'digital-post', 'phone', 'meeting'] as const
export type Channel = 'page' | (typeof staffChannels)[number]

export type ObjectionState = 'received' | 'assessed' | 'settled'

export const outcomes = [
  'withdrawn-by-customer',
  'remedied',
  'customer-exempted',
  'change-dropped',
  'termination-offered',
  'agreement-ended',
] as const
export type Outcome = (typeof outcomes)[number]

/** What the settled objection means for the customer's part of the notice; null: it goes on blocking. */
export type Release = 'cleared' | 'exempted' | 'dropped' | 'ended' | null

/** `to-customer` is mailed and shown on its page, `internal` is for staff only. */
export type ObjectionMessage = {
  id: string
  at: Date
  by: { kind: 'contact' | 'staff'; id: string; name: string }
  direction: 'to-customer' | 'from-customer' | 'internal'
  text: string
}

/**
 * The customer's own words that ended the case: a file it signed or sent, or what a contact confirmed on its page with a code.
 * 'message', of the case itself, is found in older cases only: whoever was forwarded a link can write one.
 */
export type Confirmation =
  | { kind: 'file'; file: string }
  | { kind: 'code'; code: string; contact: string; by: { name: string; title: string } }
  | { kind: 'message'; message: string }

/** What we did about it, put to the customer with the question whether that meets its objection. */
export type Remedy = { id: string; at: Date; text: string }

export type Objection = {
  _id: string
  reference: string
  /** Where it comes from, said once: the same form or page sent twice makes one objection. */
  once: string
  notice: string
  noticeReference: string
  recipient: string
  customer: string
  customerReference: string
  customerName: string
  caseNumber: string | null
  raisedBy: { kind: 'contact' | 'staff'; id: string; name: string }
  channel: Channel
  receivedAt: Date
  receivedOn: Day
  reasons: string | null
  files: string[]
  timely: boolean
  /** Use had begun for this customer when it came: what is done must be undone, or the customer be answered. */
  useHadBegun: boolean
  /** It met a change that had become permitted a moment before, or earlier: the permission stands, use is stopped. */
  metPermission: boolean
  state: ObjectionState
  /** It holds the customer's part of the notice: from receipt until an outcome lets go of it. */
  blocking: boolean
  owner: string | null
  answerBy: Day
  assessment: string | null
  assessedOn: Day | null
  outcome: Outcome | null
  outcomeOn: Day | null
  outcomeNote: string | null
  outcomeFiles: string[]
  confirmation: Confirmation | null
  remedy?: Remedy | null
  /** The change is used for all customers or for none, so what holds one holds all, and none can be left out. */
  together?: boolean
  /** The agreement's last day, with 'agreement-ended'. */
  endsOn: Day | null
  messages: ObjectionMessage[]
  /** What a crash may have left undone, and from which day it is due; null when all is done. */
  unfinished: { step: 'raised' | 'settled'; from: Day } | null
  sample: boolean
} & Moved

/** What of a recipient decides about an objection. */
export type Objectionable = {
  state: string
  lastDay: Day | null
  agreement: { objectionUntil: 'use' | 'period-end' }
  lines: readonly { mode: string; inUseSince: Day | null }[]
}

/** How long an objection may wait for an answer before it is shown as overdue: our own promise, no clause sets one. */
const answerBusinessDays = 5

/**
 * Whether the objection came in time, by the limit of the customer's agreement.
 *
 * 'use' (clause 7.3, "inden brugen"): for as long as one of the changes is not in use for this customer, also after the last
 * day. What comes on the very day use began is in time: a day does not say which came first, and the doubt is the customer's.
 * 'period-end': to the end of the effective last day. A clock that never started has not run out.
 */
export function timeliness(
  receivedOn: Day,
  recipient: Objectionable,
): { timely: boolean; useHadBegun: boolean } {
  const objectable = linesToObjectTo(recipient)
  const useHadBegun = objectable.some(({ inUseSince }) => inUseSince !== null)
  const timely =
    recipient.agreement.objectionUntil === 'period-end'
      ? recipient.lastDay === null || receivedOn <= recipient.lastDay
      : objectable.some(({ inUseSince }) => inUseSince === null || receivedOn <= inUseSince)
  return { timely, useHadBegun }
}

/** Why no objection can be taken for this recipient; null if it can. A reason is a text below `refusals:`. */
export function reasonNotToTake(recipient: Objectionable): string | null {
  switch (recipient.state) {
    case 'withdrawn':
      return 'notice-withdrawn'
    // Both mean that nothing is changed for the customer, so there is nothing left to prevent.
    case 'exempted':
    case 'refused':
      return 'customer-exempted-already'
    case 'left':
      return 'customer-left'
    default:
      return linesToObjectTo(recipient).length === 0 ? 'nothing-to-object-to' : null
  }
}

function linesToObjectTo(recipient: Objectionable): readonly { inUseSince: Day | null }[] {
  // A removal or a correction is told, not asked: the customer keeps what it approved, or loses nothing by it.
  return recipient.lines.filter(({ mode }) => mode === 'notice' || mode === 'approval')
}

export function firstAnswerDay(receivedOn: Day, today: Day): Day {
  return addBusinessDays(laterOf(receivedOn, today), answerBusinessDays)
}
