import type { QueryFilter } from 'mongoose'
import { tokenRange, waysToSay } from './keys.js'

/**
 * The conditions that each word searched for begins one of the tokens in `field`. Digits typed in groups are also looked for
 * as one number: '29 41 20 06' finds 29412006. What such a number is called on letters and websites is no part of it:
 * 'CVR-nr. 29412006', 'DK29412006'.
 */
export function searchConditions<T>(field: string, search: string): QueryFilter<T>[] {
  return waysToSay(search).map((ways) => {
    const conditions = ways.map((words) => {
      const each = words.map((word) => ({ [field]: tokenRange(word) }))
      return each.length === 1 ? each[0] : { $and: each }
    })
    return (conditions.length === 1 ? conditions[0] : { $or: conditions }) as QueryFilter<T>
  })
}

/** The same as one condition to go with others. */
export function searchFilter(field: string, search: string): { $and?: QueryFilter<unknown>[] } {
  const conditions = searchConditions<unknown>(field, search)
  return conditions.length === 0 ? {} : { $and: conditions }
}
