import type { QueryFilter } from 'mongoose'
import { cappedCount, pageAfter, type Page, type Sort } from '../../db/paging.js'
import { searchConditions } from '../../db/search.js'
import { Objections } from '../records.js'
import {
  keysAsked,
  objectionListing,
  type ObjectionListing,
  type ObjectionQuery,
  type ObjectionSort,
} from '../rules/lists.js'
import type { Objection } from '../rules.js'

const sorts: Record<ObjectionSort, Sort> = {
  answer: { field: 'order', direction: 1 },
  received: { field: 'receivedAt', direction: -1 },
  name: { field: 'sortKey', direction: 1 },
}

export function objectionsAsked(query: ObjectionQuery, size: number): Promise<Page<Objection>> {
  const cursor = query.page || undefined
  return pageAfter(Objections, conditions(query), sorts[query.sort as ObjectionSort], cursor, size)
}

export function countObjectionsAsked(query: ObjectionQuery): Promise<{ count: number; capped: boolean }> {
  return cappedCount(Objections, conditions(query))
}

/** The notices customers have objected to, the newest first: what the filter offers. */
export async function noticesObjectedTo(): Promise<string[]> {
  const references: string[] = await Objections.distinct('noticeReference', { noticeReference: { $gt: '' } })
  return references.toSorted().toReversed()
}

const together = 500

/** Records older than the list get what it finds them by; returns how many. One that moves meanwhile has it from its move. */
export async function fillObjectionListings(): Promise<number> {
  let filled = 0
  for (;;) {
    const found = await Objections.find({ order: null } as object)
      .limit(together)
      .lean<Objection[]>()
    if (found.length === 0) return filled
    await Objections.bulkWrite(
      found.map((objection) => ({
        updateOne: {
          filter: { _id: objection._id, version: objection.version },
          update: { $set: objectionListing(objection) as ObjectionListing & Partial<Objection> },
        },
      })),
      { ordered: false },
    )
    filled += found.length
  }
}

function conditions(query: ObjectionQuery): QueryFilter<Objection> {
  const all: QueryFilter<Objection>[] = [
    ...searchConditions<Objection>('tokens', query.q),
    ...keysAsked(query).map((each) => ({ keys: { $in: each } }) as QueryFilter<Objection>),
    ...(query.ids.length > 0 ? [{ reference: { $in: query.ids } }] : []),
  ]
  return all.length === 0 ? {} : { $and: all }
}
