import type { Severity } from './set.js'
import type { Day } from '../../base/day.js'

/** In one language as it came; the other is missing until somebody translates it. */
export type DraftOption = {
  id: string
  text: string
  score: number | null
  requiresComment: boolean
  exclusive?: boolean
}

export type DraftCondition =
  | { q: string; in: string[] }
  | { q: string; notIn: string[] }
  | { q: string; anyOf: string[] }
  | { any: DraftCondition[] }
  | { all: DraftCondition[] }

export type DraftQuestion = {
  id: string
  section: string
  text: string
  help: string
  type: 'single' | 'multi' | 'text'
  options: DraftOption[]
  weight: number
  required: boolean
  /** Where the file wants a document with the answer. */
  evidence: boolean
  refs: string[]
  showIf: DraftCondition | null
  finding: { severity: Severity; text: string; when: DraftCondition | null } | null
}

/** What could not be carried over: where it stood, and a text key below `question-sets:left.` with its facts. */
export type LeftOver = { at: string; what: string; facts: Record<string, string | number> }

/** A foreign set as far as it could be read; it is asked of nobody until it is completed as a file. */
export type DraftSet = {
  _id: string
  title: string
  /** Of the texts as they came. */
  language: 'da' | 'en'
  shape: 'caiq' | 'vsaq'
  file: string
  sections: { id: string; title: string }[]
  questions: DraftQuestion[]
  report: LeftOver[]
  madeOn: Day
  madeBy: string
}

export type DraftContent = Pick<DraftSet, 'title' | 'shape' | 'sections' | 'questions' | 'report'>
