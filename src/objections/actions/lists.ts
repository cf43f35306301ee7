import { staffMembers } from '../../auth/actions/people.js'
import { customerNamesByReferences } from '../../customers/actions.js'
import {
  countObjectionsAsked,
  fillObjectionListings,
  noticesObjectedTo,
  objectionsAsked,
} from '../records/lists.js'
import type { ObjectionQuery } from '../rules/lists.js'

const pageSize = 50

/** One page of the list, and what its filters offer. */
export async function objectionListPage(query: ObjectionQuery) {
  await fillObjectionListings()
  const [page, count, names, notices, customers] = await Promise.all([
    objectionsAsked(query, pageSize),
    countObjectionsAsked(query),
    staffMembers().then((people) => new Map(people.map(({ _id, name }) => [_id, name]))),
    noticesObjectedTo(),
    customerNamesByReferences(query.filters['customer'] ?? []),
  ])
  return { ...page, count, names, notices, customers }
}
