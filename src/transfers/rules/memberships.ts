import type { Day } from '../../base/day.js'
import type { CountryCode } from '../countries.js'

/** Since when a country is in the EEA, where data may go without a basis, and the treaty that says so; or of which state it is part. */
export type Membership = { from: Day | null; source: string; partOf?: CountryCode }

const agreement = 'EEA Agreement, OJ L 1, 3.1.1994, p. 3'
const enlarged2004 = 'EEA Enlargement Agreement 2004'
const enlarged2007 = 'EEA Enlargement Agreement 2007'
const enlarged2014 = 'EEA Enlargement Agreement 2014'

const union = 'TFEU art. 349, 355'

const founding = [
  'AT',
  'BE',
  'DE',
  'DK',
  'ES',
  'FI',
  'FR',
  'GR',
  'IE',
  'IS',
  'IT',
  'LU',
  'NL',
  'NO',
  'PT',
  'SE',
]
const joined2004 = ['CY', 'CZ', 'EE', 'HU', 'LT', 'LV', 'MT', 'PL', 'SI', 'SK']

/** Regions that lie elsewhere and belong to the Union with their state (TFEU art. 349 and 355). */
const regions: Record<CountryCode, CountryCode> = {
  AX: 'FI',
  GF: 'FR',
  GP: 'FR',
  MF: 'FR',
  MQ: 'FR',
  RE: 'FR',
  YT: 'FR',
}

const memberships: Record<CountryCode, Membership> = {
  ...Object.fromEntries(founding.map((code) => [code, { from: '1994-01-01', source: agreement }])),
  LI: { from: '1995-05-01', source: agreement },
  ...Object.fromEntries(joined2004.map((code) => [code, { from: '2004-05-01', source: enlarged2004 }])),
  ...Object.fromEntries(['BG', 'RO'].map((code) => [code, { from: '2007-08-01', source: enlarged2007 }])),
  HR: { from: '2014-04-12', source: enlarged2014 },
}

/** Null where the country is not in the EEA. A change here is a treaty's, so it comes with a release and not from a form. */
export function membershipOf(code: CountryCode): Membership | null {
  const state = regions[code]
  const own = memberships[state ?? code]
  if (own === undefined) return null
  return state === undefined ? own : { from: null, source: union, partOf: state }
}
