import { expect } from 'chai'
import { numberChecksOut, tidyNumber, type RegistrationKind } from '../../src/base/registration.js'
import {
  changesToApproved,
  completenessOf,
  incompleteness,
  isRedacted,
  mainContact,
  roleMayBeOwn,
  type ChangeKind,
  type EngagementContent,
  type VendorFacts,
} from '../../src/register/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { engagementInput } from './builders.js'
import { facts, content } from './rules-content.js'

describe('Registration numbers', () => {
  const table: [string, RegistrationKind, string, string, boolean][] = [
    ['the telecom provider of seed 002', 'CVR', '35645845', '35645845', true],
    ['a CVR number with spaces', 'CVR', '35 24 01 36', '35240136', true],
    ['a CVR number written as a VAT number', 'CVR', 'DK 29403473', '29403473', true],
    ['a CVR number with a wrong digit', 'CVR', '35645846', '35645846', false],
    ['a CVR number that is too short', 'CVR', '3564584', '3564584', false],
    ['the Swedish one of seed 002, as printed', 'SE', '559205- 2400', '559205-2400', true],
    ['a Swedish one without its dash', 'SE', '5592052400', '559205-2400', true],
    ['a Swedish one with a wrong digit', 'SE', '559205-2401', '559205-2401', false],
    ['a Norwegian one', 'NO', '923 609 016', '923609016', true],
    ['a Norwegian one with a wrong digit', 'NO', '923609017', '923609017', false],
    ['a Finnish one', 'FI', '0112038-9', '0112038-9', true],
    ['a Finnish one with a wrong digit', 'FI', '0112038-8', '0112038-8', false],
    ['a German register entry, which has no check', 'DE', 'HRB  12345,  Ulm', 'HRB 12345, Ulm', true],
    ['a German VAT number', 'VAT', 'DE 136 695 976', 'DE136695976', true],
    ['a German VAT number with a wrong digit', 'VAT', 'DE136695977', 'DE136695977', false],
    ['an Irish VAT number', 'VAT', 'IE 8256796U', 'IE8256796U', true],
    ['a LEI', 'LEI', '5493001KJTIIGC8Y1R12', '5493001KJTIIGC8Y1R12', true],
    ['a LEI with a wrong digit', 'LEI', '5493001KJTIIGC8Y1R13', '5493001KJTIIGC8Y1R13', false],
    ['any other number, as it stands', 'other', 'C 123 456', 'C 123 456', true],
  ]
  for (const [what, kind, typed, tidy, passes] of table)
    it(`${passes ? 'take' : 'warn of'} ${what}`, () => {
      expect(tidyNumber(kind, typed)).to.equal(tidy)
      expect(numberChecksOut(kind, typed)).to.equal(passes)
      expect(numberChecksOut(kind, tidy)).to.equal(passes)
    })
})

describe('A change of what customers have approved', () => {
  const registered = { registration: { kind: 'CVR' as const, number: '29412006' } }
  const usa = { accessCountries: ['DK', 'US'] }
  const dpf = { ...usa, transfers: [{ country: 'US', basis: 'adequacy-dpf' as const }] }
  const table: [string, EngagementContent, EngagementContent, ChangeKind[]][] = [
    ['nothing at all', content(), content(), []],
    [
      'a new name of the same company',
      content(registered),
      content({ ...registered, name: 'team.blue Denmark A/S' }),
      [],
    ],
    ['a moved office', content(), content({ address: 'Nygade 1, 8000 Aarhus C' }), []],
    ['another contact person', content(), content({ contacts: [] }), []],
    ['a new website', content(), content({ website: 'https://curanet.example' }), []],
    ['a number that was missing', content({ registration: null }), content(registered), []],
    [
      'spaces in a number',
      content({ registration: { kind: 'SE', number: '559205- 2400' } }),
      content({ registration: { kind: 'SE', number: '559205-2400' } }),
      [],
    ],
    ['a country of seat that was missing', content({ country: null }), content(), []],
    [
      'spelling of the activity',
      content(),
      content({}, { activity: { da: 'Drift af  webhoteller.', en: 'operation of web hosting' } }),
      [],
    ],
    [
      'another order of services and countries',
      content({}, { storageCountries: ['DK', 'SE'] }),
      content({}, { storageCountries: ['SE', 'DK'] }),
      [],
    ],
    [
      'the day the clauses were signed',
      content({}, dpf),
      content({}, { ...dpf, transfers: [{ ...dpf.transfers[0]!, listingCheckedOn: '2026-01-01' }] }),
      [],
    ],
    ['data categories', content(), content({}, { dataCategories: ['ordinary', 'special'] }), []],
    [
      'another company',
      content(registered),
      content({ registration: { kind: 'CVR', number: '35645845' } }),
      ['entity'],
    ],
    ['a number taken away', content(registered), content({ registration: null }), ['entity']],
    [
      'another name where no number tells',
      content({ registration: null }),
      content({ registration: null, name: 'Other ApS' }),
      ['entity'],
    ],
    ['another activity', content(), content({}, { activity: { da: 'Backup', en: 'Backup' } }), ['activity']],
    [
      'another activity in one language only',
      content(),
      content({}, { activity: { da: 'Drift af webhoteller', en: 'Backup' } }),
      ['activity'],
    ],
    ['another role', content(), content({}, { role: 'own-vendor' }), ['role']],
    [
      'one more service',
      content({}, { services: ['s1'] }),
      content({}, { services: ['s1', 's2'] }),
      ['services'],
    ],
    ['one more storage country', content(), content({}, { storageCountries: ['DK', 'DE'] }), ['country']],
    ['access from one more country', content(), content({}, { accessCountries: ['DK', 'IN'] }), ['country']],
    ['a country filled in', content({}, { storageCountries: [] }), content(), ['country']],
    ['another seat', content(), content({ country: 'SE' }), ['country']],
    [
      'a new data centre',
      content(),
      content(
        {},
        { places: [{ kind: 'data-centre', address: 'Herstedvang 8, 2620 Albertslund', country: 'DK' }] },
      ),
      ['place'],
    ],
    [
      'another basis',
      content({}, dpf),
      content({}, { ...dpf, transfers: [{ country: 'US', basis: 'scc-2021', module: 3 }] }),
      ['basis'],
    ],
    [
      'another module',
      content({}, { ...usa, transfers: [{ country: 'US', basis: 'scc-2021', module: 2 }] }),
      content({}, { ...usa, transfers: [{ country: 'US', basis: 'scc-2021', module: 3 }] }),
      ['basis'],
    ],
    ['support from the USA on the DPF', content(), content({}, dpf), ['country', 'basis']],
  ]
  for (const [what, before, after, changes] of table)
    it(`${changes.length === 0 ? 'is not' : `is (${changes.join(', ')}):`} ${what}`, () =>
      expect(changesToApproved(before, after)).to.deep.equal(changes))
})

describe('What is missing', () => {
  const at = { law: shippedLaw, day: '2026-11-21' }
  const missing = (
    vendor: Partial<VendorFacts> = {},
    engagement: Partial<ReturnType<typeof engagementInput>> = {},
  ) => incompleteness(facts(vendor), engagementInput(engagement), at).map(({ field }) => field)
  const table: [string, ReturnType<typeof missing>, string[]][] = [
    ['nothing, of a complete record', missing(), []],
    ['a redacted name', missing({ name: 'Xxx.xxx Group AB' }), ['name']],
    ['the number', missing({ registration: null }), ['registration']],
    [
      'not the number, with the reason for its absence',
      missing({ registration: null, noRegistrationBecause: 'Sole trader' }),
      [],
    ],
    ['the address', missing({ address: '' }), ['address']],
    ['a redacted address', missing({ address: '000 Xxxxxxxx Xxx #000, Xxxxx, XX 00000' }), ['address']],
    ['the contact person', missing({ contacts: [] }), ['contact']],
    [
      'a contact who can be reached',
      missing({ contacts: [{ id: 'k', name: 'Bo', role: 'other', locale: 'da' }] }),
      ['contact'],
    ],
    ['the description in one language', missing({}, { activity: { da: 'Drift', en: '' } }), ['description']],
    ['the categories of data', missing({}, { dataCategories: [] }), ['categories']],
    ['the data subjects', missing({}, { subjects: [] }), ['categories']],
    ['where it is stored', missing({}, { storageCountries: [] }), ['storageCountries']],
    ['where it is seen from', missing({}, { accessCountries: [] }), ['accessCountries']],
    [
      'a basis for each country outside the EEA',
      missing(
        {},
        { accessCountries: ['DK', 'US', 'IN'], transfers: [{ country: 'US', basis: 'adequacy-dpf' }] },
      ),
      ['basis'],
    ],
    ['the contract', missing({}, { contract: null }), ['contract']],
    ['its signature', missing({}, { contract: { template: 'ours' } }), ['contract']],
    [
      'of an own vendor, only what concerns us',
      missing({ contacts: [], address: '' }, { role: 'own-vendor', storageCountries: [], contract: null }),
      ['contract'],
    ],
  ]
  for (const [what, found, expected] of table)
    it(`names ${what}`, () => expect(found).to.deep.equal(expected))

  it('tells a list of four columns from one that satisfies opinion 22/2024', () => {
    const of = (vendor: Partial<VendorFacts>, engagement = {}) =>
      completenessOf(incompleteness(facts(vendor), engagementInput(engagement), at))
    expect(of({})).to.equal('complete')
    expect(of({ contacts: [] }, { storageCountries: [] })).to.equal('b1-only')
    expect(of({ address: '' })).to.equal('incomplete')
  })

  const names: [string, boolean][] = [
    ['Xxxxxxxxxxx 0, 0000 Xxxxxxxxxxx', true],
    ['Xxx.xxx Group AB', true],
    ['Telecom X ApS', false],
    ['Gærtorvet 3, 1799 København V', false],
    ['Exxon, XX 00000', false],
  ]
  for (const [text, redacted] of names)
    it(`${redacted ? 'sees' : 'does not see'} letters struck out in '${text}'`, () =>
      expect(isRedacted(text)).to.equal(redacted))

  it('takes the data protection contact first, then whoever can be reached', () => {
    const bo = {
      id: 'b',
      name: 'Bo',
      email: 'bo@x.example',
      role: 'contract' as const,
      locale: 'da' as const,
    }
    const eva = {
      id: 'e',
      name: 'Eva',
      phone: '12345678',
      role: 'data-protection' as const,
      locale: 'da' as const,
    }
    expect(mainContact([bo, eva])?.name).to.equal('Eva')
    expect(mainContact([bo, { id: 'e', name: 'Eva', role: 'data-protection', locale: 'da' }])?.name).to.equal(
      'Bo',
    )
    expect(mainContact([])).to.equal(null)
  })

  it('asks whether an accounting program for invoicing is a sub-processor', () => {
    const activity = { da: 'Regnskabsprogram til fakturering', en: 'Accounting program for invoicing' }
    expect(roleMayBeOwn({ role: 'sub-processor', activity })).to.equal(true)
    expect(roleMayBeOwn({ role: 'own-vendor', activity })).to.equal(false)
    expect(roleMayBeOwn(engagementInput())).to.equal(false)
  })
})
