import type { Locale } from '../../base/context.js'
import { countries, countryName } from '../../transfers/countries.js'

const byName = new Map<string, string>()
for (const locale of ['da', 'en'] as const)
  for (const { code, name } of countries(locale)) {
    byName.set(plain(name), code)
    byName.set(plain(code), code)
  }
// What people write, and what no list has.
for (const [name, code] of [
  ['USA', 'US'],
  ['U.S.A.', 'US'],
  ['U.S.', 'US'],
  ['UK', 'GB'],
  ['England', 'GB'],
  ['Storbritannien', 'GB'],
  ['Great Britain', 'GB'],
  ['Holland', 'NL'],
  ['Tjekkiet', 'CZ'],
  ['Czech Republic', 'CZ'],
  ['Sydkorea', 'KR'],
  ['South Korea', 'KR'],
] as const)
  byName.set(plain(name), code)

/** Countries as somebody wrote them, by code or by name in either language, with commas or line breaks between. */
export function countriesNamed(text: string): { codes: string[]; unknown: string[] } {
  const found = text
    .slice(0, 10_000)
    .split(/[;\n]/)
    .flatMap((part) => apart(part, [/,/, / og | and |\//i]))
  return {
    codes: [...new Set(found.flatMap(({ code }) => (code === undefined ? [] : [code])))],
    unknown: found.flatMap(({ word, code }) => (code === undefined ? [word.slice(0, 60)] : [])),
  }
}

/** As one reads them in a field: a name with a comma in it asks for another sign between names. */
export function countriesWritten(codes: readonly string[], locale: Locale): string {
  const names = codes.map((code) => countryName(code, locale))
  return names.join(names.some((name) => name.includes(',')) ? '; ' : ', ')
}

// A name may itself hold a comma or an 'and', so the whole is looked up before it is taken apart.
function apart(text: string, signs: readonly RegExp[]): { word: string; code: string | undefined }[] {
  const word = text.trim()
  if (word === '') return []
  const code = byName.get(plain(word))
  const [sign, ...rest] = signs
  if (code !== undefined || sign === undefined) return [{ word, code }]
  return word.split(sign).flatMap((part) => apart(part, rest))
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f.]/g, '')
    .replaceAll(/ (?:og|and) /g, ' & ')
    .trim()
}
