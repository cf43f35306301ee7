import type { DecisionFacts } from '../../transfers/rules.js'

/** A stored decision as its form names the fields. */
export function decisionFields(decision: DecisionFacts) {
  const scope = decision.scopes.at(-1)
  return {
    number: decision.number,
    name: decision.name,
    from: decision.from,
    until: decision.until ?? '',
    endedOn: decision.ended?.on ?? '',
    endedBy: decision.ended?.by ?? '',
    limited: scope?.limited ?? false,
    requiresListing: scope?.requiresListing ?? '',
    scope: scope?.text ?? { da: '', en: '' },
    // Only what was narrowed has a scope that began on a day of its own.
    scopeFrom: decision.kind === 'adequacy' && decision.scopes.length > 1 ? (scope?.from ?? '') : '',
    source: decision.source,
    sourceUrl: decision.sourceUrl ?? '',
    note: decision.note,
  }
}
