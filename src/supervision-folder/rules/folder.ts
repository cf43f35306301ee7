/** A customer's own supervision of us, a folder a year: its score, what it looked at, its conclusion, and the paper it filed. */
import type { Locale } from '../../base/context.js'
import { addMonths, type Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { Moved } from '../../db/moves.js'
import type { RiskBand, SubjectCount } from '../../register/rules.js'
import { pointsOf, suffices, type Concept, type Model, type Points } from '../../supervision/rules.js'
import type { EvidenceKind } from './evidence.js'

/** Datatilsynet's four questions about the customer's own use of us; null: not answered yet. */
export type FolderAnswers = {
  subjects: SubjectCount | null
  special: boolean | null
  other: boolean | null
  processing: boolean | null
}

export type Verdict = 'satisfactory' | 'with-remarks' | 'not-satisfactory'
export const verdicts = [
  'satisfactory',
  'with-remarks',
  'not-satisfactory',
] as const satisfies readonly Verdict[]

/** What of it we may see. The assessment is the customer's own: by itself only that it was filed, and when. */
export type Shared = 'state' | 'conclusion' | 'all'
export const sharings = ['state', 'conclusion', 'all'] as const satisfies readonly Shared[]

export type FolderContent = {
  answers: FolderAnswers
  concept: Concept | null
  /** Why less than the model suggests is enough. */
  weakerBecause: string
  /** Which of our evidence it has looked at. */
  looked: EvidenceKind[]
  notes: string
  verdict: Verdict | null
  conclusion: string
  /** Who concludes. */
  name: string
  title: string
  /** When it looks again. */
  next: Day | null
}

/** A paper that was filed; later ones do not take its place. */
export type Filing = {
  number: number
  on: Day
  at: Date
  by: string
  file: string
  sha256: string
  locale: Locale
  total: number
  band: RiskBand
  concept: Concept
  verdict: Verdict
  next: Day | null
}

export type Folder = FolderContent & {
  /** `${customer}/${year}` */
  _id: string
  customer: string
  customerReference: string
  customerName: string
  year: number
  /** The version of the points model it was last scored with. */
  model: number
  shared: Shared
  filings: Filing[]
  /** Changed since it was last filed, or never filed. */
  draft: boolean
  savedAt: Date
  savedBy: { contact: string; name: string }
  sample: boolean
} & Moved

export function folderId(customer: string, year: number): string {
  return `${customer}/${year}`
}

export const emptyContent: FolderContent = {
  answers: { subjects: null, special: null, other: null, processing: null },
  concept: null,
  weakerBecause: '',
  looked: [],
  notes: '',
  verdict: null,
  conclusion: '',
  name: '',
  title: '',
  next: null,
}

/** A new year begins with last year's answers about the use, which are to be confirmed; nothing that was looked at or concluded. */
export function begunFrom(last: Pick<FolderContent, 'answers' | 'concept'> | null): FolderContent {
  return last ? { ...emptyContent, answers: last.answers, concept: last.concept } : emptyContent
}

/**
 * What is taken over from another customer of the same person, and looked through before it is saved: the use of us, and the words.
 * What was looked at and whether it is satisfactory is each customer's own to say.
 */
export function takenOver({
  answers,
  concept,
  weakerBecause,
  notes,
  conclusion,
  name,
  title,
  next,
}: FolderContent): FolderContent {
  return { ...emptyContent, answers, concept, weakerBecause, notes, conclusion, name, title, next }
}

export type FolderScore = { points: Points; total: number; band: RiskBand }

/** Null until all four questions are answered: what is not known is not counted as nothing. */
export function scoreOf(
  { subjects, special, other, processing }: FolderAnswers,
  model: Model,
): FolderScore | null {
  if (subjects === null || special === null || other === null || processing === null) return null
  return pointsOf({ subjects, special, other, processing }, model)
}

/** What is still to be written before it can be filed, as fields of the form. */
export function missingToFile(
  content: FolderContent,
  score: FolderScore | null,
): { field: string; text: 'required' | 'choose-one' | 'say-why-weaker' }[] {
  const { answers, concept, weakerBecause, verdict, conclusion, name } = content
  return [
    ...(['subjects', 'special', 'other', 'processing'] as const).flatMap((field) =>
      answers[field] === null ? [{ field, text: 'choose-one' as const }] : [],
    ),
    ...(concept === null ? [{ field: 'concept', text: 'choose-one' as const }] : []),
    ...(score && concept !== null && !suffices(concept, score.band) && weakerBecause === ''
      ? [{ field: 'weakerBecause', text: 'say-why-weaker' as const }]
      : []),
    ...(verdict === null ? [{ field: 'verdict', text: 'choose-one' as const }] : []),
    ...(conclusion === '' ? [{ field: 'conclusion', text: 'required' as const }] : []),
    ...(name === '' ? [{ field: 'name', text: 'required' as const }] : []),
  ]
}

/** The day the model suggests to look again; null where only an event calls for it. */
export function nextByModel(score: FolderScore | null, { values }: Model, today: Day): Day | null {
  const months = score ? values.months[score.band] : null
  return months === null ? null : addMonths(today, months)
}

/** Only this year's folder is written in; earlier ones stay as they were filed. */
export function refuseOtherYear(year: number, today: Day): void {
  if (`${year}` !== today.slice(0, 4)) throw new Refused('folder-of-another-year', { year: String(year) })
}

/** Which fields two people filled in differently, for the one who came second. */
export function differingFields(mine: FolderContent, theirs: FolderContent): (keyof FolderContent)[] {
  return (Object.keys(emptyContent) as (keyof FolderContent)[]).filter(
    (field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs[field]),
  )
}
