import type { QueryFilter } from 'mongoose'
import { searchWords, tokenRange } from './keys.js'

const mostWords = 8

/**
 * The conditions that each word searched for begins one of the tokens in `field`. Digits typed in groups are also looked for
 * as one number: '29 41 20 06' finds 29412006.
 */
export function searchConditions<T>(field: string, search: string): QueryFilter<T>[] {
  const groups = runsOf(searchWords(search).slice(0, mostWords))
  return groups.map((words) => {
    const each = words.map((word) => ({ [field]: tokenRange(word) }))
    const [first, ...others] = each
    if (first && others.length === 0) return first as QueryFilter<T>
    return { $or: [{ $and: each }, { [field]: tokenRange(words.join('')) }] } as QueryFilter<T>
  })
}

/** Words of digits that follow each other belong together; any other word stands alone. */
function runsOf(words: readonly string[]): string[][] {
  const runs: string[][] = []
  let before = false
  for (const word of words) {
    const digits = /^\d+$/.test(word)
    if (digits && before) runs.at(-1)?.push(word)
    else runs.push([word])
    before = digits
  }
  return runs
}
