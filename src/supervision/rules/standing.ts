/** What a year's duties follow from, as values: gathered from the rooms that hold them. */
import { addDays, addMonths, earlierOf, laterOf, type Day, type Period } from '../../base/day.js'
import type { Bilingual } from '../../base/context.js'
import type { RiskBand } from '../../register/rules.js'
import type { Concept } from './model.js'

export type Supervised = {
  id: string
  reference: string
  activity: Bilingual
  services: string[]
  /** The first day it was in use or permitted, whichever came first; null: neither yet, so nothing is owed. */
  begunOn: Day | null
  /** The first day it no longer runs. */
  endedOn: Day | null
  /** It took the place of another sub-processor. */
  replaces: boolean
  assurance: { owed: boolean; kind?: string; clause?: string } | null
  dataCentres: Centre[]
  scored: Standing | null
}

/** The confirmed score in short, or the proposed one until somebody has confirmed it. */
export type Standing = {
  total: number
  band: RiskBand
  confirmed: boolean
  /** Confirmed, and the register has changed since. */
  stale: boolean
  concept: Concept
  weakerBecause: string | null
}

/** A data-centre place against C.2. `until`: the last day that the statement it stands on may be relied on. */
export type Centre = { address: string; covered: boolean; until: Day | null; by: string | null }

export type AskedState = 'prepared' | 'asked' | 'submitted' | 'concluded'

/** A questionnaire about one or several engagements, without those that were withdrawn. */
export type Asked = {
  reference: string
  /** The year it is of, and the day by which it belongs to a period that is no calendar year. */
  year: number
  on: Day
  engagements: string[]
  state: AskedState
  dueOn: Day
  submittedOn: Day | null
  concludedOn: Day | null
}

/** unsent: asked for, and no mail server has taken the mail. */
export type HeldState = 'unsent' | 'requested' | 'received' | 'accepted' | 'follow-up' | 'rejected'

/** A statement of the vendor. `concept`: what it amounts to, 5 an auditor's report, 4 a certificate. */
export type Held = {
  reference: string
  state: HeldState
  concept: 4 | 5
  askedOn: Day | null
  receivedOn: Day | null
  concludedOn: Day | null
  periodEnd: Day | null
  /** When the next one should be here. */
  expectedOn: Day | null
  /** May be relied on to this day. */
  until: Day | null
}

export type Found = {
  reference: string
  severity: 'low' | 'medium' | 'high' | 'critical'
  engagements: string[]
  openedOn: Day
  /** Null while it is open or answered. */
  closedOn: Day | null
}

/** What we did ourselves. */
export type Act = { kind: 'inspection' | 'follow-up'; engagement: string; on: Day }

export type Changes = { asked: Asked[]; held: Held[]; found: Found[]; acts: Act[] }

/** The last day of its first half: of a calendar year 30 June. */
export const middleOf = ({ from }: Period): Day => addDays(addMonths(from, 6), -1)
/** The twelve months before it. */
export const yearBefore = ({ from }: Period): Period => ({
  from: addMonths(from, -12),
  to: addDays(from, -1),
})

/** Whether it ran at all in the period: only what we have asked customers' permission for, or use, is supervised. */
export function ranIn(
  { begunOn, endedOn }: Pick<Supervised, 'begunOn' | 'endedOn'>,
  { from, to }: Period,
): boolean {
  return begunOn !== null && begunOn <= to && (endedOn === null || endedOn > from)
}

/** The last day of the month that lies so many months after the day. */
export function endOfMonthAfter(day: Day, months: number): Day {
  const first = `${addMonths(day, months).slice(0, 7)}-01`
  return addDays(addMonths(first, 1), -1)
}

export function withinPeriod({ from, to }: Period, day: Day): Day {
  return laterOf(earlierOf(day, to), from)
}
