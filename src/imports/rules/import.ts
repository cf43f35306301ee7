import { createHash } from 'node:crypto'
import type { Mapping } from './headings.js'
import type { Register } from './fields.js'
import type { Counts } from './plan.js'

/**
 * - `ready`: read, nothing done. - `applying`: begun; what a crash left out is done by applying again.
 * - `applied` - `undone` - `discarded`
 */
export type ImportState = 'ready' | 'applying' | 'applied' | 'undone' | 'discarded'

export type CreatedKind = 'vendor' | 'engagement' | 'customer'

export type ImportContent = {
  register: Register
  fileName: string
  /** Kept until the import is applied or discarded; null after. */
  file: string | null
  mapping: Mapping
  state: ImportState
  startedAt: Date
  startedBy: string
  appliedAt: Date | null
  counts: Counts | null
  created: { kind: CreatedKind; id: string }[]
  /** What an undoing left, because it has been changed or used since. */
  left: { kind: CreatedKind; id: string }[]
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** The id of what a row brings: the same whenever the same import is done again, so that nothing can come twice. */
export function idFor(importId: string, kind: CreatedKind, key: string): string {
  const digest = createHash('sha256').update(`${importId}\u0000${kind}\u0000${key}`).digest()
  return Array.from(digest.subarray(0, 26), (byte) => alphabet[byte & 31]).join('')
}
