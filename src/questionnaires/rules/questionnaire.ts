import type { Actor, Bilingual, Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { FindingOwner, Severity } from '../../findings/rules/finding.js'
import type { Given } from '../../question-sets/rules/answer.js'

/**
 * prepared: not sent; asked: mail on its way or arrived, open to answers; submitted: with the reviewer; concluded, withdrawn: over.
 * Sent back is `asked` with a higher round.
 */
export type QuestionnaireState = 'prepared' | 'asked' | 'submitted' | 'concluded' | 'withdrawn'

export type Owner = { name: string; email: string; locale: Locale; contact: string | null }

/** One questionnaire to one vendor about one or several of its engagements (DPA C.8). */
export type Questionnaire = {
  _id: string
  /** 'QN-2026-001' */
  reference: string
  year: number
  vendor: string
  /** As it was called when it was asked. */
  vendorName: string
  engagements: string[]
  /** Frozen at sending: a new version is asked of the next one. */
  set: { id: string; version: string }
  why: 'yearly' | 'addition' | 'replacement' | 'other'
  owner: Owner
  dueOn: Day
  state: QuestionnaireState
  /** 1 at first; one more each time it is sent back. */
  round: number
  /** Of this round: the questions that are open; null where all are. */
  open: string[] | null
  /** What became of the mail that asked the present owner in this round: nothing counts as asked without an accepted one. */
  delivery: Delivery
  /** When it was first sent off. */
  askedAt: Date | null
  /** The last reminder of this round and due date, in days from it: -14, 3. */
  reminded: { round: number; dueOn: Day; offset: number; on: Day } | null
  /** The first of its mails that a server took; without one nothing counts as asked. */
  arrivedAt: Date | null
  /** `fromPublic`: by staff, who answered it from public documentation. */
  submitted: { at: Date; by: { name: string; title: string }; fromPublic?: true } | null
  campaign: string | null
  remindersStopped: { at: Date; reason: string } | null
  /** When the DPO was told that no answer came. */
  escalated: Date | null
  /** The one before, whose answers stand beside these. */
  previous: string | null
  conclusion: Conclusion | null
  /** Notices drafted of what the answers say and the register does not, by the difference. */
  drafts?: { item: string; notice: string }[]
  /** What follows from the review's last step and may be left by a crash: mails, and findings that were decided on. */
  pending?: PendingReview
  sample: boolean
} & Moved

/** kept: no mail server is set, so it stands in the outbox and has gone to nobody. */
export type Delivery = 'none' | 'under-way' | 'refused' | 'kept' | 'accepted'

export type Conclusion = {
  band: string
  proposedBand: string
  score: number | null
  /** Needed where it departs from the proposal. */
  reason: string
  external: string
  internal: string
  /** Of the answers as they were concluded on, to the letter. */
  answers: string
  at: Date
  by: Actor
}

export type PendingReview = {
  step: 'sent-back' | 'concluded'
  findings: {
    question: string
    text: Bilingual
    severity: Severity
    owner: FindingOwner | null
    dueOn: Day
  }[]
}

/** typed: by the respondent; confirmed: last year's, signed off for the section; statement: read off an accepted statement; public: by staff. */
export type Origin = 'typed' | 'confirmed' | 'statement' | 'public' | 'workbook' | 'portable'

/** One answer; unique by questionnaire and question. `version` counts from 1: who saves over one they have not seen is told. */
export type Answer = Omit<Given, 'files'> & {
  _id: string
  questionnaire: string
  question: string
  version: number
  files: string[]
  origin: Origin
  /** Where it was read: link and day of a public source, or statement and page. */
  source: { url: string; readOn: Day } | { statement: string; page: number } | null
  by: { name: string; part: 'owner' | 'colleague' | 'staff' }
  at: Date
  /** What stood here before, the last first, at most ten. */
  earlier: { value: Given['value']; comment: string; by: string; at: Date }[]
}

/** A colleague who was handed sections, with a link of their own. */
export type Share = {
  _id: string
  questionnaire: string
  name: string
  email: string
  locale: Locale
  sections: string[]
  endedAt: Date | null
} & Moved

/** A reviewer's word on one answer; the external one is shown to the respondent. */
export type Remark = {
  _id: string
  questionnaire: string
  question: string
  /** Counts from 1: who saves over a remark they have not seen is told. */
  version: number
  /** The version of the answer it is about; 0 where there was none. */
  answer: number
  verdict: 'accepted' | 'open' | 'na-refused'
  external: string
  internal: string
  at: Date
  by: Actor
}
