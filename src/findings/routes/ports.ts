import type { Context } from '../../base/context.js'
import type { FindingSource } from '../rules.js'

/** Where a finding came from, in words and as an address; null where that room no longer knows it. */
export type SourceShown = { text: string; url: string | null }

export type FindingPorts = {
  /** By kind of source, handed over in `app.ts` by the rooms that find. */
  sources: Partial<
    Record<FindingSource['kind'], (source: FindingSource, context: Context) => Promise<SourceShown | null>>
  >
}
