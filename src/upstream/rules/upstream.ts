/**
 * A sub-processor tells us of a change of its own: what that asks of us towards our customers. Sources:
 * - Clause 7.3 and B.2 of the agreement: our customers have their notice before the change begins, whoever makes it.
 * - EDPB 22/2024, paras 31-32: customers have the identity of everyone down the chain at hand, at all times.
 * - GDPR art. 28(2), (4): the sub-processor owes us the same notice and the same chance to object as we owe customers.
 */
import { addDays, earlierOf, type Day } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import type { NoticePeriod } from '../../base/period.js'
import type { Moved } from '../../db/moves.js'
import { endOfPeriod } from '../../notices/rules/deadlines.js'
import type { Proposals } from './reading.js'

/** What they change. A further sub-processor is one of theirs: the next link of the chain. */
export const changeKinds = [
  'addition',
  'replacement',
  'removal',
  'new-place',
  'new-basis',
  'new-activity',
  'terms',
] as const
export type ChangeKind = (typeof changeKinds)[number]

export type UpstreamState = 'received' | 'confirmed' | 'assessed' | 'closed'

export const verdicts = ['tell', 'nothing-to-tell'] as const
export type Verdict = (typeof verdicts)[number]

export const objectionWays = ['mail', 'letter', 'portal'] as const
export type ObjectionWay = (typeof objectionWays)[number]

/** How our objection to the sub-processor ended. 'withdrawn': we took it back; 'refused': we must say what we do instead. */
export const objectionOutcomes = [
  'accepted',
  'change-dropped',
  'alternative',
  'withdrawn',
  'refused',
] as const
export type ObjectionOutcome = (typeof objectionOutcomes)[number]

export type OwnObjection = {
  locale: Locale
  text: string
  /** Whom it went to; a mail has an address. */
  to: { name: string; address: string | null }
  how: ObjectionWay
  on: Day
  /** The letter as it went, or a copy of what was handed in elsewhere. */
  file: string | null
  answer: { on: Day; text: string; file: string | null } | null
  outcome: ObjectionOutcome | null
  outcomeOn: Day | null
  outcomeNote: string | null
}

/** What was read of their notice and confirmed by staff. */
export type UpstreamFacts = {
  vendor: string | null
  engagements: string[]
  kinds: ChangeKind[]
  /** In words, as customers could be told. */
  what: string
  /** The further sub-processor that comes, by name; null where none does. */
  further: string | null
  /** The engagement of the further sub-processor that goes. */
  going: string | null
  startsOn: Day | null
  receivedOn: Day
  objectUntil: Day | null
  /** Whether the limit stands in their notice, or follows from the period they owe us. */
  limitFrom: 'stated' | 'reckoned' | null
}

export type UpstreamContent = UpstreamFacts & {
  _id: string
  reference: string
  /** Where it comes from, said once: the same file or form taken twice makes one notice. */
  once: string
  source: 'upload' | 'typed' | 'mail'
  from: string | null
  subject: string | null
  text: string | null
  file: string | null
  receivedAt: Date
  proposals: Proposals | null
  state: UpstreamState
  assessment: { verdict: Verdict; because: string | null; on: Day } | null
  /** Our own change notices that came of it, by reference. */
  notices: string[]
  objection: OwnObjection | null
  closing: { on: Day; note: string } | null
  sample: boolean
}

/** `tokens`: for searching. `open`: there is something left to do. */
export type UpstreamNotice = UpstreamContent & { tokens: string[]; open: boolean } & Moved

/**
 * The last day on which we may object to the sub-processor, where its notice names none: the end of the period it owes us, from
 * the day we received it. Never extended to a business day, and never on the day the change begins: the doubt is not ours to use.
 */
export function reckonedLimit(
  receivedOn: Day,
  periods: readonly NoticePeriod[],
  startsOn: Day | null,
): Day | null {
  const ends = periods.map((period) => endOfPeriod(receivedOn, period))
  const limits = startsOn === null ? ends : [...ends, addDays(startsOn, -1)]
  return ends.length === 0 ? null : limits.reduce(earlierOf)
}

/** Where it stands, in one word; `told`: how far our own notices about it have come. */
const stages = [
  'received',
  'confirmed',
  'to-tell',
  'drafted',
  'told',
  'objected',
  'answered',
  'nothing-to-tell',
  'closed',
] as const
export type Stage = (typeof stages)[number]

export function stageOf(
  notice: Pick<UpstreamNotice, 'state' | 'assessment' | 'objection' | 'notices'>,
  told: boolean,
): Stage {
  const { state, assessment, objection, notices } = notice
  if (state === 'closed') return assessment?.verdict === 'nothing-to-tell' ? 'nothing-to-tell' : 'closed'
  if (objection !== null) return objection.outcome === null ? 'objected' : 'answered'
  if (state === 'received' || state === 'confirmed') return state
  if (notices.length === 0) return 'to-tell'
  return told ? 'told' : 'drafted'
}

/** Whether the objection ended so that nothing of the change reaches our customers as it was announced. */
export function isAverted(notice: Pick<UpstreamNotice, 'objection'>): boolean {
  const outcome = notice.objection?.outcome
  return outcome === 'accepted' || outcome === 'change-dropped'
}
