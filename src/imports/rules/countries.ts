import { countries, countryName, countryOf, sortedByName, type CountryCode } from '../../transfers/rules.js'
import type { Locale } from '../../base/context.js'

/**
 * What a cell says of countries. `regions` are no countries: where in the EU a place lies has to be said. `places`: towns and
 * the like beside a country that was understood. `unread`: what nothing could be made of.
 */
export type ReadCountries = { codes: CountryCode[]; regions: string[]; places: string[]; unread: string[] }

const otherNames: Record<string, string[]> = {
  US: [
    'usa',
    'u.s.',
    'u.s.a.',
    'united states of america',
    'united states',
    'amerika',
    'de forenede stater',
    'us',
  ],
  GB: [
    'uk',
    'u.k.',
    'united kingdom',
    'great britain',
    'england',
    'storbritannien',
    'scotland',
    'wales',
    'skotland',
    'northern ireland',
  ],
  NL: ['holland', 'the netherlands', 'netherlands', 'nederlandene'],
  CZ: ['czech republic', 'czechia', 'tjekkiet', 'den tjekkiske republik'],
  IE: ['republic of ireland', 'eire'],
  KR: ['korea', 'south korea', 'republic of korea', 'sydkorea'],
  AE: ['uae', 'emiraterne', 'de forenede arabiske emirater'],
  RU: ['russian federation', 'rusland'],
  MK: ['macedonia', 'makedonien'],
  TR: ['turkey', 'türkiye', 'tyrkiet'],
  HK: ['hong kong'],
  TW: ['taiwan'],
  VN: ['vietnam', 'viet nam'],
  PH: ['philippines', 'the philippines', 'filippinerne'],
  DK: ['danmark', 'dnk'],
  SE: ['swe'],
  DE: ['deu', 'federal republic of germany'],
  IN: ['ind'],
  GR: ['el'],
}

/** Regions of the large clouds, as their consoles name them: each lies in one country. */
const cloudRegions: Record<string, string[]> = {
  NL: ['west europe', 'westeurope', 'europe west4'],
  IE: ['north europe', 'northeurope', 'eu west 1'],
  DE: ['eu central 1', 'germany west central', 'europe west3', 'fra1'],
  SE: ['eu north 1', 'sweden central'],
  FI: ['europe north1'],
  BE: ['europe west1'],
  FR: ['eu west 3', 'france central', 'europe west9'],
  GB: ['eu west 2', 'uk south', 'uk west', 'europe west2'],
  IT: ['eu south 1', 'italy north', 'europe west8'],
  ES: ['eu south 2', 'spain central'],
  PL: ['poland central', 'europe central2'],
  NO: ['norway east'],
  CH: ['switzerland north', 'europe west6', 'eu central 2'],
  DK: ['denmark east'],
  US: [
    'us east 1',
    'us east 2',
    'us west 1',
    'us west 2',
    'east us',
    'east us 2',
    'west us',
    'west us 2',
    'central us',
    'us central1',
  ],
  IN: ['ap south 1', 'central india'],
  SG: ['ap southeast 1', 'southeast asia'],
  AU: ['ap southeast 2', 'australia east'],
  JP: ['ap northeast 1', 'japan east'],
}

/** Codes that are no word in either language, so that they are read in small letters, too. */
const plainCodes = new Set(
  'dk se de nl ie fi fr gb ch pl lu cz pt gr hu ro bg hr sk si ee lv lt cy mt jp cn br za'.split(' '),
)

const regions = new Map<string, string>(
  (
    [
      [
        'EU',
        ['eu', 'european union', 'den europæiske union', 'eu member states', 'eu-lande', 'eu28', 'eu27'],
      ],
      [
        'EEA',
        [
          'eea',
          'eøs',
          'eu/eea',
          'eu/eøs',
          'eea/eu',
          'european economic area',
          'eu eea',
          'eu eøs',
          'within eea',
          'within the eea',
          'inden for eu/eøs',
          'inden for eøs',
          'eøs-lande',
        ],
      ],
      ['Europe', ['europe', 'europa']],
      [
        'Global',
        [
          'global',
          'globalt',
          'worldwide',
          'hele verden',
          'verden',
          'world',
          'multiple',
          'various',
          'flere',
          'globally',
        ],
      ],
      ['Nordics', ['norden', 'nordics', 'the nordics', 'scandinavia', 'skandinavien']],
      ['EMEA', ['emea']],
      ['APAC', ['apac', 'asia', 'asien', 'asia pacific', 'asia-pacific']],
      ['Americas', ['north america', 'nordamerika', 'americas', 'south america', 'latin america']],
    ] as const
  ).flatMap(([region, names]) => names.map((name) => [plain(name), region] as const)),
)

const byName = new Map<string, CountryCode>(
  (['da', 'en'] as const)
    .flatMap((locale) => countries(locale).map(({ code, name }) => [plain(name), code] as const))
    .concat(
      [...Object.entries(otherNames), ...Object.entries(cloudRegions)].flatMap(([code, names]) =>
        names.map((name) => [plain(name), code] as const),
      ),
    ),
)

export function readCountries(text: string): ReadCountries {
  const read: ReadCountries = { codes: [], regions: [], places: [], unread: [] }
  for (const line of text.split(/[\n;]/)) readLine(line, read)
  return {
    codes: [...new Set(read.codes)],
    regions: [...new Set(read.regions)],
    places: [...new Set(read.places)],
    unread: [...new Set(read.unread)],
  }
}

/** One country by name or code; null where the text is anything else. */
export function readCountry(text: string): CountryCode | null {
  const { codes, unread, regions: areas } = readCountries(text)
  return codes.length === 1 && unread.length === 0 && areas.length === 0 ? (codes[0] ?? null) : null
}

function readLine(line: string, read: ReadCountries): void {
  const understood: Understood[] = []
  const strange: string[] = []
  for (const piece of piecesOf(line)) {
    const found = understand(piece)
    if (found) understood.push(found)
    else strange.push(piece)
  }
  const codes = understood.flatMap(({ code }) => code ?? [])
  // 'Atlanta, Georgia, USA': the state, not the country.
  read.codes.push(
    ...(codes.includes('US') && codes.indexOf('GE') === codes.indexOf('US') - 1
      ? codes.filter((code) => code !== 'GE')
      : codes),
  )
  read.regions.push(...understood.flatMap(({ region }) => region ?? []))
  const named = understood.length > 0
  for (const piece of strange) (named ? read.places : read.unread).push(piece)
}

type Understood = { code?: CountryCode; region?: string }

function understand(piece: string): Understood | null {
  const region = regions.get(plain(piece))
  if (region) return { region }
  const code = byName.get(plain(piece.replace(/^(?:the|in|within|i)\s+/i, '')))
  if (code) return { code }
  const cloud = byName.get(
    plain(piece.replace(/^(?:aws|amazon|azure|microsoft azure|gcp|google cloud)\s+/i, '')),
  )
  if (cloud) return { code: cloud }
  const asCode = plainCodes.has(piece.toLowerCase()) ? piece.toUpperCase() : piece
  return /^[A-Z]{2}$/.test(asCode) && countryOf(asCode) ? { code: asCode } : null
}

/** Parts of a line at commas, slashes, brackets and 'and', unless the whole is one name ('Bosnia and Herzegovina'). */
function piecesOf(line: string): string[] {
  const parts = line
    .split(/[()[\],]|\s[-–—:]\s|:\s/)
    .map(tidy)
    .filter(Boolean)
  return parts.flatMap((part) => {
    if (understand(part)) return [part]
    const finer = part
      .split(/\/|&|\+|\s(?:and|og|or|eller|samt)\s/i)
      .map(tidy)
      .filter(Boolean)
    return finer.length > 1 ? finer : [part]
  })
}

function tidy(text: string): string {
  return text.replace(/^[\s•*\-–.]+|[\s.]+$/g, '').replace(/^(?:and|og)\s+/i, '')
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/ og /g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:u s a|u s)$/, 'us')
    .replace(/^u k$/, 'uk')
}

export function writeCountries(codes: readonly CountryCode[], locale: Locale): string {
  return sortedByName(codes, locale)
    .map((code) => countryName(code, locale))
    .join('; ')
}
