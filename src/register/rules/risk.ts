import type { Day } from '../../base/day.js'
import type { DataCategory, SubjectCount } from './engagement.js'

export type RiskBand = '1-2' | '3-4' | '5-6' | '7-10'
export const riskBands = ['1-2', '3-4', '5-6', '7-10'] as const satisfies readonly RiskBand[]

/** Points per question, from the day on which they are used. */
export type RiskTable = {
  from: Day
  subjects: Record<SubjectCount, number>
  special: number
  confidential: number
  specialProcessing: number
}

/**
 * Datatilsynet's guiding model for supervision of processors, 29 October 2021: four questions, 1 to 10 points, and the bands
 * that follow. The points for the number of data subjects up to 10,000 are published; the third step and the split of 3, 2
 * and 2 over the other questions are our reading (3 + 3 + 2 + 2 = 10). A later table is added below with its day, never
 * put in place of an earlier one.
 */
export const riskTables: readonly RiskTable[] = [
  {
    from: '2021-10-29',
    subjects: { 'under-1000': 1, '1000-10000': 2, 'over-10000': 3 },
    special: 3,
    confidential: 2,
    specialProcessing: 2,
  },
]

export type RiskFacts = {
  dataCategories: readonly DataCategory[]
  subjectCount?: SubjectCount
  /** Profiling, monitoring, large-scale combination, new technology. Unknown counts as no. */
  specialProcessing?: boolean
}

export type Risk = {
  points: number
  band: RiskBand
  /** Something the points follow from is not recorded, so they may be higher. */
  atLeast: boolean
}

/** The risk to data subjects in one engagement. What is not recorded counts as the least. */
export function riskOf(facts: RiskFacts, day: Day): Risk {
  const table = riskTables.findLast(({ from }) => from <= day) ?? riskTables[0]
  if (!table) throw new Error('no table of risk points')
  const points =
    (facts.subjectCount === undefined ? 1 : table.subjects[facts.subjectCount]) +
    (facts.dataCategories.includes('special') ? table.special : 0) +
    (facts.dataCategories.includes('confidential') ? table.confidential : 0) +
    (facts.specialProcessing ? table.specialProcessing : 0)
  return {
    points,
    band: bandOf(points),
    atLeast: facts.subjectCount === undefined || facts.dataCategories.length === 0,
  }
}

/** A vendor stands where its riskiest engagement does. */
export function highestRisk(risks: readonly Risk[]): Risk | null {
  return risks.toSorted((a, b) => b.points - a.points)[0] ?? null
}

export function bandOf(points: number): RiskBand {
  if (points <= 2) return '1-2'
  if (points <= 4) return '3-4'
  return points <= 6 ? '5-6' : '7-10'
}
