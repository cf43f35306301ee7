import type { Actor } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { ApprovalKind, NewApproval } from './list.js'

/** Approvals that begin, by day. */
export type Opening = {
  engagement: string
  kind: ApprovalKind
  notice: string | null
  of: Record<Day, string[]>
  /** Entered so late that they are over already. */
  to?: Day
}

/** Approvals that end. `customers`: null for all; `held`: how many of them had it approved on that day or later. */
export type Closing = {
  engagement: string
  customers: string[] | null
  to: Day
  notice: string | null
  held: number
}

/** What the log says of it: of an engagement or a customer. */
export type Saying = {
  event: string
  about: { kind: 'engagement' | 'customer'; id: string }
  facts: Record<string, unknown>
  personal?: Record<string, unknown>
}

/** A correction of an approval, or a purchase with which a list is accepted. */
export type OnlyAfter =
  | { correction: string; customer: string; engagement: string }
  | { services: readonly string[]; customer: string; from: Day }

/**
 * What is to be written of approvals, and the log of it, kept from before the first of it until after the last: a kill in between
 * leaves no list half written, and no list that the log does not tell of. `only`: nothing of it is written unless that has been done.
 */
export type Writing = {
  _id: string
  at: Date
  today: Day
  by: Actor
  opens: Opening[]
  closes: Closing[]
  says: Saying[]
  only?: OnlyAfter
}

export function openingsOf(rows: readonly NewApproval[]): Opening[] {
  const found = new Map<string, Opening>()
  for (const { engagement, kind, notice, customer, from, to } of rows) {
    const key = JSON.stringify([engagement, kind, notice, to])
    const opening = found.get(key) ?? {
      engagement,
      kind,
      notice,
      of: {},
      ...(to === undefined ? {} : { to }),
    }
    ;(opening.of[from] ??= []).push(customer)
    found.set(key, opening)
  }
  return [...found.values()]
}

export function rowsOf({ of, ...rest }: Opening): NewApproval[] {
  return Object.entries(of).flatMap(([from, customers]) =>
    customers.map((customer) => ({ customer, from, ...rest })),
  )
}

/** What was accepted with its list at signing. */
export function acceptedIn({ engagement, of }: Opening): Saying {
  const facts = {
    customers: Object.values(of).reduce((sum, customers) => sum + customers.length, 0),
    from: Object.keys(of).toSorted()[0],
    // Ids, so that every customer's list on any day follows from the log alone.
    of,
  }
  return { event: 'engagement.accepted-at-signing', about: { kind: 'engagement', id: engagement }, facts }
}

/** `left`: by how many it still is approved then: with none left it is off the list of all customers together. */
export function endedIn({ engagement, customers, to, notice, held }: Closing, left: number): Saying {
  const facts = { customers: held, to, notice, left, of: customers ?? 'all' }
  return { event: 'engagement.approvals-ended', about: { kind: 'engagement', id: engagement }, facts }
}

/** Rows of the same customer stay together, so that no list is written by halves. */
export function inParts(rows: readonly NewApproval[], most: number): NewApproval[][] {
  const parts: NewApproval[][] = []
  let part: NewApproval[] = []
  for (const row of rows) {
    if (part.length >= most && part.at(-1)?.customer !== row.customer) {
      parts.push(part)
      part = []
    }
    part.push(row)
  }
  return part.length === 0 ? parts : [...parts, part]
}
