import { countryOf, type CountryCode } from '../../transfers/rules.js'

/** What people call them besides their names and codes. */
const spoken: Record<CountryCode, string> = {
  US: 'USA Amerika America',
  GB: 'UK England Storbritannien',
  NL: 'Holland',
}

/** The words by which a search finds what is in the country, in both languages. */
export function countryWords(code: CountryCode): string[] {
  const country = countryOf(code)
  return [code, country?.name.da ?? '', country?.name.en ?? '', spoken[code] ?? '']
}
