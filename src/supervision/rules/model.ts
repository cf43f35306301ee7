import type { Actor } from '../../base/context.js'
import { riskBands, riskTables, type RiskBand, type SubjectCount } from '../../register/rules.js'

/** A to D of Datatilsynet's guiding model for supervision of processors (29 October 2021). */
export type Parameter = 'subjects' | 'special' | 'other' | 'processing'
export const parameters = [
  'subjects',
  'special',
  'other',
  'processing',
] as const satisfies readonly Parameter[]

/** 1 no active supervision, 2 confirmation, 3 written status, 4 certificate or code of conduct, 5 independent third party, 6 own inspection. */
export type Concept = 1 | 2 | 3 | 4 | 5 | 6
export const concepts = [1, 2, 3, 4, 5, 6] as const satisfies readonly Concept[]

/** What a house may set: points per answer, and how often each band is supervised, in months; null: when something happens. */
export type ModelValues = {
  subjects: Record<SubjectCount, number>
  special: number
  other: number
  processing: number
  months: Record<RiskBand, number | null>
}

/** A dated version. The published one has number 1 and nobody behind it; old scores keep theirs. */
export type Model = {
  number: number
  values: ModelValues
  because: string | null
  at: Date | null
  by: Actor | null
}

const table = riskTables[0]
if (!table) throw new Error('no table of risk points')

export const publishedModel: Model = {
  number: 1,
  values: {
    subjects: table.subjects,
    special: table.special,
    other: table.confidential,
    processing: table.specialProcessing,
    months: { '1-2': null, '3-4': 24, '5-6': 12, '7-10': 12 },
  },
  because: null,
  at: null,
  by: null,
}

/** The concepts to choose from at so many points, as published: a certificate (4) does not suffice from 7 points. */
export const sufficing: Record<RiskBand, readonly Concept[]> = {
  '1-2': [1, 2, 3, 4, 5, 6],
  '3-4': [2, 3, 4, 5, 6],
  '5-6': [3, 4, 5, 6],
  '7-10': [5, 6],
}

export function suffices(concept: Concept, band: RiskBand): boolean {
  return sufficing[band].includes(concept)
}

/** One number of the model, as it is set, shown and explained. */
export type ValueName = `subjects.${SubjectCount}` | Exclude<Parameter, 'subjects'> | `months.${RiskBand}`
export const valueNames: readonly ValueName[] = [
  'subjects.under-1000',
  'subjects.1000-10000',
  'subjects.over-10000',
  'special',
  'other',
  'processing',
  ...riskBands.map((band) => `months.${band}` as const),
]

/**
 * How well a published value is known. seen: read in a source; partly: the question was read, the points follow from the scale of
 * 1 to 10; reading: ours.
 */
export type Confidence = 'seen' | 'partly' | 'reading'
export const confidence: Record<ValueName, Confidence> = {
  'subjects.under-1000': 'seen',
  'subjects.1000-10000': 'seen',
  'subjects.over-10000': 'partly',
  special: 'partly',
  other: 'partly',
  processing: 'partly',
  'months.1-2': 'reading',
  'months.3-4': 'reading',
  'months.5-6': 'reading',
  'months.7-10': 'reading',
}

export function valueOf(values: ModelValues, name: ValueName): number | null {
  const [group, key] = name.split('.') as [string, string | undefined]
  if (group === 'subjects') return values.subjects[key as SubjectCount]
  if (group === 'months') return values.months[key as RiskBand]
  return values[group as Exclude<Parameter, 'subjects'>]
}

/** The most points an engagement can have. The published scale ends at 10. */
export function mostPoints({ subjects, special, other, processing }: ModelValues): number {
  return Math.max(...Object.values(subjects)) + special + other + processing
}

export function sameValues(a: ModelValues, b: ModelValues): boolean {
  return valueNames.every((name) => valueOf(a, name) === valueOf(b, name))
}

/** What differs, from what to what, for the log and for those who look at a version. */
export function valueChanges(
  before: ModelValues,
  after: ModelValues,
): { name: ValueName; before: number | null; after: number | null }[] {
  return valueNames.flatMap((name) => {
    const change = { name, before: valueOf(before, name), after: valueOf(after, name) }
    return change.before === change.after ? [] : [change]
  })
}
