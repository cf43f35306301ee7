import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import facts from '../countries.json' with { type: 'json' }
import { countryName, type CountryCode } from '../countries.js'
import type { DecisionFacts, Ending, Scope } from './decisions.js'

type Treaty = { number: string; from: Day }

// From the day a state was in the Union or the EEA, whichever came first: what goes to either is no transfer.
const agreement: Treaty = { number: 'EEA Agreement, OJ L 1, 3.1.1994, p. 3', from: '1994-01-01' }
const accession2003: Treaty = { number: 'Treaty of Accession 2003, OJ L 236, 23.9.2003', from: '2004-05-01' }
const accession2005: Treaty = { number: 'Treaty of Accession 2005, OJ L 157, 21.6.2005', from: '2007-01-01' }
const accession2011: Treaty = { number: 'Treaty of Accession 2011, OJ L 112, 24.4.2012', from: '2013-07-01' }

const treaties: readonly (readonly [Treaty, readonly CountryCode[]])[] = [
  [
    agreement,
    ['AT', 'BE', 'DE', 'DK', 'ES', 'FI', 'FR', 'GR', 'IE', 'IS', 'IT', 'LU', 'NL', 'NO', 'PT', 'SE', 'GB'],
  ],
  [{ ...agreement, from: '1995-05-01' }, ['LI']],
  [accession2003, ['CY', 'CZ', 'EE', 'HU', 'LT', 'LV', 'MT', 'PL', 'SI', 'SK']],
  [accession2005, ['BG', 'RO']],
  [accession2011, ['HR']],
]

const withdrawal = 'Withdrawal Agreement, OJ L 29, 31.1.2020, p. 7, art. 126-127'
const bridge = 'Trade and Cooperation Agreement, art. FINPROV.10A'

/**
 * The United Kingdom: a member to 31 January 2020, under the law of the Union to 31 December 2020, and no third country for
 * transfers until the adequacy decision was made on 28 June 2021.
 */
const left: Readonly<Record<CountryCode, { ended: Ending; scopes: Scope[] }>> = {
  GB: {
    ended: { on: '2021-06-28', by: `${withdrawal}; ${bridge}` },
    scopes: [
      {
        from: '2020-02-01',
        limited: true,
        text: {
          da: 'Ikke længere medlem; EU-retten gjaldt fortsat til og med den 31. december 2020 (overgangsperioden)',
          en: 'No longer a member; the law of the Union applied to the end of 31 December 2020 (transition period)',
        },
        by: withdrawal,
      },
      {
        from: '2021-01-01',
        limited: true,
        text: {
          da: 'Videregivelse blev ikke anset for overførsel til et tredjeland, indtil der var truffet en afgørelse om tilstrækkelighed',
          en: 'Transmission was not considered a transfer to a third country until an adequacy decision had been made',
        },
        by: bridge,
      },
    ],
  },
}

const none: Bilingual = { da: '', en: '' }
const checked = { on: facts.lastSourceCheck, by: null }
const source = 'european-union.europa.eu; efta.int'
const sourceUrl = 'https://www.efta.int/eea/enlargement-of-the-eea'

function membershipOf(code: CountryCode, { number, from }: Treaty): DecisionFacts {
  const { ended, scopes } = left[code] ?? { ended: null, scopes: [] }
  return {
    _id: `${code}-EEA`,
    kind: 'membership',
    country: code,
    number,
    name: { da: `EU/EØS: ${countryName(code, 'da')}`, en: `EU/EEA: ${countryName(code, 'en')}` },
    from,
    until: null,
    ended,
    scopes,
    source,
    sourceUrl,
    checked,
    note: none,
  }
}

export const shippedMemberships: readonly DecisionFacts[] = treaties.flatMap(([treaty, states]) =>
  states.map((code) => membershipOf(code, treaty)),
)
