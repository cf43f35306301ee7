import type { QueryFilter } from 'mongoose'
import { searchWords, tokenRange } from './keys.js'

const mostWords = 8

/**
 * The conditions that each word searched for begins one of the tokens in `field`. Digits typed in groups are also looked for
 * as one number: '29 41 20 06' finds 29412006. What such a number is called on letters and websites is no part of it:
 * 'CVR-nr. 29412006', 'DK29412006'.
 */
export function searchConditions<T>(field: string, search: string): QueryFilter<T>[] {
  const groups = runsOf(searchWords(search).slice(0, mostWords))
  return groups
    .filter((_, place) => !isNameOfNumber(groups, place))
    .map((words) => {
      const each = words.map((word) => ({ [field]: tokenRange(word) }))
      const [first, ...others] = each
      const whole = numberOf(words.join(''))
      if (first && others.length === 0 && whole === null) return first as QueryFilter<T>
      return {
        $or: [{ $and: each }, { [field]: tokenRange(whole ?? words.join('')) }],
      } as QueryFilter<T>
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

/** 'CVR', 'nr', 'VAT', 'DK' with a registration number behind them. */
function isNameOfNumber(groups: readonly string[][], place: number): boolean {
  const isName = (words: readonly string[] | undefined) =>
    words?.length === 1 && /^(?:cvr|cvrnr|nr|no|vat|moms|org|orgnr|[a-z]{2})$/.test(words[0] ?? '')
  if (!isName(groups[place])) return false
  const next = groups.slice(place).find((words) => !isName(words))
  return /^\d{6,}$/.test(next?.join('') ?? '')
}

/** The digits behind a country's letters. */
function numberOf(word: string): string | null {
  return /^[a-z]{2}(\d{6,})$/.exec(word)?.[1] ?? null
}
