import type { Day } from '../../base/day.js'
import {
  allServices,
  engagementsToList,
  listForAll,
  listForService,
  listOn,
  noticesBetween,
  vendorsToList,
} from '../records.js'
import {
  correctedAfter,
  differencesBetween,
  knownOn,
  servicesOn,
  versionsAsKnown,
  type Difference,
  type ListRow,
  type Service,
} from '../rules.js'

export type Differences = {
  /** In their order; of many a part. */
  differences: Difference[]
  /** How many there are. */
  count: number
  services: Service[]
  /** Vendors' names by engagement, for the links above the rows. */
  vendors: ReadonlyMap<string, string>
  /** The notices by which each engagement came or went in between. */
  notices: ReadonlyMap<string, string[]>
  /** Those of the engagements whose rows were corrected, or entered late, on either day. */
  corrected: ReadonlyMap<string, ListRow>
  /** Anything on either list was: then a list shown on its own day may have said otherwise. */
  anyCorrected: boolean
}

/** Whose list: of one customer, for one service, of a customer for a service, or of all together. */
export type Whose = { customer?: string | undefined; service?: string | undefined }

/**
 * What changed from one day's list to another's. `asThen`: each list as it was known on its own day, without what was
 * corrected or entered since.
 */
export async function differencesFor(
  { from, to }: { from: Day; to: Day },
  { customer, service }: Whose,
  { asThen = false, part = whole }: { asThen?: boolean; part?: { skip: number; size: number } } = {},
): Promise<Differences> {
  const on = (day: Day) => listFor({ customer, service }, day, asThen ? day : undefined)
  const [before, later, services] = await Promise.all([on(from), on(to), allServices()])
  const after = await comingFrom(before, later)
  const all = differencesBetween(before, after)
  const differences = all.slice(part.skip, part.skip + part.size)
  const rows = [...before, ...after]
  return {
    differences,
    count: all.length,
    services: servicesOn(services, to),
    ...(await toldOf(differences, rows, { from, to }, customer, asThen ? to : undefined)),
    anyCorrected: rows.some(isMarked),
  }
}

const whole = { skip: 0, size: Number.POSITIVE_INFINITY }

function isMarked({ corrections, enteredOn }: ListRow): boolean {
  return corrections.length > 0 || enteredOn !== null
}

/** What was changed twice or more in between comes from the row that stands on the earlier list, not from one between the two. */
async function comingFrom(before: readonly ListRow[], after: ListRow[]): Promise<ListRow[]> {
  const there = new Set(before.map(({ engagement }) => engagement))
  const origins = new Map<string, string>()
  let asked = after.flatMap(({ engagement, continues }) =>
    continues === undefined || there.has(engagement) || there.has(continues) ? [] : [continues],
  )
  while (asked.length > 0) {
    const found = await engagementsToList([...new Set(asked)])
    const links = found.flatMap(({ _id, continues }) =>
      continues === undefined ? [] : [[_id, continues] as const],
    )
    asked = links.flatMap(([id, continues]) => (origins.has(id) || there.has(continues) ? [] : [continues]))
    for (const [id, continues] of links) origins.set(id, continues)
  }
  return after.map((row) => {
    let { continues } = row
    while (continues !== undefined && !there.has(continues)) continues = origins.get(continues)
    return continues === undefined ? row : { ...row, continues }
  })
}

/** What is told beside the differences, of the rows they are about. */
export async function toldOf(
  differences: readonly Difference[],
  rows: readonly ListRow[],
  { from, to }: { from: Day; to: Day },
  customer?: string,
  known?: Day,
): Promise<Pick<Differences, 'vendors' | 'notices' | 'corrected'>> {
  const changed = new Set(
    differences.map((each) => (each.kind === 'changed' ? each.after.engagement : each.row.engagement)),
  )
  const those = rows.filter(({ engagement }) => changed.has(engagement))
  const [notices, vendors] = await Promise.all([
    noticesBetween([...changed], { after: from, until: to }, customer),
    vendorsAbove(those, to, known),
  ])
  const marked = those.filter(isMarked)
  return { notices, vendors, corrected: new Map(marked.map((row) => [row.engagement, row])) }
}

/** The list on a day. `known`: as it was known then; else as it is known now. */
export async function listFor({ customer, service }: Whose, day: Day, known?: Day): Promise<ListRow[]> {
  const rows = await wholeListFor({ customer, service }, day, known)
  return rows.map((row) => correctedAfter(row, day))
}

async function wholeListFor({ customer, service }: Whose, day: Day, known?: Day): Promise<ListRow[]> {
  if (customer !== undefined) return rowsFor(service, await listOn(customer, day, known))
  return service === undefined ? listForAll(day, known) : listForService(service, day, known)
}

export function rowsFor(service: string | undefined, rows: ListRow[]): ListRow[] {
  return service === undefined ? rows : rows.filter(({ content }) => content.services.includes(service))
}

/** Whom each link of the chain above the rows is, by engagement, under the name it had on the day. */
export async function vendorsAbove(
  rows: readonly Pick<ListRow, 'content'>[],
  on: Day,
  known?: Day,
): Promise<Map<string, string>> {
  const parents = rows.flatMap(({ content }) => (content.parent === null ? [] : [content.parent]))
  if (parents.length === 0) return new Map()
  const engagements = await engagementsToList([...new Set(parents)])
  const vendors = await vendorsToList(engagements.map(({ vendor }) => vendor))
  return new Map(
    engagements.flatMap(({ _id, vendor: id }) => {
      const vendor = vendors.find((each) => each._id === id)
      return vendor ? [[_id, knownOn(versionsAsKnown(vendor, known), on).content.name] as const] : []
    }),
  )
}
