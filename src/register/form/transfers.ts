import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Problem } from '../../base/form.js'
import {
  basisProblems,
  countryName,
  endedInLaw,
  isEea,
  type Law,
  type Transfer,
} from '../../transfers/rules.js'
import type { Role } from '../rules/engagement.js'

/**
 * What may not be entered: a dead basis (which ruling, when), one that does not exist for the country, a country nothing is
 * stored in or seen from. `kept`: transfers on record already, which are findings rather than entries. The places are those
 * of the rows as typed.
 */
export function transferProblems(
  transfers: readonly { place: number; transfer: Transfer }[],
  kept: readonly Transfer[],
  countries: readonly string[],
  { today, locale, role, law }: { today: Day; locale: Locale; role: Role; law: Law },
): Problem[] {
  const seen = new Set<string>()
  return transfers.flatMap(({ place, transfer }): Problem[] => {
    const at = (field: string, text: string): Problem[] => [
      {
        field: `transfers.${place}.${field}`,
        text,
        facts: { country: countryName(transfer.country, locale) },
      },
    ]
    const key = `${transfer.country}|${transfer.basis}`
    if (seen.has(key)) return at('basis', 'transfer-twice')
    seen.add(key)
    const known = kept.some(({ country, basis }) => country === transfer.country && basis === transfer.basis)
    // On record from before the country came into the EEA it is not needed any more, and no mistake.
    if (isEea(law, transfer.country, today)) return known ? [] : at('country', 'transfer-within-eea')
    if (!countries.includes(transfer.country)) return at('country', 'transfer-country-not-named')
    const dated = misdated(transfer, today)
    if (dated !== null) return at(...dated)
    const refused = basisProblems(law, transfer, today, role).find(({ severity }) => severity === 'refused')
    if (!refused || (known && endedInLaw(refused))) return []
    return at(refused.text === 'scc-too-early' ? 'signedOn' : 'basis', `transfer-${refused.text}`)
  })
}

/** What was found or concluded was so on a day that has been; what is planned is not entered as done. */
function misdated({ tia, listingCheckedOn, withinScope }: Transfer, today: Day): [string, string] | null {
  const done: [string, Day | undefined][] = [
    ['tiaConcludedOn', tia?.concludedOn],
    ['listingCheckedOn', listingCheckedOn],
    ['scopeCheckedOn', withinScope?.checkedOn],
  ]
  const ahead = done.find(([, day]) => day !== undefined && day > today)
  if (ahead) return [ahead[0], 'day-in-future']
  const { concludedOn, reviewOn } = tia ?? {}
  return concludedOn !== undefined && reviewOn !== undefined && reviewOn <= concludedOn
    ? ['tiaReviewOn', 'tia-review-before-conclusion']
    : null
}
