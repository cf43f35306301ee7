import type { Bilingual } from '../../base/context.js'

/** The shapes an answer can have. */
export type QuestionType =
  | 'single'
  | 'multi'
  | 'text'
  | 'number'
  | 'date'
  | 'contact'
  | 'identity'
  | 'table'
  | 'countries'
  | 'per-country'
  | 'signoff'

export type EvidenceLevel = 'none' | 'recommended' | 'required'
export type Severity = 'low' | 'medium' | 'high' | 'critical'

/** `score`: 0 to 1; null where the option does not count. `exclusive`: stands alone, as 'none' among several. */
export type Option = {
  id: string
  text: Bilingual
  score: number | null
  requiresComment: boolean
  exclusive?: boolean
}

/** What must be answered elsewhere for this to hold. Of a question that does not show, nothing holds. */
export type Condition =
  | { q: string; in: readonly string[] }
  | { q: string; notIn: readonly string[] }
  /** At least one of those chosen in a question of several options, or given for a country. */
  | { q: string; anyOf: readonly string[] }
  | { q: string; gt: number }
  | { q: string; lt: number }
  | { q: string; hasThirdCountry: true }
  | { any: readonly Condition[] }
  | { all: readonly Condition[] }

/** How an answer without options of its own earns its score, 0 to 1. */
export type Scoring =
  | { filled: number; empty: number }
  /** At most so many months old, the first that fits. */
  | { maxAgeMonths: readonly (readonly [months: number, score: number])[]; else: number }
  /** At least so much, the first that fits. */
  | { min: readonly (readonly [least: number, score: number])[]; else: number }
  /** The best, or the worst, of what was chosen. */
  | { multi: 'max' | 'min' }
  | { perCountry: 'min' }

export type Column = { id: string; text: Bilingual; type: 'text' | 'date' | 'countries' }

export type Question = {
  id: string
  section: string
  text: Bilingual
  help: Bilingual | null
  type: QuestionType
  /** Resolved: those of the scale where the file names one. */
  options: readonly Option[]
  columns: readonly Column[]
  /** 0 to 5; 0 is asked and not counted. */
  weight: number
  required: boolean
  critical: boolean
  evidence: { level: EvidenceLevel; text: Bilingual | null; when: Condition | null }
  /** Law, clause or control it stands on, as printed: 'GDPR 28(3)(a)'. */
  refs: readonly string[]
  /** Controls of the Danish ISAE 3000 statement it is answered by, such as 'A.1'. */
  controls: readonly string[]
  showIf: Condition | null
  commentIf: Condition | null
  finding: { severity: Severity; text: Bilingual; when: Condition | null } | null
  scoring: Scoring | null
  min: number | null
  max: number | null
  unit: string | null
  /** Which of our own records stand beside it: 'vendor.identity', ... */
  prefill: string | null
}

export type Section = { id: string; title: Bilingual }

/** Sorted from the best; the first whose `min` (of 100) is reached. */
export type Band = { id: string; min: number; text: Bilingual }

export type QuestionSet = {
  /** With the version what questionnaires name: 'gdpr-subprocessor-yearly' and '2026.1'. */
  id: string
  version: string
  title: Bilingual
  basis: string
  /** Below this an answer to a critical question opens a finding, 0 to 1. */
  criticalBelow: number
  /** The best band the whole may reach where a critical question fails. */
  criticalBand: string
  /** At most this for an answer whose required evidence is missing, 0 to 1. */
  evidenceCap: number
  bands: readonly Band[]
  sections: readonly Section[]
  questions: readonly Question[]
}
