import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { Audits, moveAuditRecord } from '../records/audits.js'
import { moveTestRecord, Tests } from '../records/tests.js'
import type { Audit, Test } from '../rules/audit.js'

/** `facts`: ids, days, counts, states, from which the year can be recomputed; `personal`: names and free text. */
type Step = { event: string; facts: Record<string, unknown>; personal?: Record<string, unknown> }

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function moveAudit(
  context: Context,
  audit: Audit,
  changes: Partial<Audit>,
  move: Step,
): Promise<Audit> {
  const moved = await moveAuditRecord(audit, changes, { at: context.now, by: context.actor, ...move })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Audits, moved)
  return moved
}

/** As `moveAudit`, of one control's test. Whether the audit still is open is asked before. */
export async function moveTest(
  context: Context,
  test: Test,
  changes: Partial<Test>,
  move: Step,
): Promise<Test> {
  const moved = await moveTestRecord(test, changes, { at: context.now, by: context.actor, ...move })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Tests, moved)
  return moved
}
