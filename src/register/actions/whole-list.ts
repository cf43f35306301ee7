/** The list of all customers together, a page at a time: found by its spans, and shown from the records. */
import type { Day } from '../../base/day.js'
import type { Mapped } from '../../transfers/map.js'
import { mappedSpans } from '../page/map.js'
import {
  allServices,
  approvalCounts,
  anyCorrected,
  anySpan,
  countListed,
  countSpans,
  engagementRows,
  engagementsTurning,
  firstListed,
  listOfThese,
  spanPage,
  spanRows,
  spansMapped,
  wasLateOn,
  whileListsStand,
  type SpanFilter,
  type SpanRow,
} from '../records.js'
import {
  differencesBetween,
  differencesFound,
  lackingOnList,
  plannedForList,
  servicesOn,
  type EngagementRow,
  type ListRow,
} from '../rules.js'
import { toldOf, type Differences } from './differences.js'

export type WholeListPage = {
  /** With by how many customers each is approved. */
  rows: ListRow[]
  next: string | null
  previous: string | null
  count: { count: number; capped: boolean }
  /** Something is on the list of the day, whatever was searched for. */
  any: boolean
  /** What was known on that day was, or may have been, another list than is known now. */
  differs: boolean
}

/** Few: each is read, judged and counted, and the rest is a click or a search away; the export has the whole. */
const rowsAPage = 25

/** `stamp`: of lists that are up to date, as `listsUpToDate` gives it. `cursor`: of the page before or after, from its address. */
export async function wholeListPage(
  stamp: string | null,
  filter: SpanFilter,
  day: Day,
  { today, cursor }: { today: Day; cursor: string | undefined },
): Promise<WholeListPage> {
  const { service, search, country } = filter
  // What people search for is without end, and not remembered.
  const kept = search === '' ? stamp : null
  const [page, count, differs] = await Promise.all([
    spanPage(day, filter, cursor, rowsAPage),
    whileListsStand(kept, `count/${day}/${service ?? ''}/${country}`, () => countSpans(day, filter)),
    day < today && whileListsStand(stamp, `differs/${day}/${service ?? ''}`, () => mayDiffer(day, service)),
  ])
  const any = page.rows.length > 0 || (await anySpan(day, service))
  const ids = page.rows.map(({ engagement }) => engagement)
  const customers = await whileListsStand(kept, `customers/${day}/${ids.join()}`, () =>
    approvalCounts(day, ids),
  )
  return { ...page, rows: await listOfThese(customers, page.rows, day), count, any, differs }
}

/** Whether what was known on that day is, or may be, another list than is known now. */
async function mayDiffer(day: Day, service: string | undefined): Promise<boolean> {
  const [late, corrected] = await Promise.all([wasLateOn(day), anyCorrected(day, service, day)])
  return late || corrected
}

/**
 * What changed from one day's list to another's, as known now: `part` of it, counted from 0. Only what begins or ends in between
 * can differ, so only that is read. The lists must be up to date.
 */
export async function wholeDifferences(
  { from, to }: { from: Day; to: Day },
  service: string | undefined,
  part: { skip: number; size: number },
): Promise<Differences> {
  const turning = await engagementsTurning({ after: from, until: to })
  const [old, fresh, services, ...corrected] = await Promise.all([
    spanRows(turning, from, service),
    spanRows(turning, to, service),
    allServices(),
    anyCorrected(from, service),
    anyCorrected(to, service),
  ])
  const found = differencesFound(old, fresh)
  const shown = new Set(found.slice(part.skip, part.skip + part.size).map(({ engagement }) => engagement))
  const rowsOn = async (rows: readonly SpanRow[], day: Day) => {
    const those = rows.filter(({ engagement }) => shown.has(engagement))
    const ids = those.map(({ engagement }) => engagement)
    return listOfThese(await approvalCounts(day, ids), those, day)
  }
  const [before, after] = await Promise.all([rowsOn(old, from), rowsOn(fresh, to)])
  const differences = differencesBetween(before, after)
  return {
    differences,
    count: found.length,
    services: servicesOn(services, to),
    ...(await toldOf(differences, [...before, ...after], { from, to })),
    anyCorrected: corrected.includes(true),
  }
}

/** The first so many sub-processors that are entered and that no customer has approved, and whether there are more. */
export async function firstPlanned(count: number): Promise<{ rows: EngagementRow[]; more: boolean }> {
  const ids = await firstListed(plannedForList, count + 1)
  return { rows: await engagementRows(ids.slice(0, count)), more: ids.length > count }
}

/** How many on today's list lack something that customers may ask for. */
export async function countLackingAt(stamp: string | null): Promise<number> {
  return whileListsStand(stamp, lackingOnList, () => countListed(lackingOnList))
}

/** What is drawn of everything on the list of the day, until any of it changes. `key`: whatever else it follows from. */
export async function drawnOfList<Drawn>(
  stamp: string | null,
  day: Day,
  key: string,
  draw: (records: Mapped[]) => Promise<Drawn>,
): Promise<Drawn> {
  return whileListsStand(stamp, `list/${day}/${key}`, async () =>
    draw(mappedSpans(await spansMapped(day, { search: '', country: '' }))),
  )
}
