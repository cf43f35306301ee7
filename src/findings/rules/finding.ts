import type { Bilingual, Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'

export type Severity = 'low' | 'medium' | 'high' | 'critical'
/** The worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[]

/** open: nothing done; answered: the owner says it is put right; closed: we accept that it is; accepted: we live with it, and say why. */
export type FindingState = 'open' | 'answered' | 'closed' | 'accepted'
export const findingStates = [
  'open',
  'answered',
  'closed',
  'accepted',
] as const satisfies readonly FindingState[]

/** What found it: a questionnaire, a statement, a rule (such as C.2), the yearly audit, or one of us. */
export type FindingSource = {
  kind: 'questionnaire' | 'statement' | 'rule' | 'audit' | 'staff'
  id: string
  item: string
}

/** Who puts it right: a person on our staff, or somebody at the vendor; `contact` is the register's, where it is one of them. */
export type FindingOwner =
  | { kind: 'person'; id: string }
  | { kind: 'vendor'; name: string; email: string; locale?: Locale; contact?: string | null }

export type FindingNote = {
  at: Date
  /** A name as it is shown to staff. */
  by: string
  from: 'staff' | 'vendor'
  kind: NoteKind
  text: string
  /** The vendor reads it, too. */
  external: boolean
  files: string[]
}
export type NoteKind = 'note' | 'answer' | 'question' | 'closed' | 'accepted' | 'reopened' | 'changed'

/** Something that is not as it must be, at a sub-processor or at ours: DPA 7.6 makes theirs ours. */
export type Finding = {
  _id: string
  /** 'FI-2026-001' */
  reference: string
  source: FindingSource
  vendor: string | null
  vendorName: string | null
  engagements: string[]
  text: Bilingual
  severity: Severity
  owner: FindingOwner | null
  openedOn: Day
  dueOn: Day
  state: FindingState
  /** Open or answered: somebody still has something to do. */
  running: boolean
  /** The vendor has asked something that nobody has answered. */
  asks: boolean
  /** The day of the next reminder; null where none is to come. */
  remindOn: Day | null
  remindersStopped: { at: Date; reason: string } | null
  /** The last first. */
  notes: FindingNote[]
  sample: boolean
} & Moved
