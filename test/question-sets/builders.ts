import { readText } from '../../src/question-sets/reading/files.js'
import type { Answers, Given, Surroundings } from '../../src/question-sets/rules/answer.js'
import type { Option, Question, QuestionSet } from '../../src/question-sets/rules/set.js'

const both = (text: string) => ({ da: text, en: text })

export function anOption(id: string, score: number | null, more: Partial<Option> = {}): Option {
  return { id, text: both(id), score, requiresComment: false, ...more }
}

const yesPartlyNo: Option[] = [
  anOption('yes', 1),
  anOption('partly', 0.5, { requiresComment: true }),
  anOption('no', 0, { requiresComment: true }),
  anOption('na', null, { requiresComment: true }),
]

/** A yes-or-no question of weight 1 that counts, unless told otherwise. */
export function aQuestion(id: string, more: Partial<Question> = {}): Question {
  const type = more.type ?? 'single'
  return {
    id,
    section: 'S1',
    text: both(`${id}?`),
    help: null,
    type,
    options: ['single', 'multi', 'per-country'].includes(type) ? yesPartlyNo : [],
    columns: [],
    weight: 1,
    required: true,
    critical: false,
    evidence: { level: 'none', text: null, when: null },
    refs: [],
    controls: [],
    showIf: null,
    commentIf: null,
    finding: null,
    scoring: null,
    min: null,
    max: null,
    unit: null,
    prefill: null,
    ...more,
  }
}

export function aSet(questions: Question[], more: Partial<QuestionSet> = {}): QuestionSet {
  return {
    id: 'set',
    version: '2026.1',
    title: both('Set'),
    basis: '',
    criticalBelow: 0.5,
    criticalBand: 'follow_up',
    evidenceCap: 0.5,
    bands: [
      { id: 'satisfactory', min: 85, text: both('Satisfactory') },
      { id: 'remarks', min: 70, text: both('Remarks') },
      { id: 'follow_up', min: 50, text: both('Follow-up') },
      { id: 'unsatisfactory', min: 0, text: both('Unsatisfactory') },
    ],
    sections: [...new Set(questions.map(({ section }) => section))].map((id) => ({ id, title: both(id) })),
    questions,
    ...more,
  }
}

export function given(value: Given['value'], more: Partial<Given> = {}): Given {
  return { value, comment: '', files: 0, ...more }
}

export function answers(values: Record<string, Given['value'] | Given>): Answers {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, isGiven(value) ? value : given(value)]),
  )
}

/** Denmark and Ireland are in the Union; the United States, India and Switzerland are not. */
export const around: Surroundings = {
  today: '2026-11-22',
  isThirdCountry: (country) => ['US', 'IN', 'CH'].includes(country),
}

function isGiven(value: Given['value'] | Given): value is Given {
  return typeof value === 'object' && value !== null && 'files' in value
}

/** A whole set in a few lines of YAML; each test spoils one of them. */
export const smallSet = `id: small
version: '2026.1'
title: { da: Lille, en: Small }
basis: DPA C.8
scoring:
  criticalBelow: 0.5
  criticalBand: low
  evidenceCap: 0.5
  bands:
    - { id: high, min: 60, text: { da: Høj, en: High } }
    - { id: low, min: 0, text: { da: Lav, en: Low } }
scales:
  yn:
    - { id: 'yes', text: { da: Ja, en: 'Yes' }, score: 1 }
    - { id: 'no', text: { da: Nej, en: 'No' }, score: 0, requiresComment: true }
sections:
  - { id: A, title: { da: Afsnit, en: Section } }
questions:
  - id: A.1
    section: A
    text: { da: Spørgsmål?, en: Question? }
    type: single
    scale: yn
    weight: 2
    required: true
    critical: true
    finding: { severity: high, text: { da: Mangel, en: Lack } }
  - id: A.2
    section: A
    text: { da: Hvornår?, en: When? }
    type: date
    weight: 1
    required: true
    showIf: { q: A.1, in: ['yes'] }
    scoring: { maxAgeMonths: [[12, 1], [24, 0.5]], else: 0 }
`

export function readSmall(from = '', to = ''): ReturnType<typeof readText> {
  if (!smallSet.includes(from)) throw new Error(`the small set has no ${from}`)
  return readText(smallSet.replace(from, to))
}
