/** A breach of the security of personal data: with a sub-processor or with us. Art. 33; clauses 9, 10, C.3 and D.2.2. */
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { NoticeContent } from './content.js'
import type { RiskAssessment } from './risk.js'

/** Whose data: the customers', for whom we process; or data we (or the telecom provider) are controller of (D.2.2). */
export type BreachRole = 'processor' | 'controller' | 'provider'
export const breachRoles = ['processor', 'controller', 'provider'] as const satisfies readonly BreachRole[]

/** Reported: nobody has looked at it yet. Told: everybody affected has been told, or nobody is affected. */
export type BreachState = 'reported' | 'assessing' | 'told' | 'closed'
export const breachStates = [
  'reported',
  'assessing',
  'told',
  'closed',
] as const satisfies readonly BreachState[]

export type AffectedEngagement = {
  id: string
  reference: string
  vendorName: string
  activity: { da: string; en: string }
  services: string[]
}

/** What was sent to everybody affected, in its order; frozen. `finished` once each has its mail. */
export type Phase = { number: number; at: Date; by: string; content: NoticeContent; finished: boolean }

/** What somebody said in the case: the sub-processor by its link, or staff. */
export type BreachNote = {
  id: string
  at: Date
  from: 'vendor' | 'staff'
  name: string
  text: string
  files: string[]
}

export type AuthorityCase = { toldAt: Date; reference: string; file: string | null }

/** Art. 33(5): the facts, the effects and the remedial action, kept for the authority to check. */
export type ClosingRecord = { facts: string; effects: string; remedy: string; lesson: string }

export type Breach = {
  _id: string
  reference: string
  /** The form's own id: sent twice, it makes one breach. */
  once: string
  role: BreachRole
  state: BreachState
  open: boolean
  reportedBy: 'staff' | 'vendor'
  /** As it was reported, in the reporter's words. */
  report: string
  vendor: string | null
  vendorReference: string | null
  vendorName: string | null
  /** Whom to ask at the sub-processor. */
  vendorContact: { name: string; phone: string; email: string } | null
  engagements: AffectedEngagement[]
  /** Services affected though no sub-processor's engagement says so. */
  ownServices: string[]
  /** When it was going on; null: not known. Who bought the services then is affected. */
  from: Day | null
  until: Day | null
  /** Three instants, kept apart: when the sub-processor knew, when it told us, and when we knew. The last starts our hours. */
  vendorKnewAt: Date | null
  vendorToldAt: Date | null
  awareAt: Date
  awareOn: Day
  /** Who is affected has been looked up for the services as they stand. */
  derived: boolean
  /** When we learnt that more is affected than was known first: those who come in by it have their hours from then. */
  widenedAt?: Date | null
  content: NoticeContent
  /** When the words were last written, or sent. */
  wordsAt?: Date | null
  phases: Phase[]
  risk: RiskAssessment | null
  /** Nobody's data are affected, and why; recorded all the same (Art. 33(5)). */
  nobody: { because: string; at: Date } | null
  /** It was none after all, and why; kept, and counted apart from those that were. */
  noBreach?: { because: string; at: Date } | null
  authorityHours: number
  authority: AuthorityCase | null
  /** Why the authority was not told: a risk is unlikely (Art. 33(1)). */
  authorityNot: string | null
  notes: BreachNote[]
  /** The last alert that went out: which, and about which hours. */
  alerted: string | null
  closing: ClosingRecord | null
  closedAt: Date | null
  tokens: string[]
  sample: boolean
} & Moved

export function servicesOf({
  engagements,
  ownServices,
}: Pick<Breach, 'engagements' | 'ownServices'>): string[] {
  return [...new Set([...engagements.flatMap(({ services }) => services), ...ownServices])]
}

/** The customer's data, clause 10; else ours or the provider's, D.2.2. */
export function isOurs({ role }: Pick<Breach, 'role'>): boolean {
  return role !== 'processor'
}

/** Until when the authority is to be told, where it is ours to tell. */
export function authorityUntil({
  awareAt,
  authorityHours,
}: Pick<Breach, 'awareAt' | 'authorityHours'>): Date {
  return new Date(awareAt.getTime() + authorityHours * 3_600_000)
}

/** The authority is still to be told, or that it need not be is still to be concluded. */
export function owesAuthority(breach: Pick<Breach, 'role' | 'authority' | 'authorityNot' | 'open'>): boolean {
  return breach.open && isOurs(breach) && breach.authority === null && breach.authorityNot === null
}

export function lastPhase({ phases }: Pick<Breach, 'phases'>): Phase | null {
  return phases.at(-1) ?? null
}
