import { expect } from 'chai'
import {
  contentOf,
  factsAsked,
  isStale,
  missingFields,
  missingIn,
  percentComplete,
  sources,
  tallyOf,
  type AskedFact,
  type MissingField,
  type Source,
} from '../../src/register/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { engagementInput, vendorInput } from './builders.js'

const at = { law: shippedLaw, day: '2026-11-21' }

const asked = (
  engagement: Parameters<typeof engagementInput>[0] = {},
  vendor: Parameters<typeof vendorInput>[0] = {},
) => {
  const input = engagementInput(engagement)
  const facts = vendorInput(vendor)
  const contacts = facts.contacts.map((contact, place) => ({ id: String(place), ...contact }))
  return factsAsked(contentOf('v', { ...facts, contacts }, input), input.contract, at)
}
const fields = (facts: readonly AskedFact[]) => facts.map(({ field }) => field).join(' ')

describe('What a record is asked for', () => {
  const whole =
    'name registration address contact description categories storageCountries accessCountries contract'
  const table: [string, string, string][] = [
    ['a sub-processor within the EEA (22/2024, paras 22, 31-32; B.1)', fields(asked()), whole],
    [
      'one basis for each country outside the EEA (22/2024, para 88; C.6)',
      fields(asked({ accessCountries: ['DK', 'US', 'IN'] })),
      whole.replace('contract', 'basis basis contract'),
    ],
    [
      // Art. 28(4): the processor above signs with it; we have no contract with it to be asked for.
      'no contract of a link further down',
      fields(asked({ parent: 'the link above' })),
      whole.replace(' contract', ''),
    ],
    [
      'no basis while the countries are unknown: which are needed follows from them',
      fields(asked({ storageCountries: [], accessCountries: [] })),
      whole,
    ],
    [
      "a reading against Art. 28(3)-(4) where it is on the vendor's own template",
      fields(asked({ contract: { template: 'theirs', signedOn: '2026-01-01' } })),
      `${whole} check`,
    ],
    [
      'no reading of a contract that is not signed yet',
      fields(asked({ contract: { template: 'theirs' } })),
      whole,
    ],
    [
      'of a vendor for our own data, only who it is, its transfers and the contract',
      fields(asked({ role: 'own-vendor', accessCountries: ['US'] })),
      'name registration basis contract',
    ],
    [
      // Art. 28 binds processors; whoever decides for itself why and how signs no data processing agreement (Art. 4(7), D.2).
      'of an independent controller no such contract',
      fields(asked({ role: 'independent-controller', accessCountries: ['US'] })),
      'name registration basis',
    ],
  ]
  for (const [what, found, expected] of table) it(what, () => expect(found).to.equal(expected))

  it('names what is missing as before, and nothing else', () => {
    const input = engagementInput({ dataCategories: [] })
    const content = contentOf('v', { ...vendorInput(), contacts: [] }, input)
    expect(missingIn(content, input.contract, at).map(({ field }) => field)).to.deep.equal([
      'contact',
      'categories',
    ])
  })
})

describe('What only fills a field', () => {
  const lacks = (...args: Parameters<typeof asked>) => fields(asked(...args).filter((fact) => fact.missing))
  const table: [string, string, string][] = [
    ['an address of a question mark', lacks({}, { address: ' ? ' }), 'address'],
    ['an address that is "Ukendt"', lacks({}, { address: 'Ukendt' }), 'address'],
    ['an address that is "n/a"', lacks({}, { address: 'N/A' }), 'address'],
    ['a street, however short', lacks({}, { address: 'Ny 1' }), ''],
    ['a description "tbd" (B.1)', lacks({ activity: { da: 'Hosting', en: 'TBD' } }), 'description'],
    ['no number, because "-"', lacks({}, { registration: null, noRegistrationBecause: '-' }), 'registration'],
    ['no number, with a reason', lacks({}, { registration: null, noRegistrationBecause: 'Sole trader' }), ''],
  ]
  for (const [what, found, expected] of table)
    it(`${expected === '' ? 'is not' : 'is'} ${what}`, () => expect(found).to.equal(expected))
})

describe("A contract on the vendor's own template (Art. 28(3)-(4))", () => {
  const contract = { template: 'theirs', signedOn: '2026-01-01' } as const
  const missing = (check?: { on: string; open: 'b'[] }) =>
    asked({ contract: { ...contract, ...(check ? { check } : {}) } }).filter((fact) => fact.missing)
  it('lacks its reading until there is one', () => expect(fields(missing())).to.equal('check'))
  it('has been read, gaps or not: these are followed up with the contract', () => {
    expect(missing({ on: '2026-02-01', open: ['b'] })).to.deep.equal([])
  })
})

describe('Why it matters', () => {
  const table: [MissingField, Source][] = [
    ['name', 'edpb-31-32'],
    ['address', 'edpb-31-32'],
    ['contact', 'edpb-31-32'],
    ['registration', 'b1'],
    ['description', 'b1'],
    ['categories', 'art-28-3'],
    ['storageCountries', 'c5'],
    ['accessCountries', 'art-30-2-c'],
    ['basis', 'c6'],
    ['basis', 'edpb-88'],
    ['contract', 'art-28-4'],
    ['check', 'art-28-3'],
  ]
  for (const [field, source] of table)
    it(`${field}: ${source}`, () => expect(sources[field]).to.include(source))
  it('is said of every fact', () => {
    for (const field of missingFields) expect(sources[field]).not.to.deep.equal([])
  })
})

describe('How much is complete', () => {
  const fact = (field: MissingField, missing = false): AskedFact => ({ field, text: '', missing })
  const record = (missing: number, vendor = 'v') => ({
    vendor,
    facts: [fact('description', missing > 0), fact('categories', missing > 1), fact('address')],
  })
  const many = (count: number, missing = 0) =>
    Array.from({ length: count }, (_, at) => record(missing, `v${at}`))
  const table: [string, ReturnType<typeof record>[], number | null][] = [
    ['nothing can be said of no records', [], null],
    ['all of one', many(1), 100],
    ['none of one that lacks a single fact', many(1, 1), 0],
    ['one of three is 33, not 34', [...many(1), ...many(2, 1)], 33],
    ['two of three is 66, not 67', [...many(2), ...many(1, 1)], 66],
    ['999 of 1,000 is 99, not 100', [...many(999), record(1, 'last')], 99],
    ['1,000 of 1,000', many(1000), 100],
    ['three of 400 is 0', [...many(3), ...many(397, 1)], 0],
  ]
  for (const [what, records, percent] of table)
    it(what, () => expect(percentComplete(tallyOf(records))).to.equal(percent))

  it('counts a fact of the vendor once, however many engagements stand on it', () => {
    const records = [
      { vendor: 'a', facts: [fact('address', true), fact('description')] },
      { vendor: 'a', facts: [fact('address', true), fact('description', true)] },
      { vendor: 'b', facts: [fact('address')] },
    ]
    expect(tallyOf(records)).to.deep.equal({ records: 3, complete: 1, asked: 4, held: 2 })
  })

  it('does not let what does not apply fill the share', () => {
    const own = asked({ role: 'own-vendor', contract: null })
    expect(tallyOf([{ vendor: 'v', facts: own }])).to.deep.equal({
      records: 1,
      complete: 0,
      asked: 3,
      held: 2,
    })
  })
})

describe('A complete record that nobody looks at', () => {
  // Opinion 22/2024, paras 31-32: kept up to date at all times; C.8: a year.
  const table: [string, string, boolean][] = [
    ['2025-11-24', '2026-11-23', false],
    ['2025-11-23', '2026-11-23', true],
    ['2024-02-29', '2025-02-28', true],
    ['2026-11-23', '2026-11-23', false],
  ]
  for (const [lookedOver, today, stale] of table)
    it(`looked over ${lookedOver} is ${stale ? 'due' : 'still fresh'} on ${today}`, () =>
      expect(isStale(lookedOver, today)).to.equal(stale))
})
