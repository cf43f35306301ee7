/** An evidence pack for an auditor: one control area of one year's audit, from our own records (ISAE 3000 areas E, F and G). */
import type { Day } from '../../base/day.js'

export const packAreas = ['E.2', 'F.1', 'F.2', 'F.3', 'F.4', 'F.5', 'F.6', 'G.1', 'G.2', 'G.3'] as const
export type PackArea = (typeof packAreas)[number]

/** `named`: customers by name. Else by reference only, without their contacts and words: as an auditor from outside is given it. */
export type AreaAsked = { audit: string; area: PackArea; named: boolean }

/** What a pack can hold; each is a table, some with files beside. */
export type AreaPart =
  | 'register'
  | 'sites'
  | 'approvals'
  | 'unpermitted'
  | 'contracts'
  | 'notices'
  | 'objections'
  | 'supervision'
  | 'statements'
  | 'questionnaires'
  | 'transfers'
  | 'instructions'

const parts: Record<PackArea, readonly AreaPart[]> = {
  'E.2': ['register', 'sites', 'approvals', 'unpermitted'],
  'F.1': ['register', 'contracts', 'instructions'],
  'F.2': ['register', 'approvals', 'unpermitted'],
  'F.3': ['register', 'notices', 'objections'],
  'F.4': ['register', 'contracts'],
  'F.5': ['register'],
  'F.6': ['supervision', 'statements', 'questionnaires'],
  'G.1': ['transfers', 'contracts'],
  'G.2': ['transfers', 'instructions'],
  'G.3': ['transfers'],
}

export function partsOf(area: PackArea): readonly AreaPart[] {
  return parts[area]
}

export function isPackArea(area: string): area is PackArea {
  return (packAreas as readonly string[]).includes(area)
}

export function areaPackName({ audit, area }: AreaAsked, today: Day): string {
  return `tilsyn-evidence-${audit}-${area}-${today}.zip`
}
