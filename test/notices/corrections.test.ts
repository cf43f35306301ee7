import { expect } from 'chai'
import {
  beyondCorrection,
  correctedIn,
  correctsNothing,
  vendorAsCorrected,
  withCorrection,
  type Corrected,
} from '../../src/notices/rules.js'
import type { EngagementContent } from '../../src/register/rules.js'
import { aContent } from './builders.js'

describe('a correction', () => {
  const other = { kind: 'CVR' as const, number: '29412006' }
  const cases: [string, Partial<EngagementContent>, Corrected, string[]][] = [
    ['spelling of a name', {}, { name: 'Nyborg Back-up ApS' }, []],
    ['a moved office (clause 7.3 speaks of sub-processors)', {}, { address: 'Nyvej 1, 5800 Nyborg' }, []],
    ['a contact', {}, { contact: { name: 'Bo Lind', email: 'bo@nyborg.example' } }, []],
    ['a number that was missing', { registration: null }, { registration: other }, []],
    ['a number that is another', {}, { registration: other }, ['entity']],
    ['a number that was typed wrongly', {}, { registration: other, sameEntityBecause: 'Tastefejl' }, []],
    ['a name where there is no number', { registration: null }, { name: 'Gammelby ApS' }, ['entity']],
    ['a country that was missing', { country: null }, { country: 'SE' }, []],
    ['another country', {}, { country: 'SE' }, ['country']],
    [
      'another country, whatever the entity',
      {},
      { country: 'SE', sameEntityBecause: 'Tastefejl' },
      ['country'],
    ],
  ]
  for (const [what, before, corrected, beyond] of cases)
    it(`${beyond.length === 0 ? 'is' : 'is not'} ${what}`, () => {
      expect(beyondCorrection(aContent(before), corrected)).to.deep.equal(beyond)
    })

  it('keeps only what differs from the register', () => {
    const typed: Corrected = { name: 'Nyborg Backup ApS', address: 'Nyvej 1', country: 'DK' }
    expect(correctedIn(aContent(), typed)).to.deep.equal({ address: 'Nyvej 1' })
    expect(correctsNothing(correctedIn(aContent(), { name: 'Nyborg Backup ApS' }))).to.equal(true)
    expect(correctsNothing({ sameEntityBecause: 'Tastefejl' })).to.equal(true)
  })

  it('puts the same right in the register as on the list, and leaves the other contacts', () => {
    const contacts = [
      {
        id: 'k1',
        name: 'Ida',
        email: 'ida@nyborg.example',
        role: 'security' as const,
        locale: 'da' as const,
      },
      { id: 'k2', name: 'Bo', phone: '1', role: 'data-protection' as const, locale: 'en' as const },
    ]
    const vendor = { name: 'Nyborg', registration: null, address: 'Havnegade 3', country: null, contacts }
    const corrected: Corrected = {
      name: 'Nyborg ApS',
      registration: other,
      contact: { name: 'Bo Lind', phone: '2' },
    }
    const after = vendorAsCorrected(vendor, corrected)
    expect(after).to.deep.include({ name: 'Nyborg ApS', registration: other, address: 'Havnegade 3' })
    expect(after.contacts).to.deep.equal([
      contacts[0],
      { id: 'k2', name: 'Bo Lind', phone: '2', role: 'data-protection', locale: 'en' },
    ])
    expect(withCorrection(aContent(), corrected)).to.deep.include({
      vendorName: 'Nyborg ApS',
      registration: other,
    })
  })
})
