/** How customers come to a link further down the chain, and whose place it has taken. */
import type { ChainLink } from './chain.js'
import type { EngagementBody } from './engagement.js'

/** How customers come to a link further down: it came with the one above it, or it is new to them and they are told first. */
export const furtherStandings = ['with-above', 'by-notice'] as const

/** Whether customers are asked about a further link by itself: it was planned as new to them, or changes what they approved. */
export function isAskedByItself({
  askedByItself = false,
  continues,
}: Pick<EngagementBody, 'askedByItself' | 'continues'>): boolean {
  return askedByItself || continues !== undefined
}

/** A further link that would be new to customers, and of which nobody has said yet how they come to it. */
export function awaitsNotice({
  role,
  parent,
  askedByItself,
  inUse,
  endedOn,
}: Pick<EngagementBody, 'role' | 'parent' | 'askedByItself' | 'inUse' | 'endedOn'>): boolean {
  const further = role === 'sub-processor' && parent !== null && endedOn === null
  return further && askedByItself !== true && inUse.since === null
}

/**
 * By the earlier form of an engagement the one that has taken its place among these: while some customers still have the earlier one, the
 * links below hang on that (decision 16).
 */
export function takenPlaces(links: readonly Pick<ChainLink, '_id' | 'continues'>[]): Map<string, string> {
  const there = new Set(links.map(({ _id }) => _id))
  return new Map(
    links.flatMap(({ _id, continues }): [string, string][] =>
      continues === undefined || there.has(continues) ? [] : [[continues, _id]],
    ),
  )
}
