import type { Day } from '../../base/day.js'
import { danishSortKey, searchTokens } from '../../db/keys.js'
import { sortOf } from './kinds.js'
import type { Exception, Statement } from './statement.js'
import { coveredUntil, isAccepted } from './validity.js'

/** What lists find and sort a statement by; kept on its record, derived from it and its vendor's others. */
export type Listing = {
  tokens: string[]
  keys: string[]
  byVendor: string
  byReceived: string
  /** A day past all others where no next one is expected of this one. */
  byExpected: string
}

export const shows = ['all', 'open', 'accepted', 'rejected', 'withdrawn'] as const
export type Show = (typeof shows)[number]

export type StatementFilter = {
  q: string
  show: Show
  kind: string | null
  sort: 'received' | 'vendor' | 'expected'
}

const never: Day = '9999-12-31'

/** `succeeded`: a later one of the same kind has come, so that this one's successor is no longer waited for. */
export function listingOf(statement: Statement, vendorName: string, succeeded: boolean): Listing {
  const { reference, facts, state, conclusion, expectedOn, receivedOn, request, replacedBy } = statement
  const waits = isAccepted(statement) && !succeeded && expectedOn !== null
  return {
    tokens: searchTokens(
      reference,
      vendorName,
      facts?.issuer,
      facts?.entity,
      facts?.certificate?.number,
      facts?.kind.replaceAll('-', ' '),
      request?.what,
    ),
    keys: [
      ...(state === 'withdrawn' || replacedBy !== null ? ['show:withdrawn'] : ['show:all']),
      ...(['requested', 'received', 'read'].includes(state) ? ['show:open'] : []),
      ...(isAccepted(statement) ? ['show:accepted'] : []),
      ...(conclusion?.verdict === 'rejected' ? ['show:rejected'] : []),
      `state:${state}`,
      ...(facts ? [`kind:${facts.kind}`] : []),
      ...(owesFindings(statement) ? ['todo:findings'] : []),
      ...(isAccepted(statement) && statement.cuecs.some(({ state: is }) => is === 'open')
        ? ['todo:cuecs']
        : []),
    ],
    byVendor: danishSortKey(vendorName),
    byReceived: receivedOn ?? request?.askedOn ?? '',
    byExpected: waits ? (expectedOn ?? never) : never,
  }
}

/** Those of one vendor that a later one of the same kind has taken the place of. */
export function succeededAmong(statements: readonly Statement[]): Set<string> {
  const succeeded = new Set<string>()
  const live = statements.filter(
    ({ facts, state, conclusion }) =>
      facts !== null && state !== 'withdrawn' && conclusion?.verdict !== 'rejected',
  )
  for (const one of live)
    for (const other of live) {
      if (!one.facts || !other.facts || one._id === other._id || sortOf(one.facts) !== sortOf(other.facts))
        continue
      if ((coveredUntil(one.facts) ?? '') < (coveredUntil(other.facts) ?? '')) succeeded.add(one._id)
    }
  return succeeded
}

/** Concluded, with a relevant exception that is open and has no finding yet. */
export function owesFindings({ state, exceptions }: Pick<Statement, 'state' | 'exceptions'>): boolean {
  return state === 'concluded' && exceptions.some(needsFinding)
}

export function needsFinding({ relevance, state, finding }: Exception): boolean {
  return relevance === 'relevant' && state === 'open' && finding === null
}
