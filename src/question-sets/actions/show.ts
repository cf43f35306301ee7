import { NotFound } from '../../base/errors.js'
import { allSets, changedInUse, currentSets, hasFile, isFrozen, questionSet } from '../actions.js'
import type { Listed } from '../page/list.js'
import type { QuestionSet } from '../rules/set.js'
import { keyOf } from '../rules/versions.js'

/** How many questionnaires ask it: known to the room that asks them. */
export type UsesOf = (set: { id: string; version: string }) => Promise<number>

export async function setsToList(usesOf: UsesOf): Promise<Listed[]> {
  const current = new Set(currentSets().map(keyOf))
  const changed = new Set(changedInUse())
  return Promise.all(
    allSets().map(async (set) => ({
      set,
      uses: await usesOf(set),
      current: current.has(keyOf(set)),
      frozen: isFrozen(set),
      changed: changed.has(keyOf(set)),
      hasFile: hasFile(set),
    })),
  )
}

/** The one asked for by key, else the version before, else any other of the sets; null where there is no other. */
export function setToCompare(set: QuestionSet, key: string): QuestionSet | null {
  const others = allSets().filter((other) => keyOf(other) !== keyOf(set))
  if (key !== '') {
    const [id = '', version = ''] = key.split('@')
    if (!others.some((other) => keyOf(other) === key)) throw new NotFound()
    return questionSet(id, version)
  }
  const ofIt = others.filter(({ id }) => id === set.id)
  const all = allSets().filter(({ id }) => id === set.id)
  const at = all.findIndex((one) => keyOf(one) === keyOf(set))
  return all[at + 1] ?? ofIt[0] ?? others[0] ?? null
}
