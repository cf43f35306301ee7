import type { Bilingual } from '../../base/context.js'
import { chainForest, type ChainLink } from './chain.js'
import { vendorsFields, type AskedFact, type Missing, type MissingField } from './completeness.js'
import { roles, type Role } from './engagement.js'

/** A running engagement with all it is asked for, its vendor's facts among them. */
export type AskedRecord = {
  _id: string
  reference: string
  role: Role
  services: string[]
  activity: Bilingual
  parent: string | null
  vendor: string
  vendorReference: string
  vendorName: string
  facts: AskedFact[]
}

/** Something to fill in. `onVendor`: in the vendor's form, where it serves all its engagements. */
export type WorkItem = Missing & { onVendor: boolean }

export function itemsOf({ facts }: Pick<AskedRecord, 'facts'>, only: MissingField | null): WorkItem[] {
  return facts.flatMap(({ missing, ...fact }) =>
    missing && (only === null || fact.field === only)
      ? [{ ...fact, onVendor: vendorsFields.includes(fact.field) }]
      : [],
  )
}

export type WorkFilter = { field: MissingField | null; service: string | null; role: Role | null }

/** What a filter asks of a record, in the keys the lists are found by. What holds everything has none of them. */
export function workKeys({ field, service, role }: WorkFilter): string[] {
  return [
    field === null ? 'missing:any' : `missing:${field}`,
    ...(service === null ? [] : [`service:${service}`]),
    ...(role === null ? [] : [`role:${role}`]),
  ]
}

/**
 * The worklist's order, each part by its keys: sub-processors first, since their details are what customers may ask for,
 * our own links before those further down; then the other vendors.
 */
export function workSections(filter: WorkFilter): string[][] {
  const sections = [
    { role: 'sub-processor' as const, keys: ['role:sub-processor', 'link:own'] },
    { role: 'sub-processor' as const, keys: ['role:sub-processor', 'link:further'] },
    ...roles.filter((role) => role !== 'sub-processor').map((role) => ({ role, keys: [`role:${role}`] })),
  ]
  const wanted = workKeys({ ...filter, role: null })
  return sections
    .filter(({ role }) => filter.role === null || filter.role === role)
    .map(({ keys }) => [...wanted, ...keys])
}

/** Which rows of each section a page shows, when the sections follow each other. */
export function slicesOf(
  counts: readonly number[],
  skip: number,
  size: number,
): { skip: number; limit: number }[] {
  let before = 0
  return counts.map((count) => {
    const from = Math.min(Math.max(0, skip - before), count)
    const until = Math.min(Math.max(0, skip + size - before), count)
    before += count
    return { skip: from, limit: until - from }
  })
}

/** How many links hang on nothing that runs, or in a circle: their place in the chain is what is wrong. */
export function misplacedIn(links: readonly Pick<ChainLink, '_id' | 'parent' | 'ended'>[]): number {
  const whole = links.map((link) => ({
    ...link,
    reference: link._id,
    vendor: '',
    role: 'sub-processor' as const,
    order: '',
  }))
  return chainForest(whole).filter(({ fault }) => fault !== null).length
}
