import { NotFound } from '../base/errors.js'
import { BrokenQuestionSets, hashOf, inWords, readFolder, setsFolder } from './reading/files.js'
import { allFrozen, keepFrozen } from './records.js'
import type { QuestionSet } from './rules/set.js'
import { byVersion, keyOf, newest, type Named } from './rules/versions.js'

/** Read once: sets change with the program, not while it runs. */
let shipped: ReadonlyMap<string, QuestionSet> | null = null
/** Those that were asked, as they were then; what is asked from here on comes in by `freeze`. */
const frozen = new Map<string, QuestionSet>()

/**
 * At start, before anything is asked. Returns the sets in use whose file has changed: their questionnaires go on with what
 * was asked.
 * @throws BrokenQuestionSets with every fault, file and line.
 */
export async function openQuestionSets(folder = setsFolder): Promise<{ changed: string[] }> {
  shipped = readShipped(folder)
  frozen.clear()
  for (const { _id, set } of await allFrozen()) frozen.set(_id, set)
  return { changed: changedInUse() }
}

/** The set as it was asked, else as it is shipped. */
export function questionSet(id: string, version: string): QuestionSet {
  const key = keyOf({ id, version })
  const set = frozen.get(key) ?? shippedSets().get(key)
  if (!set) throw new NotFound()
  return set
}

/** What may be asked from today: of each set the newest version, by id. */
export function currentSets(): QuestionSet[] {
  return newest(
    [...shippedSets().keys()].map((key) => frozen.get(key) ?? (shippedSets().get(key) as QuestionSet)),
  )
}

/** Every version there is, also those whose file is gone; by id, the newest first. */
export function allSets(): QuestionSet[] {
  const all = new Map([...shippedSets(), ...frozen])
  return [...all.values()].toSorted((a, b) => (a.id === b.id ? byVersion(b, a) : a.id < b.id ? -1 : 1))
}

/** Before the first questionnaire with it goes out, and harmless after: from then on the set is what it was. */
export async function freeze(set: QuestionSet): Promise<QuestionSet> {
  // A campaign freezes the same set two thousand times.
  const known = frozen.get(keyOf(set))
  if (known) return known
  const { _id, set: kept } = await keepFrozen(set, hashOf(set))
  frozen.set(_id, kept)
  return kept
}

export function isFrozen(named: Named): boolean {
  return frozen.has(keyOf(named))
}

export function hasFile(named: Named): boolean {
  return shippedSets().has(keyOf(named))
}

/** Sets in use whose file says something else by now: the change needs a new version. */
export function changedInUse(): string[] {
  return [...frozen].flatMap(([key, set]) => {
    const file = shippedSets().get(key)
    return file && hashOf(file) !== hashOf(set) ? [key] : []
  })
}

function shippedSets(): ReadonlyMap<string, QuestionSet> {
  shipped ??= readShipped(setsFolder)
  return shipped
}

function readShipped(folder: string): ReadonlyMap<string, QuestionSet> {
  const files = readFolder(folder)
  const faults = inWords(files)
  if (faults.length > 0)
    throw new BrokenQuestionSets(
      ['The question sets cannot be used:', ...faults.map((one) => `  ${one}`)].join('\n'),
    )
  return new Map(files.flatMap(({ set }) => (set ? [[keyOf(set), set] as const] : [])))
}
