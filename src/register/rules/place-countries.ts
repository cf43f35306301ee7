import { isEea, problem, type BasisProblem, type LawOn, type Use } from '../../transfers/rules.js'
import type { EngagementFacts, Place } from './engagement.js'

type Where = Pick<EngagementFacts, 'places' | 'storageCountries' | 'accessCountries'>

/** What is done with the data at a place: they lie in a data centre; whoever works elsewhere can see them. */
function useOf({ kind }: Pick<Place, 'kind'>): Use {
  return kind === 'data-centre' ? 'storage' : 'access'
}

/**
 * Places in a country that is not named for what is done there. Transfers and instructions are judged by the countries, so support from
 * such a place would count as none (EDPB 05/2021: remote access is a transfer; C.5 and C.6 of the agreement).
 */
export function unnamedPlaces({ places, storageCountries, accessCountries }: Where): Place[] {
  const named = { storage: storageCountries, access: accessCountries }
  return places.filter((place) => !named[useOf(place)].includes(place.country))
}

/** 'place-storage-not-named' or 'place-access-not-named'. */
export function placeText(place: Pick<Place, 'kind'>): string {
  return `place-${useOf(place)}-not-named`
}

/** The same as findings, one for each country and use; outside the EEA nothing carries what is not known to be a transfer. */
export function placeProblems(where: Where, { law, day }: LawOn): BasisProblem[] {
  const found = new Map(
    unnamedPlaces(where).map((place) => {
      const { country } = place
      const severity = isEea(law, country, day) ? 'warning' : 'critical'
      return [`${placeText(place)}/${country}`, problem(severity, placeText(place), { country })]
    }),
  )
  return [...found.values()]
}
