/** The end of services: what is deleted or returned where, who said so, and what the law keeps (Art. 28(3)(g), clause 11, C.4). */
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'

/** What ended. replaced: another sub-processor has taken over, or it was removed, by a notice. */
export type Cause = 'customer-ended' | 'service-ended' | 'engagement-ended' | 'replaced'
export const causes = [
  'customer-ended',
  'service-ended',
  'engagement-ended',
  'replaced',
] as const satisfies readonly Cause[]

/**
 * open: nobody has been asked yet; asked: answers are awaited or being looked at; with-exceptions: all is deleted or returned but for
 * what the law keeps; confirmed: all of it is; closed: and whoever is to know has been told; called-off: nothing had ended.
 */
export type DepartureState = 'open' | 'asked' | 'with-exceptions' | 'confirmed' | 'closed' | 'called-off'
export const departureStates = [
  'open',
  'asked',
  'with-exceptions',
  'confirmed',
  'closed',
  'called-off',
] as const satisfies readonly DepartureState[]

/** Art. 28(3)(g): deleted, or returned and then deleted; return alone is for what has no copy, such as a disk that is handed over. */
export type Handling = 'delete' | 'return-then-delete' | 'return'
/** What a customer may choose between: copies that exist are deleted either way. */
export const choices = ['delete', 'return-then-delete'] as const satisfies readonly Handling[]

/** The law forbids to delete it yet (clause 11.2): by which rule, which data, and the last day it is kept. */
export type Retention = { rule: string; data: string; until: Day }

/** `on`: the day it was done; with a retention, the day the rest was. */
export type PointAnswer = {
  at: Date
  from: 'vendor' | 'staff'
  by: string
  on: Day
  how: string
  files: string[]
  retention: Retention | null
}

/** retained: all but what the law keeps is gone; left-out: it held nothing of theirs, for a reason. */
export type PointState = 'open' | 'asked' | 'answered' | 'done' | 'retained' | 'left-out'

/** One place where data lie: a sub-processor's engagement, or systems of our own. */
export type Point = {
  id: string
  kind: 'engagement' | 'own'
  engagement: string | null
  engagementReference: string | null
  /** The sub-processor; empty for our own. */
  name: string
  what: Bilingual
  /** Whom we ask, and its name where that is the link above: a further sub-processor is reached through the one that uses it. */
  vendor: string | null
  through: string | null
  handling: Handling
  dueOn: Day
  state: PointState
  askedOn: Day | null
  answer: PointAnswer | null
  /** Answers before this one: sent back, or of what the law kept until now. */
  earlier: PointAnswer[]
  /** Why the last answer was not enough. */
  sentBack: string | null
  acceptedOn: Day | null
  /** Why it is left out. */
  because: string | null
}

/** The paper that says so, in both languages; `final`: nothing is kept any more. */
export type Confirmation = {
  number: number
  on: Day
  by: string
  final: boolean
  files: { da: string; en: string }
  sha256: { da: string; en: string }
  receipt: { at: Date; contact: string; name: string } | null
}

/** By whom it was chosen: the agreement says deletion (C.4) unless the customer says otherwise. */
export type Choice = {
  handling: Handling
  by: 'agreement' | 'customer' | 'staff'
  on: Day
  name: string | null
  /** The letter or mail that says so, where staff registered it. */
  file?: string | null
}

export type Departure = {
  _id: string
  /** 'OP-2026-001' */
  reference: string
  /** What it was made from, so that it is made once. */
  once: string
  cause: Cause
  /** Null where an engagement ends for everyone. */
  customer: string | null
  customerReference: string | null
  customerName: string | null
  /** Ids and names of the services that ended. */
  services: string[]
  serviceNames: Bilingual[]
  engagement: string | null
  engagementReference: string | null
  vendorName: string | null
  /** The line of a notice by which it goes: its deletion is confirmed there, and only there. */
  notice: { reference: string; line: string } | null
  /** The first day on which it was no longer delivered. */
  endedOn: Day
  openedOn: Day
  openedBy: 'register' | 'staff'
  choice: Choice
  /** The last day for the customer to choose otherwise; null where nobody chooses. */
  chooseBy: Day | null
  toldOn: Day | null
  points: Point[]
  state: DepartureState
  /** Neither closed nor called off. */
  running: boolean
  dueOn: Day
  remindOn: Day | null
  /** The day after the first retention has ended. */
  followUpOn: Day | null
  confirmations: Confirmation[]
  confirmedOn: Day | null
  closedOn: Day | null
  calledOff: { on: Day; because: string } | null
  /** References of mails about it that have come and been read; missing on records of before. */
  replies?: string[]
  sample: boolean
} & Moved
