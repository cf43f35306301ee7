/** What a paper is. The last three are dead: see `deadReason`. */
export type StatementKind =
  | 'isae-3402'
  | 'isae-3000'
  | 'soc-1'
  | 'soc-2'
  | 'soc-3'
  | 'iso-27001'
  | 'iso-27701'
  | 'bridge-letter'
  | 'other'
  | 'ssae-16'
  | 'sas-70'
  | 'privacy-shield'
export const statementKinds = [
  'isae-3402',
  'isae-3000',
  'soc-1',
  'soc-2',
  'soc-3',
  'iso-27001',
  'iso-27701',
  'bridge-letter',
  'other',
  'ssae-16',
  'sas-70',
  'privacy-shield',
] as const satisfies readonly StatementKind[]

/** 1: how controls are designed, at a date. 2: that they also worked, over a period. */
export type StatementType = 1 | 2

/** Of an ISAE 3000: høj grad af sikkerhed, or begrænset. They are not equal. */
export type Level = 'reasonable' | 'limited'
export const levels = ['reasonable', 'limited'] as const satisfies readonly Level[]

export type Opinion = 'unqualified' | 'qualified' | 'adverse' | 'disclaimer'
export const opinions = [
  'unqualified',
  'qualified',
  'adverse',
  'disclaimer',
] as const satisfies readonly Opinion[]

/** For one named customer, or for all of them: the two wordings of an ISAE 3000. */
export type Audience = 'general' | 'named'
export const audiences = ['general', 'named'] as const satisfies readonly Audience[]

const certificates: readonly StatementKind[] = ['iso-27001', 'iso-27701', 'privacy-shield']
const typed: readonly StatementKind[] = ['isae-3402', 'isae-3000', 'soc-1', 'soc-2', 'ssae-16', 'sas-70']

/** A certificate has a number and an end; it says nothing of how controls were tested. */
export function isCertificate(kind: StatementKind): boolean {
  return certificates.includes(kind)
}

/** Whether it comes as type 1 and type 2. */
export function hasType(kind: StatementKind): boolean {
  return typed.includes(kind)
}

/** An auditor's report carries an opinion; a certificate, a management's letter and a summary do not always. */
export function hasOpinion(kind: StatementKind): boolean {
  return hasType(kind) || kind === 'soc-3'
}

/** 'isae-3402/2', 'isae-3000/2/limited', 'iso-27001': what follows what, and what an agreement may count as equivalent. */
export type SortOf = `${StatementKind}${'' | `/${StatementType}`}${'' | `/${Level}`}`

export function sortOf(facts: {
  kind: StatementKind
  type: StatementType | null
  level: Level | null
}): SortOf {
  const { kind } = facts
  const type: '' | `/${StatementType}` = hasType(kind) && facts.type !== null ? `/${facts.type}` : ''
  const level: '' | `/${Level}` = kind === 'isae-3000' && facts.level !== null ? `/${facts.level}` : ''
  return `${kind}${type}${level}`
}

/** What an agreement may allow beside C.2's ISAE 3402 type 2. */
export const possibleEquivalents = [
  'soc-1/2',
  'soc-2/2',
  'isae-3000/2/reasonable',
  'isae-3000/2/limited',
  'iso-27001',
] as const satisfies readonly SortOf[]
