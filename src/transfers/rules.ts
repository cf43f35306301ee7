export * from './rules/bases.js'
export * from './rules/links.js'
export {
  adequacyOn,
  countries,
  countryName,
  countryOf,
  factsCheckedOn,
  isEea,
  sortedByName,
} from './countries.js'
export type { Adequacy, Country, CountryCode } from './countries.js'
