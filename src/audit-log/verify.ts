import { canonical, breaksAt, genesis, personalHash, type Break, type Entry } from './rules.js'
import { entryId, erasedEvent } from './actions.js'
import { headSequence, sealsAfter, sealsOf } from './records/chain.js'
import { countUnsealed, entriesById, hasEvent, personalById, sealedIds } from './records/entries.js'
import { movedModels, recordsAfter, type MovedModel, type MovedRecord } from './records/moved.js'

export type Verification = {
  whole: boolean
  /** Links of the chain that were recomputed. */
  sealed: number
  /** Entries still waiting to be sealed. */
  waiting: number
  /** Entries whose personal values have been erased, and the erasure logged. */
  erased: number
  /** Moves of records compared with their entries. */
  moves: number
  /** At most a hundred: the first say where to look. */
  breaks: Break[]
}

const batch = 500
const mostBreaks = 100

/**
 * Recomputes the whole chain from the first entry and compares it with the entries, their personal values and the
 * records' own moves. Reads in batches: its memory does not grow with the log.
 */
export async function verifyLog(): Promise<Verification> {
  const result: Verification = { whole: true, sealed: 0, waiting: 0, erased: 0, moves: 0, breaks: [] }
  await verifyChain(result)
  await verifyMarks(result)
  for (const model of movedModels()) await verifyMoves(result, model)
  result.waiting = await countUnsealed()
  result.whole = result.breaks.length === 0
  return result
}

function isFull({ breaks }: Verification): boolean {
  return breaks.length >= mostBreaks
}

async function verifyChain(result: Verification): Promise<void> {
  let sequence = 0
  let previous = genesis
  // Read before the chain: what is sealed meanwhile only makes it longer.
  const head = await headSequence()
  for (;;) {
    const seals = await sealsAfter(sequence, batch)
    const entries = await entriesById(seals.map(({ entry }) => entry))
    for (const seal of seals) {
      result.breaks.push(...breaksAt(seal, sequence + 1, previous, entries.get(seal.entry)))
      sequence = seal._id
      previous = seal.hash
      result.sealed += 1
    }
    await verifyPersonal(result, [...entries.values()])
    if (isFull(result)) return
    if (seals.length < batch) break
  }
  if (sequence < head) result.breaks.push({ reason: 'end-missing', sequence: sequence + 1, entry: null })
}

async function verifyPersonal(result: Verification, entries: Entry[]): Promise<void> {
  const hashed = entries.filter((entry) => entry.personalHash !== null)
  if (hashed.length === 0) return
  const personal = await personalById(hashed.map(({ _id }) => _id))
  const erased = new Map<string, boolean>()
  for (const entry of hashed) {
    const values = personal.get(entry._id)
    const record = `${entry.kind}/${entry.about}`
    if (values) {
      if (personalHash(values) !== entry.personalHash)
        result.breaks.push({ reason: 'personal-changed', sequence: null, entry: entry._id })
      continue
    }
    if (!erased.has(record)) erased.set(record, await hasEvent(entry.kind, entry.about, erasedEvent))
    if (erased.get(record)) result.erased += 1
    else result.breaks.push({ reason: 'personal-missing', sequence: null, entry: entry._id })
  }
}

/** Entries that say they are sealed and have no seal: put in past the chain, or their seal was taken out. */
async function verifyMarks(result: Verification): Promise<void> {
  for (let after = ''; !isFull(result);) {
    const ids = await sealedIds(after, batch)
    const sealed = await sealsOf(ids)
    for (const id of ids)
      if (!sealed.has(id)) result.breaks.push({ reason: 'entry-unsealed', sequence: null, entry: id })
    if (ids.length < batch) return
    after = ids.at(-1)!
  }
}

async function verifyMoves(result: Verification, model: MovedModel): Promise<void> {
  for (let after = ''; !isFull(result);) {
    const records = await recordsAfter(model, after, batch)
    const settled = records.filter(({ unlogged }) => !unlogged)
    const ids = settled.flatMap((record) => record.moves.map(({ version }) => idOf(model, record, version)))
    const entries = await entriesById(ids)
    for (const record of settled)
      for (const move of record.moves) {
        const id = idOf(model, record, move.version)
        const entry = entries.get(id)
        result.moves += 1
        if (!entry) result.breaks.push({ reason: 'move-unlogged', sequence: null, entry: id })
        else if (told(entry) !== told(move))
          result.breaks.push({ reason: 'move-differs', sequence: null, entry: id })
      }
    if (records.length < batch) return
    after = records.at(-1)!._id
  }
}

function idOf(model: MovedModel, record: MovedRecord, version: number): string {
  return entryId(model.modelName, record._id, version)
}

function told({ event, at, by, facts }: Pick<Entry, 'event' | 'at' | 'by' | 'facts'>): string {
  return canonical({ event, at, by: { kind: by.kind, id: by.id }, facts })
}
