import { expect } from 'chai'
import { readEngagement } from '../../src/register/form.js'
import { placeProblems, unnamedPlaces, type Place } from '../../src/register/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'

const today = '2026-11-21'
const at = { law: shippedLaw, day: today }
const support = (country: string): Place => ({ kind: 'remote-support', address: 'MG Road 1', country })
const office = (country: string): Place => ({ kind: 'office', address: 'MG Road 2', country })
const centre = (country: string): Place => ({ kind: 'data-centre', address: 'Dock 3', country })

describe('A place of processing', () => {
  type Row = [string, Place[], string[], string[], string[]]
  const table: Row[] = [
    [
      'in a country that is named for it leaves nothing open (C.5)',
      [centre('DK'), support('IN')],
      ['DK'],
      ['IN'],
      [],
    ],
    [
      'from which support is given is access, wherever else the country is named (EDPB 05/2021, Art. 44)',
      [support('IN')],
      ['DK', 'IN'],
      ['DK'],
      ['critical place-access-not-named IN'],
    ],
    ['is access from an office too', [office('US')], ['DK'], ['DK'], ['critical place-access-not-named US']],
    [
      'that is a data centre is storage (Art. 44)',
      [centre('US')],
      ['DK'],
      ['DK', 'US'],
      ['critical place-storage-not-named US'],
    ],
    [
      'within the EEA is no transfer, and still a country to name (C.5)',
      [centre('IE')],
      ['DK'],
      ['DK'],
      ['warning place-storage-not-named IE'],
    ],
    [
      'is told once for each country and use',
      [support('IN'), office('IN')],
      ['DK'],
      ['DK'],
      ['critical place-access-not-named IN'],
    ],
  ]
  for (const [what, places, storageCountries, accessCountries, found] of table)
    it(what, () =>
      expect(
        placeProblems({ places, storageCountries, accessCountries }, at).map(
          ({ severity, text, facts }) => `${severity} ${text} ${facts['country']}`,
        ),
      ).to.deep.equal(found),
    )
})

describe('The form of an engagement', () => {
  const typed = (places: Record<string, string>[]) => ({
    role: 'sub-processor',
    activity: { da: 'Fjernsupport', en: 'Remote support' },
    storageCountries: 'DK',
    accessCountries: 'DK',
    contractTemplate: 'none',
    noticeUnit: 'days',
    places: places.map((place) => ({
      address: 'MG Road 1',
      kind: 'remote-support',
      country: 'IN',
      ...place,
    })),
  })
  const context = { today, locale: 'en' as const, law: shippedLaw }
  const empty = { address: '', country: '' }

  it('asks for the country of a place to be ticked, beside the row it is about', () => {
    const { problems } = readEngagement(typed([empty, {}]), context)
    expect(problems).to.deep.equal([
      { field: 'places.1.country', text: 'place-access-not-named', facts: { country: 'India' } },
    ])
  })

  it('leaves a place that was on record so as the finding it is, and asks where a country is taken away', () => {
    const kept = { transfers: [], places: [support('IN')], storageCountries: ['DK'], accessCountries: ['DK'] }
    expect(unnamedPlaces(kept)).to.have.length(1)
    expect(readEngagement(typed([{}]), context, kept).problems).to.equal(undefined)
    const named = { ...kept, accessCountries: ['DK', 'IN'] }
    expect(readEngagement(typed([{}]), context, named).problems).to.have.length(1)
  })
})
