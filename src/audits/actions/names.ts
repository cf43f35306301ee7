import { peopleByIds } from '../../auth/actions/people.js'
import { allAudits } from '../records/audits.js'
import type { Audit, Test } from '../rules/audit.js'

/** The people an audit names: who leads, who tests, who wrote last. */
export async function namesIn(
  audits: readonly Audit[],
  tests: readonly Test[] = [],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set([
    ...audits.map(({ lead }) => lead),
    ...tests.flatMap(({ tester }) => tester ?? []),
    ...[...audits, ...tests].flatMap(({ moves }) => moves.at(-1)?.by.id ?? []),
  ])
  return new Map((await peopleByIds([...ids])).map(({ _id, name }) => [_id, name]))
}

/** References by id, of all audits: one a year. */
export async function auditReferences(): Promise<ReadonlyMap<string, string>> {
  return new Map((await allAudits()).map(({ _id, reference }) => [_id, reference]))
}
