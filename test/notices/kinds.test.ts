import { expect } from 'chai'
import {
  blockersIn,
  changesBrought,
  emptySummary,
  kindOf,
  type Corrected,
  type LineFacts,
  type LineKind,
} from '../../src/notices/rules.js'
import type { EngagementContent } from '../../src/register/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { aContent, aLine } from './builders.js'

describe('the kind of a line', () => {
  const us: EngagementContent['transfers'] = [{ country: 'US', basis: 'adequacy-dpf' }]
  const cases: [string, Partial<EngagementContent>, Partial<EngagementContent>, LineKind | null][] = [
    [
      'another description is another activity (B.1)',
      {},
      { activity: { da: 'Drift', en: 'Operation' } },
      'new-activity',
    ],
    [
      'spelling of the description is none',
      {},
      { activity: { da: 'backup af  servere.', en: 'Backup of servers' } },
      null,
    ],
    [
      'a service it did not serve is another activity (B.1)',
      {},
      { services: ['hosting', 'telephony'] },
      'new-activity',
    ],
    ['a service less takes nothing', { services: ['hosting', 'telephony'] }, {}, null],
    ['a country where data are stored is a place (C.5)', {}, { storageCountries: ['DK', 'SE'] }, 'new-place'],
    ['a country they are seen from is one (C.5)', {}, { accessCountries: ['DK', 'IN'] }, 'new-place'],
    [
      'an address in the same country is one (C.5)',
      {},
      { places: [{ kind: 'data-centre', address: 'Nyvej 1', country: 'DK' }] },
      'new-place',
    ],
    [
      'an address less is none',
      { places: [{ kind: 'office', address: 'Nyvej 1', country: 'DK' }] },
      {},
      null,
    ],
    [
      'a place and its basis is a place: the heavier',
      {},
      { accessCountries: ['DK', 'US'], transfers: us },
      'new-place',
    ],
    [
      'a basis alone is a basis (C.6)',
      { accessCountries: ['DK', 'US'], transfers: [{ country: 'US', basis: 'scc-2021', module: 3 }] },
      { accessCountries: ['DK', 'US'], transfers: us },
      'new-basis',
    ],
    ['another contract or contact is none', {}, { contact: { name: 'Bo Lind' } }, null],
  ]
  for (const [what, before, after, kind] of cases)
    it(`follows from what differs: ${what}`, () => {
      const facts = { content: aContent(after), replacedContent: aContent(before), vendorApproved: true }
      expect(kindOf({ kind: 'replacement', ...facts })).to.equal(kind)
      expect(changesBrought(aContent(before), aContent(after))[0] ?? null).to.equal(kind)
    })

  it('is a new activity where affected customers have approved the vendor for something else (B.1)', () => {
    const facts = { kind: 'addition' as const, content: aContent(), replacedContent: null }
    expect(kindOf({ ...facts, vendorApproved: true })).to.equal('new-activity')
    expect(kindOf({ ...facts, vendorApproved: false })).to.equal('addition')
    const other = { ...facts, kind: 'new-activity' as const, replacedContent: aContent({ vendor: 'v2' }) }
    expect(kindOf({ ...other, vendorApproved: false })).to.equal('replacement')
    expect(kindOf({ ...other, vendorApproved: true }), 'of another’s place, too').to.equal('new-activity')
  })
})

describe('a line that was called something else than it is', () => {
  const told = (facts: Partial<LineFacts> & Pick<LineFacts, 'line'>) =>
    blockersIn({
      reference: 'CN-2026-001',
      goLive: 'staged',
      plannedStart: '2027-01-01',
      lines: [{ reference: 'E-0002', useBlocks: [], ...facts }],
      summary: { ...emptySummary(), count: 1 },
      law: shippedLaw,
      today: '2026-11-24',
    }).map(({ severity, text }) => `${severity}: ${text}`)
  const changed = aLine({ kind: 'new-place', replaces: 'e0', replacedContent: aContent() })
  const correction = (corrected: Corrected) =>
    aLine({ kind: 'correction', corrected, replacedContent: aContent() })

  it('keeps the notice back, and says what it is instead', () => {
    expect(told({ line: changed, found: 'new-place' })).to.deep.equal([])
    expect(told({ line: changed, found: 'new-activity' })).to.deep.equal(['issue: kind-new-activity'])
    expect(told({ line: changed, found: null })).to.deep.equal(['issue: kind-nothing'])
    expect(told({ line: aLine(), found: 'new-activity' })).to.deep.equal(['issue: kind-new-activity'])
  })

  it('keeps back a second change of one engagement while the first is out', () => {
    const elsewhere = 'CN-2026-000'
    expect(told({ line: changed, found: 'new-place', elsewhere })).to.deep.equal([
      'issue: continued-elsewhere',
    ])
  })

  it('keeps back a correction of nothing, and one that is more than that', () => {
    expect(told({ line: correction({ address: 'Nyvej 1' }) })).to.deep.equal([])
    expect(told({ line: correction({}) })).to.deep.equal(['issue: correction-nothing'])
    expect(told({ line: correction({ country: 'SE' }) })).to.deep.equal(['issue: correction-beyond'])
  })
})
