import type { Bilingual } from '../../base/context.js'
import { addDays, addMonths, laterOf, type Day } from '../../base/day.js'
import type { CountryCode } from '../countries.js'

/**
 * - `adequacy`: a decision under GDPR art. 45. - `dead-basis`: what a transfer could once stand on, kept to recognise it.
 * - `membership`: in the EU or the EEA by a treaty, so that what goes there is no transfer; see `memberships.ts`.
 */
export type DecisionKind = 'adequacy' | 'dead-basis' | 'membership'

/**
 * What a decision covers from a day on. A later ruling may narrow it; what it covered before stays on record.
 * `limited`: part of the country only, as `text` says; of a membership: no member any more, and treated as one by an agreement.
 * `requiresListing`: only those on the list of that name.
 */
export type Scope = { from: Day; limited: boolean; requiresListing?: string; text: Bilingual; by?: string }

/** `on` is the first day it no longer holds; `by` the ruling or decision that ended it, `source` where that was found. */
export type Ending = { on: Day; by: string; source?: string }

/** When it was last compared with its source, and by which person; null: before it was shipped with Tilsyn. */
type Check = { on: Day; by: string | null }

export type DecisionContent = {
  kind: DecisionKind
  /** A country or an international organisation; null where the basis was for all of them. */
  country: CountryCode | null
  number: string
  name: Bilingual
  from: Day
  /** The last day it holds unless it is renewed; null: no end is planned. */
  until: Day | null
  ended: Ending | null
  /** In the order of their days; the first from the decision's own. */
  scopes: Scope[]
  source: string
  sourceUrl?: string
  checked: Check
  note: Bilingual
}

/** A decision as rules read it. Its id is what a dead basis is called, or country and year: 'GB-2021'. */
export type DecisionFacts = DecisionContent & { _id: string }

/** The law as it is on record: loaded once by whoever asks (`lawNow`), and handed to every rule that judges by it. */
export type Law = { decisions: readonly DecisionFacts[] }

/** The law, and the day by which something is judged. */
export type LawOn = { law: Law; day: Day }

/** The decision that holds, with what it covers on that day. */
export type Adequacy = {
  decision: DecisionFacts
  limited: boolean
  requiresListing?: string
  scope: Bilingual
  scopeFrom: Day
}

/** Facts about the law are compared with their sources at least this often; months. Ours, not the law's: once a year. */
const checkHoldsMonths = 12
/** A planned end is warned of this long before: a TIA, clauses and a notice period of months have to fit in; months. */
const endWarningMonths = 12

export function holdsOn({ from, until, ended }: DecisionFacts, day: Day): boolean {
  return day >= from && (until === null || day <= until) && (ended === null || day < ended.on)
}

export function scopeOn({ scopes }: DecisionFacts, day: Day): Scope | null {
  return scopes.findLast(({ from }) => from <= day) ?? scopes[0] ?? null
}

const byCountry = new WeakMap<Law['decisions'], Map<CountryCode, DecisionFacts[]>>()

/** The newest first. Sorted out once for each law: a page asks of thousands of engagements. */
export function decisionsAbout({ decisions }: Law, code: CountryCode): DecisionFacts[] {
  let known = byCountry.get(decisions)
  if (!known) {
    known = new Map()
    for (const decision of decisions.toSorted((a, b) => (a.from < b.from ? 1 : -1))) {
      const { country } = decision
      if (country !== null) known.set(country, [...(known.get(country) ?? []), decision])
    }
    byCountry.set(decisions, known)
  }
  return known.get(code) ?? []
}

/** The adequacy decision that holds for the country on the day; null for the EEA, which needs none. */
export function adequacyOn(law: Law, code: CountryCode, day: Day): Adequacy | null {
  const decision = decisionsAbout(law, code).find((each) => each.kind === 'adequacy' && holdsOn(each, day))
  const scope = decision && scopeOn(decision, day)
  if (!decision || !scope) return null
  const { limited, requiresListing, text, from } = scope
  return {
    decision,
    limited,
    ...(requiresListing === undefined ? {} : { requiresListing }),
    scope: text,
    scopeFrom: from,
  }
}

/** The first day it will hold, or holds, no longer: by a ruling, or as planned. */
export function endOf({ until, ended }: DecisionFacts): Day | null {
  const planned = until === null ? null : addDays(until, 1)
  if (ended === null) return planned
  return planned !== null && planned < ended.on ? planned : ended.on
}

/** It holds, and its end is known and so near that what must follow has to begin. */
export function endsSoon(decision: DecisionFacts, day: Day): boolean {
  const end = endOf(decision)
  return holdsOn(decision, day) && end !== null && day >= addMonths(end, -endWarningMonths)
}

/** Not compared with its source for a year. A basis that is dead stays dead, so only what may still change is asked. */
export function needsCheck(decision: DecisionFacts, day: Day): boolean {
  const open = decision.kind !== 'dead-basis' && (endOf(decision) ?? day) >= day
  return open && addMonths(decision.checked.on, checkHoldsMonths) < day
}

/** The law as it would be if the decision ended so, or never did (null); for what stands on it before and after. */
export function lawIfEnded(law: Law, id: string, ended: Ending | null): Law {
  const changed = (decision: DecisionFacts): DecisionFacts =>
    decision._id === id ? { ...decision, ended, until: ended === null ? null : decision.until } : decision
  return { decisions: law.decisions.map(changed) }
}

/** The law as it would be if the decision covered only that from the scope's day on. */
export function lawIfLimited(law: Law, id: string, scope: Scope): Law {
  return {
    decisions: law.decisions.map((decision) =>
      decision._id === id ? { ...decision, scopes: withScope(decision.scopes, scope) } : decision,
    ),
  }
}

/** A scope for the same day takes the other's place. */
export function withScope(scopes: readonly Scope[], scope: Scope): Scope[] {
  return [...scopes.filter(({ from }) => from !== scope.from), scope].toSorted((a, b) =>
    a.from < b.from ? -1 : 1,
  )
}

/** The day on which what stands on a decision is judged without it: its end, or today where that is past or not known. */
export function dayWithout(decision: DecisionFacts, today: Day): Day {
  return laterOf(endOf(decision) ?? today, today)
}
