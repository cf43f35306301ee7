import type { Day } from '../../base/day.js'
import type { CountryCode } from '../countries.js'
import { adequacyOn, type Law } from './decisions.js'
import { membershipOn } from './memberships.js'

/** `as-eea`: has left, and is treated as a member until the agreement on that runs out. */
export type CountryState = 'eea' | 'as-eea' | 'adequate' | 'limited' | 'listed-only' | 'none'
export const countryStates = [
  'eea',
  'as-eea',
  'adequate',
  'limited',
  'listed-only',
  'none',
] as const satisfies readonly CountryState[]

export function countryState(law: Law, code: CountryCode, day: Day): CountryState {
  const membership = membershipOn(law, code, day)
  if (membership) return membership.transition === null ? 'eea' : 'as-eea'
  const adequacy = adequacyOn(law, code, day)
  if (adequacy === null) return 'none'
  if (adequacy.requiresListing !== undefined) return 'listed-only'
  return adequacy.limited ? 'limited' : 'adequate'
}
