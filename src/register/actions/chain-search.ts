import type { Day } from '../../base/day.js'
import { bringListsUpToDate, engagementsFound, spansMapped } from '../records.js'

/** More links than anybody reads through. */
const mostFound = 5000

/** Ids of the links that the words find, as they are called now or were called on the list of the day; null where no word was given. */
export async function foundInChain(search: string, on: Day, today: Day): Promise<Set<string> | null> {
  if (search === '') return null
  await bringListsUpToDate(today)
  const [now, then] = await Promise.all([
    engagementsFound(search, mostFound),
    on === today ? [] : spansMapped(on, { search, country: '' }),
  ])
  return now && new Set([...now, ...then.map(({ engagement }) => engagement)])
}
