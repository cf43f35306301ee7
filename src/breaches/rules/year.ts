/** A year's breaches in figures, for the internal audit (C.7): each counted from what it names. */
import type { AffectedCustomer } from './affected.js'
import type { Breach } from './breach.js'
import { isInTime, minutesBetween } from './clock.js'

export type BreachInYear = {
  reference: string
  role: Breach['role']
  state: Breach['state']
  vendorReference: string | null
  awareAt: Date
  phases: number
  risk: string | null
  affected: number
  told: number
  /** Minutes from when we knew to when the customer was told; null where nobody was. */
  shortest: number | null
  longest: number | null
  /** Told within 24 hours, and within the hours agreed with that customer. */
  within24: number
  withinAgreed: number
  authorityMinutes: number | null
}

export type BreachYear = {
  year: number
  breaches: BreachInYear[]
  count: number
  open: number
  /** Where nobody was affected: recorded all the same. */
  nobodyAffected: number
  affected: number
  told: number
  shortest: number | null
  longest: number | null
  within24: number
  withinAgreed: number
  /** Customers clause 10 gives hours to: what `withinAgreed` is out of. */
  owed: number
  references: string[]
}

export type Notified = Pick<AffectedCustomer, 'toldAt' | 'until' | 'hours'>

export function breachInYear(breach: Breach, customers: readonly Notified[]): BreachInYear {
  const { awareAt, role } = breach
  const minutes = customers.flatMap(({ toldAt }) => (toldAt ? [minutesBetween(awareAt, toldAt)] : []))
  const timely = (until: (each: Notified) => Date | null) =>
    customers.filter((each) => {
      const end = until(each)
      return each.toldAt !== null && end !== null && isInTime(each.toldAt, end)
    }).length
  return {
    reference: breach.reference,
    role,
    state: breach.state,
    vendorReference: breach.vendorReference,
    awareAt,
    phases: breach.phases.length,
    risk: breach.risk?.conclusion ?? null,
    affected: customers.length,
    told: minutes.length,
    shortest: least(minutes),
    longest: most(minutes),
    within24: role === 'processor' ? timely(() => new Date(awareAt.getTime() + 24 * 3_600_000)) : 0,
    withinAgreed: timely(({ until }) => until),
    authorityMinutes: breach.authority ? minutesBetween(awareAt, breach.authority.toldAt) : null,
  }
}

/** Hours to notice are those of clause 10: what D.2.2 asks for waits for the authority, and is counted apart. */
export function breachYear(
  year: number,
  found: readonly { breach: Breach; customers: readonly Notified[] }[],
): BreachYear {
  const breaches = found.map(({ breach, customers }) => breachInYear(breach, customers))
  const clause10 = breaches.filter(({ role }) => role === 'processor')
  const sum = (of: readonly BreachInYear[], field: 'affected' | 'told' | 'within24' | 'withinAgreed') =>
    of.reduce((total, each) => total + each[field], 0)
  return {
    year,
    breaches,
    count: breaches.length,
    open: found.filter(({ breach }) => breach.open).length,
    nobodyAffected: found.filter(({ breach, customers }) => breach.nobody !== null && customers.length === 0)
      .length,
    affected: sum(breaches, 'affected'),
    told: sum(breaches, 'told'),
    shortest: least(clause10.flatMap(({ shortest }) => shortest ?? [])),
    longest: most(clause10.flatMap(({ longest }) => longest ?? [])),
    within24: sum(clause10, 'within24'),
    withinAgreed: sum(clause10, 'withinAgreed'),
    owed: sum(clause10, 'affected'),
    references: breaches.map(({ reference }) => reference),
  }
}

function least(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values)
}

function most(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b))
}
