import { moveRecorded, mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { Objections } from '../records.js'
import type { Objection } from '../rules.js'
import { objectionListing } from '../rules/lists.js'

/** One move, with its entry in the log; null where somebody was quicker. */
export function tryMove(
  context: Context,
  objection: Objection,
  changes: Partial<Objection>,
  said: Said,
): Promise<Objection | null> {
  return moveRecorded(context, Objections, objection, withListing(objection, changes), said)
}

/** The same. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export function moveTo(
  context: Context,
  objection: Objection,
  changes: Partial<Objection>,
  said: Said,
): Promise<Objection> {
  return mustMove(context, Objections, objection, withListing(objection, changes), said)
}

function withListing(objection: Objection, changes: Partial<Objection>): Partial<Objection> {
  return { ...changes, ...objectionListing({ ...objection, ...changes }) }
}
