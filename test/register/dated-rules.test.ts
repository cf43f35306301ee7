import { expect } from 'chai'
import {
  contentOn,
  engagementState,
  engagementVersions,
  withVersion,
  wouldLoop,
} from '../../src/register/rules.js'
import { engagementInput } from './builders.js'
import { facts } from './rules-content.js'

describe('Dated versions', () => {
  const versions = [
    { from: '2024-07-01', content: 'a' },
    { from: '2025-01-01', content: 'b' },
  ]

  it('hold from their day until the next', () => {
    expect(contentOn(versions, '2024-12-31')).to.equal('a')
    expect(contentOn(versions, '2025-01-01')).to.equal('b')
    expect(contentOn(versions, '2030-01-01')).to.equal('b')
    expect(contentOn(versions, '2020-01-01')).to.equal('a')
  })

  it('are cut where the content changes, and only there', () => {
    expect(withVersion(versions, 'b', '2026-01-01')).to.deep.equal(versions)
    expect(withVersion(versions, 'c', '2026-01-01')).to.deep.equal([
      ...versions,
      { from: '2026-01-01', content: 'c' },
    ])
  })

  it('have one content a day: a second change takes the place of the first', () => {
    expect(withVersion(versions, 'c', '2025-01-01')).to.deep.equal([
      versions[0],
      { from: '2025-01-01', content: 'c' },
    ])
    expect(withVersion(versions, 'a', '2025-01-01')).to.deep.equal([versions[0]])
  })

  it('never rewrite what already holds', () => {
    expect(() => withVersion(versions, 'c', '2024-12-31')).to.throw()
  })

  it('of vendor and engagement together are cut where either changed', () => {
    const vendor = [
      { from: '2020-01-01', content: facts({ name: 'Datto' }) },
      { from: '2025-03-01', content: facts({ name: 'Kaseya' }) },
    ]
    const engagement = [
      { from: '2024-07-01', content: engagementInput() },
      { from: '2025-06-01', content: engagementInput({ accessCountries: ['DK', 'US'] }) },
    ]
    const cut = engagementVersions({ _id: 'v1', versions: vendor }, { versions: engagement })
    expect(
      cut.map(({ from, to, content: { vendorName, accessCountries } }) => [
        from,
        to,
        vendorName,
        accessCountries.length,
      ]),
    ).to.deep.equal([
      ['2024-07-01', '2025-03-01', 'Datto', 1],
      ['2025-03-01', '2025-06-01', 'Kaseya', 1],
      ['2025-06-01', null, 'Kaseya', 2],
    ])
  })
})

describe('The state of an engagement', () => {
  const never = { since: null, until: null }
  const table: [string, Parameters<typeof engagementState>[0], number, string][] = [
    ['planned before anybody approved it', { inUse: never, endedOn: null }, 0, 'planned'],
    ['approved once a customer has', { inUse: never, endedOn: null }, 1, 'approved'],
    [
      'approved until the day use begins',
      { inUse: { since: '2026-11-22', until: null }, endedOn: null },
      1,
      'approved',
    ],
    ['in use from that day', { inUse: { since: '2026-11-21', until: null }, endedOn: null }, 1, 'in-use'],
    [
      'no longer in use on its last day',
      { inUse: { since: '2026-01-01', until: '2026-11-21' }, endedOn: null },
      1,
      'approved',
    ],
    [
      'in use when use began anew',
      {
        inUse: { since: '2026-11-01', until: null },
        earlierUse: [{ since: '2025-01-01', until: '2025-02-01' }],
        endedOn: null,
      },
      1,
      'in-use',
    ],
    ['ended from its end', { inUse: never, endedOn: '2026-11-21' }, 0, 'ended'],
    ['not ended before', { inUse: never, endedOn: '2026-11-22' }, 0, 'planned'],
  ]
  for (const [what, engagement, approvedBy, state] of table)
    it(`is ${what}`, () => expect(engagementState(engagement, approvedBy, '2026-11-21')).to.equal(state))
})

describe('The chain', () => {
  const parents = new Map([
    ['b', 'a'],
    ['c', 'b'],
  ])
  it('has no rings', () => {
    expect(wouldLoop('a', 'c', parents)).to.equal(true)
    expect(wouldLoop('a', 'a', parents)).to.equal(true)
    expect(wouldLoop('d', 'c', parents)).to.equal(false)
  })
})
