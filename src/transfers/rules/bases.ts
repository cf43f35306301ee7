import type { Day } from '../../base/day.js'
import { addMonths } from '../../base/day.js'
import { adequacyOn, countryOf, endedBases, isEea, type CountryCode, type EndedBasis } from '../countries.js'

export type LiveBasis = 'adequacy' | 'adequacy-dpf' | 'scc-2021' | 'bcr-p' | 'art-49'
export type DeadBasis = 'privacy-shield' | 'safe-harbour' | 'scc-2010' | 'scc-2001'
export type Basis = LiveBasis | DeadBasis

const liveBases = [
  'adequacy',
  'adequacy-dpf',
  'scc-2021',
  'bcr-p',
  'art-49',
] as const satisfies readonly LiveBasis[]
/** Still found in old papers, so they can be named; and then they are refused with the reason. */
const deadBases = [
  'privacy-shield',
  'safe-harbour',
  'scc-2010',
  'scc-2001',
] as const satisfies readonly DeadBasis[]
export const bases = [...liveBases, ...deadBases] as const

export type SccModule = 1 | 2 | 3 | 4

/** What data sent to, or seen from, one country outside the EEA stands on. */
export type Transfer = {
  country: CountryCode
  basis: Basis
  module?: SccModule
  signedOn?: Day
  tia?: { concludedOn?: Day; reviewOn?: Day }
  /** When the importer was last looked up on the active EU-U.S. DPF list. */
  listingCheckedOn?: Day
  /** Who sends the data out of the EEA: we, or an EEA vendor in its own next link. Left out: we do. */
  exporter?: 'us' | 'vendor'
  supplementary?: string
  note?: string
}

/** - `refused`: may not be entered. - `critical`: no lawful basis as it stands. - `warning`: lawful, with something left to do. */
export type Severity = 'refused' | 'critical' | 'warning'

/** `text` is a key below `transfers:problem.`; facts that are days or codes are shown in the reader's language. */
export type BasisProblem = { severity: Severity; text: string; facts: Record<string, string> }

/** Who the vendor is decides which module of the clauses fits: P→P, or C→P and C→C where we are controller ourselves. */
export type ImporterRole = 'sub-processor' | 'own-vendor' | 'independent-controller'

const moduleFor: Record<ImporterRole, SccModule> = {
  'sub-processor': 3,
  'own-vendor': 2,
  'independent-controller': 1,
}

const endedIds: Record<DeadBasis, string> = {
  'safe-harbour': 'safe_harbor',
  'privacy-shield': 'privacy_shield',
  'scc-2001': 'scc_2001_2004',
  'scc-2010': 'scc_2010',
}

/** Decision (EU) 2021/914 of 4 June 2021 has applied since this day; nobody can have signed its clauses before. */
const sccSince: Day = '2021-06-27'
/** A DPF listing is renewed every year, so an older look-up says nothing about today. */
const listingHoldsMonths = 12

export function isDead(basis: Basis): basis is DeadBasis {
  return (deadBases as readonly string[]).includes(basis)
}

/** Which ruling or decision ended the basis, and from which day. */
function endOf(basis: DeadBasis): EndedBasis {
  const ended = endedBases.find(({ id }) => id === endedIds[basis])
  if (!ended) throw new Error(`no facts about ${basis}`)
  return ended
}

/** Clauses and group rules bind the parties, not the importer's state: Schrems II asks for an assessment of its law. */
export function needsTia(transfer: Transfer): boolean {
  return transfer.basis === 'scc-2021' || transfer.basis === 'bcr-p'
}

/**
 * What stands against the basis in law on the day; empty if nothing. Whether the customer has instructed it is another
 * question, see `instructionCovers`.
 */
export function basisProblems(
  transfer: Transfer,
  day: Day,
  role: ImporterRole = 'sub-processor',
): BasisProblem[] {
  if (countryOf(transfer.country) === null) return [problem('refused', 'unknown-country', {})]
  if (isDead(transfer.basis)) return deadProblems(transfer, transfer.basis, day)
  if (isEea(transfer.country)) return [problem('warning', 'not-needed', { country: transfer.country })]
  switch (transfer.basis) {
    case 'adequacy':
    case 'adequacy-dpf':
      return adequacyProblems(transfer, day)
    case 'scc-2021':
      return [...sccProblems(transfer, day, role), ...tiaProblems(transfer, day)]
    case 'bcr-p':
      return tiaProblems(transfer, day)
    case 'art-49':
      // The derogations are read narrowly and never carry a standing supplier (EDPB Guidelines 2/2018).
      return [problem('critical', 'derogation-not-standing', { country: transfer.country })]
  }
}

function deadProblems(transfer: Transfer, basis: DeadBasis, day: Day): BasisProblem[] {
  const ended = endOf(basis)
  const facts = {
    basis,
    decision: ended.decision,
    by: ended.by,
    day: ended.invalidFrom,
    country: transfer.country,
  }
  return [problem(day >= ended.invalidFrom ? 'refused' : 'warning', `dead-${basis}`, facts)]
}

function adequacyProblems(transfer: Transfer, day: Day): BasisProblem[] {
  const { country, basis } = transfer
  const listing = countryOf(country)?.adequacy?.requiresListing
  if (basis === 'adequacy-dpf' && listing === undefined)
    return [problem('refused', 'dpf-elsewhere', { country })]
  const decision = adequacyOn(country, day)
  if (decision === null) {
    const once = countryOf(country)?.adequacy
    if (once && day < once.date) return [problem('refused', 'adequacy-not-yet', { country, day: once.date })]
    if (once?.expires) return [problem('refused', 'adequacy-expired', { country, day: once.expires })]
    return [problem('refused', 'no-adequacy', { country })]
  }
  const listed = decision.requiresListing !== undefined
  if (listed && basis === 'adequacy') return [problem('refused', 'adequacy-for-listed-only', { country })]
  if (listed) return listingProblems(transfer, day)
  return decision.limited ? [problem('warning', 'adequacy-limited', { country, scope: country })] : []
}

function listingProblems({ country, listingCheckedOn }: Transfer, day: Day): BasisProblem[] {
  if (listingCheckedOn === undefined) return [problem('warning', 'listing-unchecked', { country })]
  const stale = addMonths(listingCheckedOn, listingHoldsMonths) < day
  return stale ? [problem('warning', 'listing-stale', { country, day: listingCheckedOn })] : []
}

function sccProblems({ country, module, signedOn }: Transfer, day: Day, role: ImporterRole): BasisProblem[] {
  const problems: BasisProblem[] = []
  const right = moduleFor[role]
  if (module === undefined)
    problems.push(problem('critical', 'module-missing', { country, right: String(right) }))
  else if (module !== right) {
    // Module Two in place of Three is common and close to it; One and Four bind the parties to something else altogether.
    const near = role === 'sub-processor' && module === 2
    problems.push(
      problem(near ? 'warning' : 'critical', 'module-wrong', {
        country,
        module: String(module),
        right: String(right),
      }),
    )
  }
  if (signedOn === undefined || signedOn > day)
    problems.push(problem('critical', 'scc-unsigned', { country }))
  else if (signedOn < sccSince) problems.push(problem('refused', 'scc-too-early', { country, day: sccSince }))
  return problems
}

function tiaProblems({ country, tia }: Transfer, day: Day): BasisProblem[] {
  if (tia?.concludedOn === undefined || tia.concludedOn > day)
    return [problem('critical', 'tia-missing', { country })]
  const overdue = tia.reviewOn !== undefined && tia.reviewOn < day
  return overdue ? [problem('warning', 'tia-review-overdue', { country, day: tia.reviewOn ?? '' })] : []
}

function problem(severity: Severity, text: string, facts: Record<string, string>): BasisProblem {
  return { severity, text, facts }
}
