import { hasOpinion, isCertificate, type StatementKind } from './kinds.js'

/** What a reviewer looks at in a statement (domain.md 5). */
export const checkPoints = [
  'entity',
  'service',
  'sites',
  'period',
  'level',
  'auditor',
  'opinion',
  'exceptions',
  'carve-outs',
  'cuecs',
  'criteria',
  'sub-processors',
  'earlier',
] as const
export type CheckPoint = (typeof checkPoints)[number]

export type CheckAnswer = 'yes' | 'no' | 'not-applicable'
export const checkAnswers = ['yes', 'no', 'not-applicable'] as const satisfies readonly CheckAnswer[]

export type Checklist = Partial<Record<CheckPoint, { answer: CheckAnswer; note: string }>>

const ofLetters: readonly CheckPoint[] = ['entity', 'service', 'period']
const ofCertificates: readonly CheckPoint[] = [
  'entity',
  'service',
  'sites',
  'period',
  'level',
  'auditor',
  'criteria',
]

/** A certificate has no tests to read, a bridge letter is management's word only: they are asked less. */
export function pointsFor(kind: StatementKind): readonly CheckPoint[] {
  if (kind === 'bridge-letter') return ofLetters
  if (isCertificate(kind)) return ofCertificates
  return hasOpinion(kind) ? checkPoints : checkPoints.filter((point) => point !== 'opinion')
}

/** Whether a point may be said not to apply: whose it is, what for and until when is never beside the point. */
export function mayNotApply(point: CheckPoint): boolean {
  return !['entity', 'service', 'period', 'level', 'auditor', 'opinion'].includes(point)
}

export function unanswered(checklist: Checklist, kind: StatementKind): CheckPoint[] {
  return pointsFor(kind).filter((point) => checklist[point] === undefined)
}

export function failed(checklist: Checklist, kind: StatementKind): CheckPoint[] {
  return pointsFor(kind).filter((point) => checklist[point]?.answer === 'no')
}
