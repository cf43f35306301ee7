import { beginAudit } from '../../src/audits/actions/begin.js'
import { moveAudit, moveTest } from '../../src/audits/actions/move.js'
import { auditAtWork } from '../../src/audits/actions/read.js'
import type { Audit } from '../../src/audits/rules/audit.js'
import type { Person } from '../../src/auth/request.js'
import type { Tilsyn } from '../support/app.js'
import { anAudit } from './declared.js'

/** A year's audit whose controls are all tested and whose texts are written: management's review is all it lacks. */
export async function testedAudit(
  tilsyn: Tilsyn,
  lead: Person,
  changes: Partial<Audit> = {},
): Promise<Audit> {
  const context = tilsyn.context({ kind: 'staff', id: lead._id })
  const year = Number(tilsyn.today().slice(0, 4))
  const period = { from: `${year}-01-01`, to: `${year}-12-31` }
  const begun = await beginAudit(context, { year, period, lead: lead._id })
  const { tests } = await auditAtWork(begun.reference)
  for (const test of tests)
    await moveTest(
      context,
      test,
      { tester: lead._id, methods: ['inspection'], testedOn: tilsyn.today(), result: 'no-exception' },
      { event: 'audit-test.result-set', facts: { result: 'no-exception' } },
    )
  const { scope, plan, risks, threats, changesSinceLast, conclusion } = anAudit()
  return moveAudit(
    context,
    begun,
    { scope, plan, risks, threats, changesSinceLast, conclusion, ...changes },
    { event: 'audit.scope-changed', facts: {} },
  )
}

export const reviewForm = {
  on: '2026-11-20',
  participants: 'Mads Holm (direktør)\nKaren Østergård (DPO)',
  'review[da]': 'Ledelsen har gennemgået resultatet.',
  'review[en]': 'Management has gone through the results.',
}
