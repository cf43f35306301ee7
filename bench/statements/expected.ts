import type { Day } from '../../src/base/day.js'
import type { Locale } from '../../src/base/context.js'
import type { Level, Opinion, StatementKind, StatementType } from '../../src/statements/rules/kinds.js'
import type { ReadControl, ReadSubservice } from '../../src/statements/rules/proposals.js'

/** What a person would read off the paper; what is left out is not in it. */
export type Expected = {
  language: Locale
  /** Left out: it is no statement at all. */
  kind?: StatementKind
  edition?: string
  type?: StatementType
  level?: Level
  period?: { from: Day; to: Day }
  asOf?: Day
  issuedOn?: Day
  auditor?: string
  auditorNumber?: string
  entity?: string
  opinion?: Opinion
  subservice?: ReadSubservice[]
  sites?: string[]
  certificateNumber?: string
  expiresOn?: Day
  body?: string
  /** The control, or null, of each exception. */
  exceptions?: (string | null)[]
  controls?: Record<string, ReadControl['result']>
}

export type Paper = { name: string; what: string; pdf: () => Promise<Buffer>; expected: Expected }
