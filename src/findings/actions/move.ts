import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { findingByReference, Findings } from '../records.js'
import { findingListing, type Finding, type FindingChange } from '../rules.js'

export async function findingOf(reference: string): Promise<Finding> {
  const finding = await findingByReference(reference)
  if (!finding) throw new NotFound()
  return finding
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export function moveTo(
  context: Context,
  finding: Finding,
  changes: FindingChange,
  said: Said,
): Promise<Finding> {
  const listed = findingListing({ ...finding, ...changes })
  return mustMove(context, Findings, finding, { ...changes, ...listed }, said)
}
