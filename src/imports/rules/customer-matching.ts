import { plainName } from './names.js'
import type { CustomerPart, CustomerRow } from './customer-rows.js'
import { numberKey } from './matches.js'
import { changedFields, type Say } from './plan.js'

export type Group = { part: CustomerPart; rows: CustomerRow[] }

export function numberOf({ general }: CustomerPart): string | null {
  return numberKey(general.registration)
}

/**
 * Rows about the same customer: the same number in a register, or the same name where registration numbers do not differ. The
 * registration number alone does not do: a municipality's institutions share its number and are customers of their own.
 */
export function grouped(rows: readonly CustomerRow[], say: Say): Group[] {
  const groups: Group[] = []
  const byReference = new Map<string, Group>()
  const byName = new Map<string, Group[]>()
  for (const row of rows) {
    const { reference } = row.customer
    const number = numberOf(row.customer)
    const name = plainName(row.customer.name)
    const named = byName.get(name) ?? []
    const group =
      (reference === undefined ? undefined : byReference.get(reference)) ??
      named.find(
        ({ part }) =>
          (number === null || [null, number].includes(numberOf(part))) &&
          (reference === undefined || [undefined, reference].includes(part.reference)),
      )
    if (!group) {
      const fresh = { part: row.customer, rows: [row] }
      groups.push(fresh)
      if (reference !== undefined) byReference.set(reference, fresh)
      byName.set(name, [...named, fresh])
      continue
    }
    join(group, row, say)
  }
  return groups
}

/** One more row about a customer that rows before were about: what was said first stands. */
export function join(group: Group, row: CustomerRow, say: Say): void {
  const { general, agreement, services, ...rest } = row.customer
  const contrary = [
    ...changedFields(group.part.general, general).filter((field) => field in group.part.general),
    ...changedFields(group.part.agreement, agreement).filter((field) => field in group.part.agreement),
  ]
  if (contrary.length > 0)
    say(row.number, 'warning', 'customer-differs', {
      other: group.rows[0]?.number ?? 0,
      fields: contrary.join(','),
    })
  const all = [...new Set([...(group.part.services ?? []), ...(services ?? [])])]
  group.part = {
    ...rest,
    ...group.part,
    general: { ...general, ...group.part.general },
    agreement: { ...agreement, ...group.part.agreement },
    ...(group.part.services || services ? { services: all } : {}),
  }
  group.rows.push(row)
}
