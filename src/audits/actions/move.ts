import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { Audits } from '../records/audits.js'
import { Tests } from '../records/tests.js'
import type { Audit, Test } from '../rules/audit.js'

// The facts of a move are ids, days, counts, states: from them the year can be recomputed.

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export function moveAudit(
  context: Context,
  audit: Audit,
  changes: Partial<Audit>,
  said: Said,
): Promise<Audit> {
  return mustMove(context, Audits, audit, changes, said)
}

/** As `moveAudit`, of one control's test. Whether the audit still is open is asked before. */
export function moveTest(context: Context, test: Test, changes: Partial<Test>, said: Said): Promise<Test> {
  return mustMove(context, Tests, test, changes, said)
}
