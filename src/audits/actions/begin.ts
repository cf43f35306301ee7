import { record } from '../../audit-log/actions.js'
import { staffMembers } from '../../auth/actions/people.js'
import { allows } from '../../auth/permissions.js'
import type { Person } from '../../auth/request.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { firstMove } from '../../db/moves.js'
import { auditBefore, Audits, insertAudit } from '../records/audits.js'
import { forgetTests, insertTests, Tests, testsOf } from '../records/tests.js'
import type { Audit, Test } from '../rules/audit.js'
import { newAudit, newTests, type Beginning, type Last } from '../rules/begin.js'
import { currentControlSet, keepSet } from './controls.js'

/** Staff who may test controls, by name. */
export async function testers(): Promise<Person[]> {
  return (await staffMembers()).filter(
    ({ role, state }) => state === 'active' && allows(role, 'audits:write'),
  )
}

/** C.7: the data protection officer leads the audit. */
export async function leads(): Promise<Person[]> {
  return (await staffMembers()).filter(({ role, state }) => state === 'active' && role === 'dpo')
}

/** What the audit of that year would begin from: the last one of an earlier year. */
export async function lastBefore(year: number): Promise<Last | null> {
  const audit = await auditBefore(year)
  return audit && { audit, tests: await testsOf(audit._id) }
}

/**
 * Begins a year's audit with the controls of today, from the last one's scope, plan and testers; nothing is carried over as done.
 * Refused: `audit-year-taken` where the year has one, `audit-lead-no-dpo`.
 */
export async function beginAudit(context: Context, input: Beginning & { sample?: boolean }): Promise<Audit> {
  const { year, period, lead, sample = false } = input
  if (!sample && !(await leads()).some(({ _id }) => _id === lead)) throw new Refused('audit-lead-no-dpo')
  const set = await keepSet(currentControlSet())
  const last = await lastBefore(year)
  const staff = new Set((await testers()).map(({ _id }) => _id))
  const by = { at: context.now, by: context.actor }
  const _id = newId()
  const draft = newAudit({ year, period, lead }, set, last)
  const tests = newTests(_id, set, last, staff).map((test): Test => {
    const facts = { audit: draft.reference, control: test.control, tester: test.tester }
    return { ...test, ...firstMove({ ...by, event: 'audit-test.added', facts }) }
  })
  // The tests first: an audit that is there has all its controls. Those of one that came second are nobody's.
  await insertTests(tests)
  const audit = await insertAudit({
    ...draft,
    _id,
    sample,
    ...firstMove({
      ...by,
      event: 'audit.begun',
      facts: {
        reference: draft.reference,
        year,
        edition: draft.edition,
        period,
        controlSet: draft.controlSet,
        controls: tests.length,
        from: last?.audit.reference ?? null,
        lead,
      },
    }),
  })
  if (!audit) {
    await forgetTests(_id)
    throw new Refused('audit-year-taken', { year })
  }
  await record(Audits, audit)
  await record(Tests, tests)
  return audit
}
