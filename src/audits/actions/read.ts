import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { allAudits, auditById, auditByReference } from '../records/audits.js'
import { testById, testsOf } from '../records/tests.js'
import type { Audit, Test, WholeAudit } from '../rules/audit.js'
import type { Control } from '../rules/controls.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import type { YearFigures } from '../rules/figures.js'
import { controlSet } from './controls.js'
import { figuresOfYear } from './figures.js'

/** Without the year's figures, which take reckoning. */
export type AuditAtWork = Omit<WholeAudit, 'figures'>

/** Throws `NotFound`. */
export async function auditOf(reference: string): Promise<Audit> {
  const audit = await auditByReference(reference)
  if (!audit) throw new NotFound()
  return audit
}

/** Throws `NotFound`. */
export async function auditAtWork(reference: string): Promise<AuditAtWork> {
  const audit = await auditOf(reference)
  const set = controlSet(audit.controlSet.id, audit.controlSet.version)
  return { audit, set, tests: inOrder(await testsOf(audit._id), set.controls) }
}

/** With the year's figures: of one that is frozen those it was frozen with, else as known now. Throws `NotFound`. */
export async function wholeAudit(context: Context, reference: string): Promise<WholeAudit> {
  const atWork = await auditAtWork(reference)
  return { ...atWork, figures: await figuresOf(context, atWork.audit) }
}

export async function figuresOf(context: Context, audit: Audit): Promise<YearFigures> {
  const { frozen, year, period } = audit
  return frozen ? (frozen.facts as DeclarationFacts).figures : figuresOfYear(context, year, period)
}

/** The latest year first, of a year the last edition. */
export async function auditsList(): Promise<Audit[]> {
  return allAudits()
}

export async function auditWithId(id: string): Promise<Audit | null> {
  return auditById(id)
}

/** Throws `NotFound`. */
export async function testOf(audit: Pick<Audit, '_id'>, control: string): Promise<Test> {
  const test = await testById(testId(audit, control))
  if (!test) throw new NotFound()
  return test
}

function testId({ _id }: Pick<Audit, '_id'>, control: string): string {
  return `${_id}/${control}`
}

/** B.2 before B.10, as the set has them. */
function inOrder(tests: readonly Test[], controls: readonly Control[]): Test[] {
  const by = new Map(tests.map((test) => [test.control, test]))
  return controls.flatMap(({ id }) => by.get(id) ?? [])
}
