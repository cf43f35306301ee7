import { addMonths, type Day } from '../../base/day.js'
import { countryOf } from '../countries.js'
import { clausesProblems, tiaProblems, type ImporterRole } from './clauses.js'
import { adequacyOn, decisionsAbout, endOf, endsSoon, needsCheck, type Law } from './decisions.js'
import { isEea } from './memberships.js'
import { problem, type BasisProblem } from './problem.js'
import { isDead, type DeadBasis, type Transfer } from './transfer.js'

export type { ImporterRole } from './clauses.js'
export { isDead, type Transfer } from './transfer.js'

/** A DPF listing is renewed every year, so an older look-up says nothing about today; months. */
export const listingHoldsMonths = 12

/**
 * What stands against the basis in law on the day; empty if nothing. Whether the customer has instructed it is another
 * question, see `instructionCovers`: the two are never merged (C.6 may be narrower than chapter V).
 */
export function basisProblems(
  law: Law,
  transfer: Transfer,
  day: Day,
  role: ImporterRole = 'sub-processor',
): BasisProblem[] {
  if (countryOf(transfer.country) === null) return [problem('refused', 'unknown-country', {})]
  if (isDead(transfer.basis)) return deadProblems(law, transfer, transfer.basis, day)
  if (isEea(law, transfer.country, day))
    return [problem('warning', 'not-needed', { country: transfer.country })]
  return [...problemsOf(law, transfer, day, role), ...furtherLinkProblems(transfer)]
}

/** The basis has ended since it was entered: a finding on record, which an edit of something else may leave as it is. */
export function endedInLaw({ text }: BasisProblem): boolean {
  return text.startsWith('dead-') || text === 'adequacy-ended' || text === 'adequacy-expired'
}

function problemsOf(law: Law, transfer: Transfer, day: Day, role: ImporterRole): BasisProblem[] {
  switch (transfer.basis) {
    case 'adequacy':
    case 'adequacy-dpf':
      return adequacyProblems(law, transfer, day)
    case 'scc-2021':
      return [...clausesProblems(law, transfer, day, role), ...tiaProblems(law, transfer, day)]
    case 'bcr-p':
      return [...groupRulesProblems(transfer, day), ...tiaProblems(law, transfer, day)]
    case 'art-49':
      // The derogations are read narrowly and never carry a standing supplier (EDPB Guidelines 2/2018).
      return [problem('critical', 'derogation-not-standing', { country: transfer.country })]
    default:
      return []
  }
}

function deadProblems(law: Law, { country, signedOn }: Transfer, basis: DeadBasis, day: Day): BasisProblem[] {
  const decision = law.decisions.find(({ _id }) => _id === basis)
  const ended = decision?.ended
  // Repealed before it ended: from then on it carried what had been signed, and nobody could sign it any more.
  const repealed = decision?.scopes.find(({ limited }) => limited)?.from
  const tooLate = repealed !== undefined && signedOn !== undefined && signedOn >= repealed
  const lived = ended && day < ended.on && !tooLate
  const facts = { basis, country, ...(ended ? { by: ended.by, day: ended.on } : {}) }
  return [problem(lived ? 'warning' : 'refused', `dead-${basis}`, facts)]
}

function adequacyProblems(law: Law, transfer: Transfer, day: Day): BasisProblem[] {
  const { country, basis } = transfer
  const ever = decisionsAbout(law, country).filter(({ kind }) => kind === 'adequacy')
  const listed = ever.some(({ scopes }) => scopes.some((scope) => scope.requiresListing !== undefined))
  if (basis === 'adequacy-dpf' && !listed) return [problem('refused', 'dpf-elsewhere', { country })]
  const adequacy = adequacyOn(law, country, day)
  if (adequacy === null) return [noAdequacy(transfer, ever, day)]
  const { decision, requiresListing } = adequacy
  const facts = { country, decision: decision.number }
  if (requiresListing !== undefined && basis === 'adequacy')
    return [problem('refused', 'adequacy-for-listed-only', { ...facts, list: requiresListing })]
  const end = endOf(decision)
  return [
    ...(requiresListing === undefined ? [] : listingProblems(transfer, day)),
    ...(requiresListing === undefined && adequacy.limited
      ? scopeProblems(transfer, { ...facts, ...inBoth('scope', adequacy.scope) }, adequacy.scopeFrom, day)
      : []),
    ...(endsSoon(decision, day) && end !== null
      ? [
          decision.ended?.on === end
            ? problem('warning', 'adequacy-ends-by', { ...facts, day: end, by: decision.ended.by })
            : problem('warning', 'adequacy-ends', { ...facts, day: end }),
        ]
      : []),
    ...(needsCheck(decision, day)
      ? [problem('warning', 'decision-unchecked', { ...facts, day: decision.checked.on })]
      : []),
  ]
}

/** Which of them came nearest: one to come, one that was ended, one that ran out; or none there ever was. */
function noAdequacy({ country }: Transfer, ever: Law['decisions'], day: Day): BasisProblem {
  const past = ever.find(({ from }) => from <= day)
  const facts = { country, decision: past?.number ?? '' }
  if (past?.ended && past.ended.on <= day)
    return problem('refused', 'adequacy-ended', { ...facts, day: past.ended.on, by: past.ended.by })
  if (past?.until) return problem('refused', 'adequacy-expired', { ...facts, day: past.until })
  const coming = ever.at(-1)
  return coming
    ? problem('refused', 'adequacy-not-yet', { country, day: coming.from, decision: coming.number })
    : problem('refused', 'no-adequacy', { country })
}

function scopeProblems(
  { withinScope }: Transfer,
  facts: Record<string, string>,
  scopeFrom: Day,
  day: Day,
): BasisProblem[] {
  const checkedOn = withinScope?.checkedOn
  if (checkedOn === undefined || checkedOn > day) return [problem('warning', 'adequacy-limited', facts)]
  // Looked at before the decision was narrowed, it says nothing about what the decision covers now.
  return checkedOn < scopeFrom
    ? [problem('warning', 'adequacy-narrowed', { ...facts, day: checkedOn, since: scopeFrom })]
    : []
}

/** The exact entity, on the EU-U.S. list itself, active, for the data in question, looked up within the year. */
function listingProblems({ country, listingCheckedOn, listing }: Transfer, day: Day): BasisProblem[] {
  const found: BasisProblem[] = []
  if (listing?.status === 'inactive') found.push(problem('critical', 'listing-inactive', { country }))
  if (listing?.status === 'other-framework')
    found.push(problem('critical', 'listing-other-framework', { country }))
  if (listing?.covers?.length && !listing.covers.includes('non-hr'))
    found.push(problem('critical', 'listing-hr-only', { country }))
  if (listingCheckedOn === undefined || listingCheckedOn > day)
    return [...found, problem('warning', 'listing-unchecked', { country })]
  if (addMonths(listingCheckedOn, listingHoldsMonths) < day)
    found.push(problem('warning', 'listing-stale', { country, day: listingCheckedOn }))
  // What is known to lead nowhere, or is to be looked up again anyway, is asked nothing more.
  if (found.length === 0 && (listing?.status === undefined || !listing.covers?.length))
    found.push(problem('warning', 'listing-details-missing', { country }))
  if (listing?.entity === undefined) found.push(problem('warning', 'listing-entity-missing', { country }))
  return found
}

function groupRulesProblems({ country, groupRules }: Transfer, day: Day): BasisProblem[] {
  const { group, authority, approvedOn } = groupRules ?? {}
  if (approvedOn !== undefined && approvedOn > day)
    return [problem('critical', 'bcr-not-approved', { country, day: approvedOn })]
  // Art. 47(1): they are what an authority has approved, and bind that group alone.
  return group === undefined || authority === undefined || approvedOn === undefined
    ? [problem('warning', 'bcr-unrecorded', { country })]
    : []
}

/** Where an EEA vendor is the exporter, its own link is what we record: who signed with whom. */
function furtherLinkProblems({ country, basis, exporter, parties }: Transfer): BasisProblem[] {
  if (exporter !== 'vendor' || basis !== 'scc-2021') return []
  return parties?.exporter && parties.importer ? [] : [problem('warning', 'parties-missing', { country })]
}

function inBoth(name: string, text: { da: string; en: string }): Record<string, string> {
  return { [`${name}.da`]: text.da, [`${name}.en`]: text.en }
}
