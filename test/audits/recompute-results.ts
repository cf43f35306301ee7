/** What the controls of an audit came to, and the findings it opened, from the moves of each control alone (C.7). */
import { results, type Result } from '../../src/audits/rules/audit.js'
import { bookOf, type LoggedEntry } from './book.js'

export type Results = { results: Record<string, Record<Result, number>>; findings: string[] }

/** `entries`: those until it was frozen. */
export function recomputeResults(entries: readonly LoggedEntry[], reference: string): Results {
  const log = bookOf(entries)
  const found: Results = { results: {}, findings: [] }
  for (const moves of log.of('audit-test').values()) {
    const [first] = moves
    if (first?.facts['audit'] !== reference) continue
    const area = (first.facts['control'] as string).split('.')[0] ?? ''
    const said = moves.findLast(({ facts }) => 'result' in facts || facts['after'])?.facts
    const result = (said?.['after'] as { result?: Result | null } | undefined)?.result ?? said?.['result']
    const counts = (found.results[area] ??= Object.fromEntries(results.map((each) => [each, 0])) as Record<
      Result,
      number
    >)
    counts[(result as Result | null | undefined) ?? 'not-tested'] += 1
    found.findings.push(...moves.flatMap(({ facts }) => (facts['finding'] as string | undefined) ?? []))
  }
  return { ...found, findings: found.findings.toSorted() }
}
