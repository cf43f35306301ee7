/** How a figure is put together with what it was counted from, so that whoever doubts it can count again. */
import { createHash } from 'node:crypto'
import type { Day } from '../../base/day.js'
import type { Figure, FigureTable } from './figures.js'

/** One thing a figure was counted from. */
export type Item = {
  /** What people call it: 'CN-2026-004'. Never a name. */
  reference: string
  /** Where it stands in Tilsyn. */
  url: string | null
  /** Where the log tells of it. */
  log: { kind: string; id: string } | null
  on: Day | null
}

/** A figure before its evidence is summed up. Without a `value` it is the number of its items. */
export type Drawn = {
  key: string
  items: readonly Item[]
  value?: number
  of?: number
  unit?: Figure['unit']
}

/** A section as it was counted; `streamed` are those of too many to hold, summed up while they passed. */
export type DrawnSection = {
  key: string
  figures: readonly (Drawn | (Omit<Figure, 'evidence'> & { items?: undefined }))[]
  tables: FigureTable[]
}

/** So many references are kept with a figure; of more only their number and hash. */
export const mostKept = 200

/** Takes references as they pass, in the order they are asked for again, and keeps none. */
export function tally(): { add: (reference: string) => void; end: () => Figure['made'] } {
  const hash = createHash('sha256')
  let count = 0
  return {
    add: (reference) => {
      hash.update(`${reference}\n`)
      count += 1
    },
    end: () => ({ count, hash: hash.digest('hex'), ids: null }),
  }
}

export function madeOf(items: readonly Pick<Item, 'reference'>[]): Figure['made'] {
  const ids = items.map(({ reference }) => reference).toSorted()
  const { add, end } = tally()
  ids.forEach(add)
  return { ...end(), ids: ids.length > mostKept ? null : ids }
}

export function figureOf(drawn: DrawnSection['figures'][number], evidence: string): Figure {
  if (drawn.items === undefined) {
    const { key, value, of, unit, made } = drawn
    return { key, value, of, unit, evidence, made }
  }
  const { key, items, value = items.length, of = null, unit = 'count' } = drawn
  return { key, value, of, unit, evidence, made: madeOf(items) }
}

/** What has become of a figure since it was frozen. `came` and `went` where both sides still know what they were made of. */
export type Since = { key: string; before: number | null; now: number | null; came: string[]; went: string[] }

export function changedSince(frozen: readonly Figure[], live: readonly Figure[]): Since[] {
  const keys = [...new Set([...frozen, ...live].map(({ key }) => key))]
  return keys.flatMap((key): Since[] => {
    const before = frozen.find((each) => each.key === key)
    const now = live.find((each) => each.key === key)
    if (
      before &&
      now &&
      before.value === now.value &&
      before.of === now.of &&
      before.made.hash === now.made.hash
    )
      return []
    const known = before?.made.ids && now?.made.ids ? { before: before.made.ids, now: now.made.ids } : null
    return [
      {
        key,
        before: before?.value ?? null,
        now: now?.value ?? null,
        came: known ? known.now.filter((id) => !known.before.includes(id)) : [],
        went: known ? known.before.filter((id) => !known.now.includes(id)) : [],
      },
    ]
  })
}
