export type Change = { field: string; before: string; after: string }

type Values = Record<string, unknown>

/**
 * The fields a log entry changed, from the `before` and `after` in its facts and personal values, one line each:
 * nested fields as 'agreement.notice.length'. What is the same on both sides is left out.
 */
export function changesIn(entry: { facts: Values; personal: Values | null }): Change[] {
  return [entry.facts, entry.personal ?? {}].flatMap(({ before, after }) => {
    const [was, is] = [flat(before), flat(after)]
    return [...new Set([...was.keys(), ...is.keys()])]
      .map((field) => ({ field, before: was.get(field) ?? '', after: is.get(field) ?? '' }))
      .filter((change) => change.before !== change.after)
  })
}

function flat(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined || value === '') return into
  if (value instanceof Date) return into.set(path, value.toISOString())
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object'))
      return value.length > 0 ? into.set(path, value.join(', ')) : into
    for (const [index, item] of value.entries()) flat(item, `${path}.${index + 1}`, into)
    return into
  }
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flat(inner, path ? `${path}.${key}` : key, into)
    return into
  }
  return path ? into.set(path, String(value as string | number | boolean)) : into
}
