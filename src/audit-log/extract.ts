/** Parts of the sealed log, to be taken out of the house and checked there. */
import { lastSeal, sealsAfter, sealsByEntry } from './records/chain.js'
import { allEntriesAbout, personalById } from './records/entries.js'
import type { Entry, Personal, Seal } from './rules.js'
import { sealAll } from './sealing.js'

export { sealsByEntry as sealsOfEntries, sealsNumbered } from './records/chain.js'
export { everyEntry, hasEventWith, markOfLog } from './records/entries.js'

/** An entry with its place in the chain. `personal`: null where there is none, or it has been erased. */
export type Extracted = { entry: Entry; personal: Personal | null; seal: Seal }

/** Seals whatever is waiting and tells where the chain then ends; null where nothing was ever logged. */
export async function sealedEnd(): Promise<Seal | null> {
  await sealAll()
  return lastSeal()
}

/** What the chain holds about these records up to that link, in the chain's order. */
export async function extractAbout(
  kind: string,
  about: readonly string[],
  upTo: number,
): Promise<Extracted[]> {
  const entries = await allEntriesAbout(kind, about)
  const seals = await sealsByEntry(entries.map(({ _id }) => _id))
  const hashed = entries.flatMap(({ _id, personalHash }) => (personalHash === null ? [] : [_id]))
  const personal = hashed.length > 0 ? await personalById(hashed) : new Map<string, Personal>()
  return entries
    .flatMap((entry): Extracted[] => {
      const seal = seals.get(entry._id)
      return seal && seal._id <= upTo ? [{ entry, personal: personal.get(entry._id) ?? null, seal }] : []
    })
    .toSorted((a, b) => a.seal._id - b.seal._id)
}

const batch = 1000

/** The links from one sequence number to another, both included, some at a time. */
export async function* linksBetween(first: number, last: number): AsyncGenerator<Seal[]> {
  for (let after = first - 1; after < last;) {
    const links = await sealsAfter(after, Math.min(batch, last - after))
    const end = links.at(-1)
    if (!end) return
    yield links
    after = end._id
  }
}
