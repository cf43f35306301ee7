import type { Day } from '../../base/day.js'

type Dated<Content> = { from: Day; content: Content }

/**
 * What held on the day. Before the first version, the first one: a list approved at signing may be older than its entry
 * into the register, and then the earliest we know is what was approved.
 */
export function contentOn<Content>(versions: readonly Dated<Content>[], day: Day): Content {
  const version = versions.findLast(({ from }) => from <= day) ?? versions[0]
  if (!version) throw new Error('a record without any version')
  return version.content
}

/**
 * The versions with this content from the day on. Unchanged content makes no version; a second change on one day takes the
 * first one's place, since no day can have two lists (the log keeps both).
 */
export function withVersion<Content>(
  versions: readonly Dated<Content>[],
  content: Content,
  from: Day,
): Dated<Content>[] {
  const earlier = versions.filter((version) => version.from < from)
  const before = earlier.at(-1)
  // Nothing may be entered before a version that already holds: the past is not rewritten.
  const later = versions.filter((version) => version.from > from)
  if (later.length > 0) throw new Error('a version of a later day is there')
  if (before && sameContent(before.content, content)) return [...earlier]
  return [...earlier, { from, content }]
}

/** Equal as values; the order of an object's keys says nothing, absent and undefined are the same. */
export function sameContent(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...keys].every((key) => sameContent(left[key], right[key]))
}
