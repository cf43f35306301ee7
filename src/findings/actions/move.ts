import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { findingByReference, Findings, moveFinding } from '../records.js'
import type { Finding, FindingChange } from '../rules.js'

export async function findingOf(reference: string): Promise<Finding> {
  const finding = await findingByReference(reference)
  if (!finding) throw new NotFound()
  return finding
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  context: Context,
  finding: Finding,
  changes: FindingChange,
  move: { event: string; facts: Record<string, unknown>; personal?: Record<string, unknown> },
): Promise<Finding> {
  const moved = await moveFinding(finding, changes, { at: context.now, by: context.actor, ...move })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Findings, moved)
  return moved
}
