import type { WholeAudit } from '../../audits/rules/audit.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { csvLine, csvStart } from '../page/tables.js'
import type { AreaAsked } from '../rules.js'
import type { Archive } from './archive.js'

/** What one making of an area's pack goes on with. */
export type Area = {
  context: Context
  asked: AreaAsked
  whole: WholeAudit
  archive: Archive
  /** Records whose entries go along, by kind; each once. */
  logged: Map<string, Set<string>>
  period: { from: Day; to: Day }
}

export function csv(headings: readonly string[], rows: readonly (string | number | null)[][]): string {
  return csvStart + [headings, ...rows].map(csvLine).join('')
}

export function note(logged: Area['logged'], kind: string, ids: readonly string[]): void {
  const known = logged.get(kind) ?? new Set<string>()
  for (const id of ids) known.add(id)
  logged.set(kind, known)
}
