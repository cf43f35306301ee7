import type { Day } from '../../base/day.js'
import {
  adequacyOn,
  basisProblems,
  instructionCovers,
  isHeld,
  judgeLinks,
  rightModule,
  withRegions,
  type Basis,
  type CountryCode,
  type DecisionFacts,
  type Law,
  type Link,
  type SccModule,
  type Transfer,
  type TransferInstruction,
} from '../../transfers/rules.js'
import type { EngagementFacts } from './engagement.js'

/**
 * How an engagement stands on a decision that ends or is narrowed.
 * - 'falls': no other basis holds, so it has none from that day.
 * - 'fallback': another basis holds already, and carries it alone.
 * - 'check': the decision still carries it if the recipient is within what it now covers.
 * - 'released': a country comes into the EEA, so what goes there is no transfer any more.
 * Of a country that leaves the EEA: 'falls' what becomes a transfer without a basis, 'fallback' what has one already.
 */
export type StandingKind = 'falls' | 'fallback' | 'check' | 'released'
export const standingKinds = [
  'falls',
  'check',
  'fallback',
  'released',
] as const satisfies readonly StandingKind[]

/** The law with the decision as it was, and as it is after the change; judged on the first day of the change. */
export type Change = { decision: DecisionFacts; before: Law; after: Law; on: Day }

type Judged = Pick<EngagementFacts, 'storageCountries' | 'accessCountries' | 'transfers' | 'role'>

/** Null where the engagement does not stand on it: nothing goes there, or the decision did not carry it before either. */
export function standingOf(engagement: Judged, change: Change): StandingKind | null {
  const kinds = countriesOf(engagement, change.decision).flatMap(
    (country) => standingIn(engagement, country, change) ?? [],
  )
  return standingKinds.find((kind) => kinds.includes(kind)) ?? null
}

/** The countries in which the engagement's transfers name what the decision is about; of a membership, those that go with the state. */
export function countriesOf(
  { transfers, storageCountries, accessCountries }: Judged,
  decision: DecisionFacts,
): CountryCode[] {
  if (decision.kind === 'membership') {
    const concerned = withRegions(decision.country ?? '')
    return [...new Set([...storageCountries, ...accessCountries])].filter((code) => concerned.includes(code))
  }
  return [...new Set(transfers.filter((each) => isBy(each, decision)).map(({ country }) => country))]
}

function standingIn(engagement: Judged, country: CountryCode, change: Change): StandingKind | null {
  const { decision, before, after, on } = change
  const judged = (law: Law) => {
    const { storageCountries, accessCountries, transfers, role } = engagement
    return judgeLinks(law, storageCountries, accessCountries, transfers, on, role).find(
      (link) => link.country === country,
    )
  }
  const now = judged(before)
  const then = judged(after)
  if (decision.kind === 'membership') return membershipKind(now, then)
  if (!now || !then) return null
  const own = (transfer: Transfer) => isBy(transfer, decision)
  // A basis that is dead already carries nothing before either; it still has to be replaced.
  const carried =
    decision.kind === 'dead-basis' ||
    now.transfers.some(({ transfer, problems }) => own(transfer) && holds(problems))
  if (!carried) return null
  if (then.state !== 'lawful') return 'falls'
  const withoutIt = then.transfers.filter(({ transfer }) => !own(transfer))
  const still = then.transfers.filter(({ transfer, problems }) => own(transfer) && holds(problems))
  if (still.length === 0 || isHeld(then.uses, withoutIt)) return 'fallback'
  return still.some(({ problems }) =>
    problems.some(({ text }) => text === 'adequacy-limited' || text === 'adequacy-narrowed'),
  )
    ? 'check'
    : null
}

/** A link is there only where a basis is needed. */
function membershipKind(now: Link | undefined, then: Link | undefined): StandingKind | null {
  if (now && !then) return 'released'
  if (now || !then) return null
  return then.state === 'lawful' ? 'fallback' : 'falls'
}

function isBy({ country, basis }: Transfer, decision: DecisionFacts): boolean {
  if (decision.kind === 'dead-basis')
    return basis === decision._id && (decision.country === null || decision.country === country)
  return country === decision.country && (basis === 'adequacy' || basis === 'adequacy-dpf')
}

function holds(problems: ReturnType<typeof basisProblems>): boolean {
  return problems.every(({ severity }) => severity === 'warning')
}

/** A basis that could carry the transfer after the change; the module where it is the clauses. */
export type PossibleBasis = { basis: Basis; module?: SccModule }

/**
 * What could carry the transfers instead: adequacy where a decision of one kind is left on every country, else the clauses or group
 * rules, each with an assessment. Not article 49: it carries no standing supplier.
 */
export function possibleBases(
  law: Law,
  countries: readonly CountryCode[],
  day: Day,
  { role, transfers }: Pick<Judged, 'role' | 'transfers'>,
): PossibleBasis[] {
  const decided = new Set(countries.map((country) => adequacyBasis(law, country, day)))
  const [adequacy = null] = decided.size === 1 ? decided : []
  const exporter = transfers.find(({ country }) => countries.includes(country))?.exporter
  return [
    ...(adequacy === null ? [] : [{ basis: adequacy }]),
    { basis: 'scc-2021', module: rightModule(role, exporter) },
    { basis: 'bcr-p' },
  ]
}

function adequacyBasis(law: Law, country: CountryCode, day: Day): 'adequacy' | 'adequacy-dpf' | null {
  const adequacy = adequacyOn(law, country, day)
  if (adequacy === null) return null
  return adequacy.requiresListing === undefined ? 'adequacy' : 'adequacy-dpf'
}

/** Of the customers that buy what the engagement is for: for how many each basis is instructed, and of how many it must be asked. */
export type Covered = PossibleBasis & { covered: number; toAsk: number }

export function addCustomers(
  counts: readonly Covered[],
  countries: readonly CountryCode[],
  instruction: TransferInstruction,
  customers = 1,
): Covered[] {
  return counts.map((count) => {
    const covers = countries.every((country) =>
      instructionCovers({ country, basis: count.basis }, instruction),
    )
    return covers
      ? { ...count, covered: count.covered + customers }
      : { ...count, toAsk: count.toAsk + customers }
  })
}
