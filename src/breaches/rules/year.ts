/** A year's breaches in figures, for the internal audit (C.7): each counted from what it names. */
import type { AffectedCustomer } from './affected.js'
import type { Breach } from './breach.js'
import { hoursFrom, isInTime, lastInstant, minutesBetween, usualHours } from './clock.js'

export type BreachInYear = {
  reference: string
  role: Breach['role']
  state: Breach['state']
  open: boolean
  /** It was concluded that nobody's data were affected. */
  nobody: boolean
  /** It was found to be none. */
  none: boolean
  vendorReference: string | null
  awareAt: Date
  phases: number
  risk: string | null
  affected: number
  told: number
  /** Minutes from when we knew that it concerned the customer to when that was told; null where nobody was. */
  shortest: number | null
  longest: number | null
  /** Told within 24 hours, and within the hours agreed with that customer. */
  within24: number
  withinAgreed: number
  authorityMinutes: number | null
}

export type BreachYear = {
  breaches: BreachInYear[]
  count: number
  open: number
  /** Where nobody was affected: recorded all the same. */
  nobodyAffected: string[]
  affected: number
  told: number
  shortest: number | null
  longest: number | null
  within24: number
  withinAgreed: number
  /** Customers clause 10 gives hours to: what `withinAgreed` is out of. */
  owed: number
  references: string[]
  /** Reported, and found to be none: no breaches of the year, but kept. */
  notBreaches: string[]
}

export type Notified = Pick<AffectedCustomer, 'toldAt' | 'until' | 'foundAt'>

/** Takes a breach's customers as they pass: of thousands only the counts are kept. */
export function countingOf(breach: Breach): {
  add: (customers: readonly Notified[]) => void
  end: () => BreachInYear
} {
  const { awareAt, role } = breach
  const counts = { affected: 0, told: 0, within24: 0, withinAgreed: 0 }
  let [shortest, longest]: [number | null, number | null] = [null, null]
  return {
    add: (customers) => {
      for (const { toldAt, until, foundAt = null } of customers) {
        counts.affected += 1
        if (toldAt === null) continue
        counts.told += 1
        const from = hoursFrom(breach, { foundAt })
        const minutes = minutesBetween(from, toldAt)
        shortest = shortest === null ? minutes : Math.min(shortest, minutes)
        longest = longest === null ? minutes : Math.max(longest, minutes)
        if (role === 'processor' && isInTime(toldAt, lastInstant(from, usualHours))) counts.within24 += 1
        if (until !== null && isInTime(toldAt, until)) counts.withinAgreed += 1
      }
    },
    end: () => ({
      reference: breach.reference,
      role,
      state: breach.state,
      open: breach.open,
      nobody: breach.nobody !== null && counts.affected === 0,
      none: Boolean(breach.noBreach),
      vendorReference: breach.vendorReference,
      awareAt,
      phases: breach.phases.length,
      risk: breach.risk?.conclusion ?? null,
      ...counts,
      shortest,
      longest,
      authorityMinutes: breach.authority ? minutesBetween(awareAt, breach.authority.toldAt) : null,
    }),
  }
}

/** Hours to notice are those of clause 10: what D.2.2 asks for waits for the authority, and is counted apart. */
export function breachYear(found: BreachInYear[]): BreachYear {
  const breaches = found.filter(({ none }) => !none)
  const clause10 = breaches.filter(({ role }) => role === 'processor')
  const sum = (of: readonly BreachInYear[], field: 'affected' | 'told' | 'within24' | 'withinAgreed') =>
    of.reduce((total, each) => total + each[field], 0)
  return {
    breaches,
    count: breaches.length,
    open: breaches.filter(({ open }) => open).length,
    nobodyAffected: breaches.filter(({ nobody }) => nobody).map(({ reference }) => reference),
    affected: sum(breaches, 'affected'),
    told: sum(breaches, 'told'),
    shortest: least(clause10.flatMap(({ shortest }) => shortest ?? [])),
    longest: most(clause10.flatMap(({ longest }) => longest ?? [])),
    within24: sum(clause10, 'within24'),
    withinAgreed: sum(clause10, 'withinAgreed'),
    owed: sum(clause10, 'affected'),
    references: breaches.map(({ reference }) => reference),
    notBreaches: found.filter(({ none }) => none).map(({ reference }) => reference),
  }
}

function least(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values)
}

function most(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b))
}
