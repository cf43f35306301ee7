import { expect } from 'chai'
import { codeOf } from '../../src/transfers/atlas-files.js'
import { readFrame } from '../../src/transfers/atlas.js'
import { mapOf, type Mapped } from '../../src/transfers/map.js'
import type { MapInput } from '../../src/transfers/page/map.js'
import { mappedCountries, withoutCountries } from '../../src/transfers/rules/map.js'
import {
  countries,
  countriesOn,
  shippedDecisions,
  shippedLaw,
  type CountryCode,
  type Law,
  type Transfer,
} from '../../src/transfers/rules.js'

const law: Law = { decisions: shippedDecisions }
const today = '2026-11-23'

function record(
  storage: CountryCode[],
  access: CountryCode[],
  transfers: Transfer[] = [],
  name = 'Acme',
): Mapped {
  return { name, url: '/engagements/E-0001', storage, access, transfers, role: 'sub-processor' }
}

const scc = (country: CountryCode): Transfer => ({
  country,
  basis: 'scc-2021',
  module: 3,
  moduleReason: 'Databehandler til databehandler',
  signedOn: '2025-01-10',
  clauses: {
    annexes: true,
    clause9: 'general',
    clause9Days: 30,
    authority: 'Datatilsynet',
    law: 'DK',
    forum: 'DK',
  },
  tia: { concludedOn: '2025-02-01', reviewOn: '2027-02-01', laws: 'IT Act', conclusion: 'equivalent' },
})

function footing(records: Mapped[], country: CountryCode, judged = true) {
  return mappedCountries(law, records, today, judged).find((each) => each.country === country)?.footing
}

describe('the colour of a country on the map', () => {
  it('is that of the basis that holds there (GDPR chapter V)', () => {
    expect(footing([record(['DK'], ['LI'])], 'LI')).to.equal('eea')
    expect(footing([record(['CH'], ['DK'], [{ country: 'CH', basis: 'adequacy' }])], 'CH')).to.equal(
      'adequacy',
    )
    expect(footing([record(['IN'], ['IN'], [scc('IN')])], 'IN')).to.equal('scc')
  })

  it('shows that data are seen from a country as much as that they are stored there (EDPB 05/2021)', () => {
    const [india] = mappedCountries(law, [record(['DK'], ['DK', 'IN'])], today, true)
    expect(india).to.include({ country: 'IN', stored: false, seen: true, footing: 'none' })
  })

  it('is critical where nothing holds: no basis, a dead one, or clauses that are not signed', () => {
    const dead: Transfer = { country: 'US', basis: 'privacy-shield' }
    const unsigned: Transfer = { country: 'US', basis: 'scc-2021', module: 3 }
    for (const transfers of [[], [dead], [unsigned]])
      expect(footing([record(['US'], ['US'], transfers)], 'US')).to.equal('none')
  })

  it('has one of its own for a derogation, which carries no standing supplier (art. 49, EDPB 2/2018)', () => {
    expect(footing([record(['MX'], ['MX'], [{ country: 'MX', basis: 'art-49' }])], 'MX')).to.equal('art-49')
  })

  it('is the firmest of several bases in one engagement, and the weakest of several engagements', () => {
    const both = record(['IN'], ['IN'], [{ country: 'IN', basis: 'art-49' }, scc('IN')])
    expect(footing([both], 'IN')).to.equal('scc')
    expect(footing([both, record(['IN'], ['IN'])], 'IN')).to.equal('none')
  })

  it('tells a customer what the list names, without our judgement of it; what a court has ended counts for nothing', () => {
    const unsigned: Transfer = { country: 'US', basis: 'scc-2021', module: 3 }
    expect(footing([record(['US'], ['US'], [unsigned])], 'US', false)).to.equal('scc')
    const dead: Transfer = { country: 'US', basis: 'privacy-shield' }
    expect(footing([record(['US'], ['US'], [dead])], 'US', false)).to.equal('none')
  })

  it('leaves out nobody in silence: records that do not say where are named beside the map', () => {
    expect(withoutCountries([record(['DK'], []), record(['DK'], ['DK'])])).to.have.length(1)
  })
})

describe('the atlas', function () {
  this.timeout(120_000)

  it('knows every country by the number of ISO 3166', () => {
    expect(['208', '840', '276', '4', 8].map(codeOf)).to.deep.equal(['DK', 'US', 'DE', 'AF', 'AL'])
  })

  it('has a place on the map of the world for every country but Antarctica', async () => {
    const world = await readFrame('world')
    const nowhere = countries('en').filter(({ code }) => world.shape(code).point === null)
    expect(nowhere.map(({ code }) => code)).to.deep.equal(['AQ'])
  })

  it('has every country of the EEA on the map of Europe but the regions that lie elsewhere, and our neighbours', async () => {
    const europe = await readFrame('europe')
    const at = { law: shippedLaw, day: '2026-11-21' }
    const lacking = countriesOn(at, 'en').filter(({ code, eea }) => eea && europe.shape(code).point === null)
    expect(lacking.map(({ code }) => code).toSorted()).to.deep.equal(['GF', 'GP', 'MF', 'MQ', 'RE', 'YT'])
    for (const code of ['FO', 'JE', 'GG', 'IM', 'AD', 'CH', 'GB', 'MT', 'LI'])
      expect(europe.shape(code).point, code).not.to.equal(null)
  })

  it('places them where they are: Copenhagen is east of London and north of Rome', async () => {
    const at = async (code: CountryCode) => (await readFrame('europe')).shape(code).point ?? { x: 0, y: 0 }
    expect((await at('DK')).x).to.be.greaterThan((await at('GB')).x)
    expect((await at('DK')).y).to.be.lessThan((await at('IT')).y)
  })

  it('draws Crimea with Ukraine, as the Union does', async () => {
    const { shape } = await readFrame('europe')
    const middle = shape('UA').point ?? { x: 0, y: 0 }
    // South of the middle of Ukraine and a little to the east lies nothing but Crimea.
    const there = (code: CountryCode) =>
      [...shape(code).d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].filter(
        ([, x, y]) => Number(x) > middle.x + 45 && Number(x) < middle.x + 105 && Number(y) > middle.y + 70,
      ).length
    expect(there('RU')).to.equal(0)
    expect(there('UA')).to.be.greaterThan(5)
  })

  it('is drawn once, however many ask', async () => {
    expect(await readFrame('world')).to.equal(await readFrame('world'))
  })
})

describe('a map', function () {
  this.timeout(120_000)
  const input = (records: Mapped[], changes: Partial<MapInput> = {}): MapInput => ({
    law,
    records,
    day: today,
    locale: 'en',
    judged: true,
    of: 'sub-processors',
    areaUrl: (area) => `/register?as=map&area=${area}`,
    countryUrl: (country) => `/register?country=${country}`,
    ...changes,
  })

  it('shows Europe where everything is there, and the world where not, unless one is asked for', async () => {
    expect((await mapOf(input([record(['DK', 'MT'], ['FO'])]), '')).area).to.equal('europe')
    expect((await mapOf(input([record(['DK'], ['IN'])]), '')).area).to.equal('world')
    const europe = await mapOf(input([record(['DK'], ['IN'])]), 'europe')
    expect([europe.area, europe.outside]).to.deep.equal(['europe', 'India'])
  })

  it('says in the table all that it shows: country, use, basis, state in law, how many, and where the list is', async () => {
    const { rows } = await mapOf(
      input([
        record(['DK'], ['DK', 'IN'], [scc('IN')]),
        record(['DK'], ['IN'], [], 'Beta'),
        record(['DK'], ['DK'], [], 'Beta'),
      ]),
      '',
    )
    const [india, denmark] = rows
    expect(india).to.include({ country: 'India', use: 'Access only', count: 2, url: '/register?country=IN' })
    expect(india?.bases).to.deep.equal(['SCC, module 3 (1)', 'Not stated (1)'])
    expect(india?.states.map(({ word }) => word)).to.deep.equal(['Basis missing (1)', 'Valid basis (1)'])
    expect(denmark).to.include({ country: 'Denmark', use: 'Storage and access', count: 2 })
    expect(denmark?.bases).to.deep.equal(['Not required in the EU/EEA'])
  })

  it('can be read without colours: words for each basis, hatching for access only, and the whole in sentences', async () => {
    const map = await mapOf(input([record(['DK'], ['IN'], [scc('IN')])]), '')
    expect(map.legend.map(({ word, countries: named }) => `${word}: ${named}`)).to.deep.equal([
      'Within the EU/EEA: Denmark',
      'Standard contractual clauses (SCC): India',
    ])
    expect(map.hatched).to.deep.equal(['scc'])
    expect(map.desc).to.equal(
      'Data are stored in: Denmark. Data can only be seen from: India. The table beside the map says the same.',
    )
  })

  it('gives a country too small to see a ring, and lets no label cover another', async () => {
    const all = countries('en').map(({ code }) => code)
    const map = await mapOf(input([record(all, all)]), 'world')
    const ringed = map.shapes.filter(({ ring }) => ring).map(({ code }) => code)
    for (const code of ['SG', 'MT', 'LI', 'FO', 'JE', 'GI']) expect(ringed).to.include(code)
    const labels = map.shapes.filter(({ label }) => label)
    expect(labels.length).to.be.greaterThan(20)
    for (const one of labels)
      for (const other of labels)
        if (one !== other && one.at && other.at)
          expect(
            Math.abs(one.at.x - other.at.x) > 40 || Math.abs(one.at.y - other.at.y) > 20,
            `${one.code} and ${other.code}`,
          ).to.equal(true)
  })
})
