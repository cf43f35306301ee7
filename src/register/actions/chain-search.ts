import type { Day } from '../../base/day.js'
import { bringListsUpToDate, engagementsFound } from '../records.js'

/** More links than anybody reads through. */
const mostFound = 5000

/** Ids of the links that the words find, as they are called now; null where no word was given. */
export async function foundInChain(search: string, today: Day): Promise<Set<string> | null> {
  if (search === '') return null
  await bringListsUpToDate(today)
  const ids = await engagementsFound(search, mostFound)
  return ids && new Set(ids)
}
