import type { Point } from '../rules/map.js'

/** Wide enough for two capitals and a little air; in parts of the letters' height. */
const wide = 1.9
const high = 1.15

type Labelled = { code: string; at: Point; weight: number }

/** Those labels that do not cover each other, the weightiest first; the table beside the map names every country. */
export function labelsThatFit(all: readonly Labelled[], letters: number): Set<string> {
  const placed: Labelled[] = []
  for (const label of all.toSorted((a, b) => b.weight - a.weight)) {
    const covered = placed.some(
      ({ at }) =>
        Math.abs(at.x - label.at.x) < letters * wide && Math.abs(at.y - label.at.y) < letters * high,
    )
    if (!covered) placed.push(label)
  }
  return new Set(placed.map(({ code }) => code))
}
