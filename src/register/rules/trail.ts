import { sameContent } from './versions.js'

type Values = Record<string, unknown>

/** What a change altered, before and after. Names, addresses and free text apart, so that they can be erased from the log. */
export function changedParts(
  before: object,
  after: object,
  personal: readonly string[],
): { facts: { before: Values; after: Values }; personal: { before: Values; after: Values } } | null {
  const [old, fresh] = [before as Values, after as Values]
  const changed = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter(
    (field) => !sameContent(old[field], fresh[field]),
  )
  if (changed.length === 0) return null
  const only = (values: Values, fields: string[]) =>
    Object.fromEntries(fields.map((field) => [field, values[field] ?? null]))
  const plain = changed.filter((field) => !personal.includes(field))
  const apart = changed.filter((field) => personal.includes(field))
  return {
    facts: { before: only(old, plain), after: only(fresh, plain) },
    personal: { before: only(old, apart), after: only(fresh, apart) },
  }
}

/** A new record's values: what is personal apart from the rest. */
export function apart(values: object, personal: readonly string[]): { facts: Values; personal: Values } {
  const entries = Object.entries(values)
  return {
    facts: Object.fromEntries(entries.filter(([field]) => !personal.includes(field))),
    personal: Object.fromEntries(entries.filter(([field]) => personal.includes(field))),
  }
}
