import { z } from 'zod'
import type { Locale } from '../../base/context.js'
import { choice, text, type Problem } from '../../base/form.js'
import { countryName, countryOf } from '../../transfers/rules.js'
import { placeKinds, type EngagementFacts, type Place } from '../rules/engagement.js'
import { placeText, unnamedPlaces } from '../rules/place-countries.js'
import { rowAsTyped, rowsOf } from './rows.js'

const place = z.object({
  kind: choice(placeKinds),
  address: text(300),
  country: z.string().refine((value) => countryOf(value) !== null, 'choose-one'),
})
export const placeRows = rowsOf(place, ['address', 'country'])

export type Where = Pick<EngagementFacts, 'places' | 'storageCountries' | 'accessCountries'>

/** A place whose country is not ticked for what is done there; what was so on record stays the finding it is. */
export function placeProblems(body: unknown, where: Where, kept: Where, locale: Locale): Problem[] {
  const key = ({ kind, country }: Place) => `${kind}|${country}`
  const before = new Set(unnamedPlaces(kept).map(key))
  const unnamed = new Set(unnamedPlaces(where).filter((each) => !before.has(key(each))))
  return where.places.flatMap((each, index) =>
    unnamed.has(each)
      ? [
          {
            field: `places.${rowAsTyped(body, 'places', placeRows, index)}.country`,
            text: placeText(each),
            facts: { country: countryName(each.country, locale) },
          },
        ]
      : [],
  )
}
