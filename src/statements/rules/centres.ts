import type { Day } from '../../base/day.js'
import { plainAddress } from '../../register/rules.js'
import { sortOf, type SortOf } from './kinds.js'
import type { CoveredSite, Statement } from './statement.js'
import { deadReason, isAccepted, reliedOnUntil, usualTerms, type Terms } from './validity.js'

/**
 * Why a data centre is not shown to hold what C.2 asks. In the order of how near it is: where several papers fail, the reason of
 * the nearest is given.
 */
const centreReasons = [
  'not-concluded',
  'expired',
  'other-address',
  'carved-out',
  'adverse',
  'disclaimer',
  'wrong-entity',
  'rejected',
  'dead',
  'kind',
  'none',
  'no-operator',
] as const
export type CentreReason = (typeof centreReasons)[number]

export type CentreVerdict =
  | { ok: true; statement: Statement; site: CoveredSite; equivalent: boolean }
  | { ok: false; reason: CentreReason; statement: Statement | null }

/** C.2 names it; whatever else counts is a matter of the agreement. */
const demanded: SortOf = 'isae-3402/2'

/**
 * C.2: "data centres that are used maintain ISAE 3402 type 2 statements". A statement shows it where it was accepted, is of that
 * kind or of one the agreement counts as equivalent, names this address as part of its scope, and is not overdue.
 * `statements`: those of the operator, and of suppliers its own statement leaves to their own (carve-out).
 */
export function judgeCentre(
  { address, country }: { address: string; country: string },
  statements: readonly Statement[],
  equivalents: readonly SortOf[],
  today: Day,
  terms: Terms = usualTerms,
): CentreVerdict {
  let nearest: CentreVerdict = { ok: false, reason: 'none', statement: null }
  for (const statement of statements) {
    const verdict = judged({ address, country }, statement, equivalents, today, terms)
    if (verdict === null) continue
    if (verdict.ok) {
      if (!verdict.equivalent) return verdict
      if (!nearest.ok) nearest = verdict
    } else if (!nearest.ok && isNearer(verdict.reason, nearest.reason)) nearest = verdict
  }
  return nearest
}

function isNearer(one: CentreReason, other: CentreReason): boolean {
  return centreReasons.indexOf(one) < centreReasons.indexOf(other)
}

function judged(
  place: { address: string; country: string },
  statement: Statement,
  equivalents: readonly SortOf[],
  today: Day,
  terms: Terms,
): CentreVerdict | null {
  const { facts, state, conclusion, checklist } = statement
  const no = (reason: CentreReason): CentreVerdict => ({ ok: false, reason, statement })
  if (state === 'withdrawn' || state === 'requested' || statement.replacedBy !== null) return null
  if (facts === null) return no('not-concluded')
  if (facts.kind === 'bridge-letter') return null
  const sort = sortOf(facts)
  if (sort !== demanded && !equivalents.includes(sort)) return no('kind')
  if (deadReason(facts, today)) return no('dead')
  if (checklist.entity?.answer === 'no') return no('wrong-entity')
  if (facts.opinion === 'adverse' || facts.opinion === 'disclaimer') return no(facts.opinion)
  if (conclusion?.verdict === 'rejected') return no('rejected')
  const site = facts.sites.find((each) => isSameAddress(each, place))
  if (!site) return no('other-address')
  if (site.carvedOut) return no('carved-out')
  const until = reliedOnUntil(facts, terms)
  if (until === null || until < today) return no('expired')
  if (!isAccepted(statement)) return no('not-concluded')
  return { ok: true, statement, site, equivalent: sort !== demanded }
}

/**
 * A report may write 'Herstedvang 8, Albertslund' of what the register calls 'Herstedvang 8, 2620 Albertslund': the same street and
 * number, and no postcode or town that says otherwise.
 */
export function isSameAddress(
  one: { address: string; country: string },
  other: { address: string; country: string },
): boolean {
  if (one.country !== '' && other.country !== '' && one.country !== other.country) return false
  const [a, b] = [wordsOf(one.address), wordsOf(other.address)]
  if (a.join(' ') === b.join(' ')) return a.length > 0
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  // A town alone, or a street without its number, is no address.
  const hasNumber = few.some((word, at) => at > 0 && /^\d{1,4}[a-z]?$/.test(word))
  return few.length >= 3 && hasNumber && few[0] === many[0] && few.every((word) => many.includes(word))
}

function wordsOf(address: string): string[] {
  return plainAddress(address)
    .replace(/\bdk-(?=\d{4}\b)/g, '')
    .split(/[\s/()-]+/)
    .filter((word) => word !== '' && !['denmark', 'danmark', 'dk'].includes(word))
}
