import type { Found, Proposed } from './proposals.js'

export type Candidate<T> = { value: T; page: number; words: string; points: number }

const mostAlternatives = 4

/**
 * The candidate with the most points; the same value seen again adds a little. `sure`: points from which it counts as certain, if
 * nothing else comes near.
 */
export function best<T>(candidates: readonly Candidate<T>[], sure: number, least = 1): Found<T> {
  const byValue = new Map<string, Candidate<T> & { times: number }>()
  for (const candidate of candidates) {
    const key = JSON.stringify(candidate.value).toLowerCase()
    const other = byValue.get(key)
    if (!other) byValue.set(key, { ...candidate, times: 1 })
    else if (candidate.points > other.points) byValue.set(key, { ...candidate, times: other.times + 1 })
    else other.times += 1
  }
  const ranked = [...byValue.values()]
    .map((each) => ({ ...each, points: each.points + Math.min(2, (each.times - 1) * 0.5) }))
    .filter(({ points }) => points >= least)
    .toSorted((a, b) => b.points - a.points)
  const [first, second] = ranked
  if (!first) return null
  const certain = first.points >= sure && (!second || second.points <= first.points - 1)
  return {
    ...proposed(first, certain),
    alternatives: ranked
      .slice(1, 1 + mostAlternatives)
      // What has much less for it is noise to the person who chooses.
      .filter(({ points }) => points >= 0.5 * first.points)
      .map((each) => proposed(each, false)),
  }
}

function proposed<T>({ value, page, words }: Candidate<T>, certain: boolean): Proposed<T> {
  return { value, page, words, confidence: certain ? 'high' : 'low' }
}
