import { vendorsFields, type AskedFact } from './completeness.js'

/** Counted facts: records, how many of them are complete, single facts asked for and how many of these are there. */
export type Tally = { records: number; complete: number; asked: number; held: number }

/**
 * The share for the whole register, and of it that of the sub-processors: these are what customers and the authority ask for,
 * and other vendors, of whom less is asked, must not make theirs look better than it is.
 */
export type RegisterTally = Tally & { subProcessors: Pick<Tally, 'records' | 'complete'> }

/** Of running engagements. A fact of the vendor's own counts once, however many engagements stand on it. */
export function tallyOf(records: readonly { vendor: string; facts: readonly AskedFact[] }[]): Tally {
  const once = new Map<string, boolean>()
  for (const [place, { vendor, facts }] of records.entries())
    for (const { field, country, missing } of facts)
      once.set(
        vendorsFields.includes(field) ? `${vendor}/${field}` : `${place}/${field}/${country ?? ''}`,
        missing,
      )
  return {
    records: records.length,
    complete: records.filter(({ facts }) => facts.every(({ missing }) => !missing)).length,
    asked: once.size,
    held: [...once.values()].filter((missing) => !missing).length,
  }
}

/**
 * How complete the register is, in whole per cent of its records: one that lacks a single fact cannot be shown to an
 * authority, so it counts for nothing. Rounded down, so that 100 means all of them; null where there is no record.
 */
export function percentComplete({ records, complete }: Pick<Tally, 'records' | 'complete'>): number | null {
  return records === 0 ? null : Math.floor((complete * 100) / records)
}
