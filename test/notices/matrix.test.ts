import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import {
  beyondCorrection,
  blockersIn,
  changesBrought,
  correctedIn,
  correctsNothing,
  emptySummary,
  kindOf,
  lineKinds,
  vendorAsCorrected,
  withCorrection,
  type Corrected,
  type LineFacts,
  type LineKind,
} from '../../src/notices/rules.js'
import type { EngagementContent } from '../../src/register/rules.js'
import { everyCell, matrixFile, noticesMatrix, outcomeOf, type Cell } from '../support/notices-matrix.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { aContent, aLine } from './builders.js'

type Row = [
  kinds: readonly LineKind[],
  cell: Partial<Cell>,
  mode: string,
  silence: string,
  earliest: string,
  source: string,
]

const buys = { customer: 'buys the service' }
const general = { ...buys, authorisation: 'general' }
const covered = { instruction: 'covers the transfer' }
const uncovered = { instruction: 'does not cover it' }
const asked: readonly LineKind[] = ['addition', 'replacement', 'new-activity', 'new-place', 'new-basis']
const byNotice = 'L + 1; with the rest waived the day of the answer'
const byApproval = 'L + 1, answered later: the day of the answer; with the rest waived the day of the answer'
const instructed = `${byApproval}; not before the instruction`

// By hand, beside the rules: every cell of docs/notices.md, with what it rests on.
const rows: Row[] = [
  [
    ['addition'],
    { ...general, ...covered },
    'notice',
    'no objection received',
    byNotice,
    'clause 7.3, art. 28(2): general authorisation',
  ],
  [
    ['addition'],
    { ...general, ...uncovered },
    'notice, and an instruction',
    'no transfer: waits for ever',
    'L + 1, and not before the instruction',
    'C.6, clause 8.3',
  ],
  [
    ['replacement'],
    { ...general, ...covered, replacements: 'by notice' },
    'notice',
    'no objection received',
    byNotice,
    'clause 7.3',
  ],
  [
    ['replacement'],
    { ...general, ...uncovered, replacements: 'by notice' },
    'notice, and an instruction',
    'no transfer: waits for ever',
    'L + 1, and not before the instruction',
    'C.6, clause 8.3',
  ],
  [
    ['replacement'],
    { ...general, ...covered, replacements: 'by approval' },
    'approval',
    'refusal',
    byApproval,
    'B.1, last paragraph, where agreed so',
  ],
  [
    ['replacement'],
    { ...general, ...uncovered, replacements: 'by approval' },
    'approval',
    'refusal',
    instructed,
    'B.1, last paragraph; C.6',
  ],
  [
    ['addition', 'replacement'],
    { ...buys, ...covered, authorisation: 'specific' },
    'approval',
    'refusal',
    byApproval,
    'EDPB 07/2020, paras 151-157: silence is refusal',
  ],
  [
    ['addition', 'replacement'],
    { ...buys, ...uncovered, authorisation: 'specific' },
    'approval',
    'refusal',
    instructed,
    'EDPB 07/2020, paras 151-157; C.6',
  ],
  [
    ['new-activity', 'new-place'],
    { ...buys, ...covered },
    'approval',
    'refusal',
    byApproval,
    'B.1, last paragraph; C.5: prior written approval, whatever the authorisation',
  ],
  [
    ['new-activity', 'new-place'],
    { ...buys, ...uncovered },
    'approval',
    'refusal',
    instructed,
    'B.1, C.5; C.6',
  ],
  [
    ['new-basis'],
    { ...buys, ...covered },
    'notice',
    'no objection received',
    byNotice,
    'C.6: the instruction covers it; clause 7.3',
  ],
  [
    ['new-basis'],
    { ...buys, ...uncovered },
    'notice, and an instruction',
    'no transfer: waits for ever',
    'L + 1, and not before the instruction',
    'C.6, clause 8.3: a fresh instruction',
  ],
  [
    ['removal', 'correction'],
    buys,
    'information',
    'nothing: nothing was asked',
    '–',
    'clause 7.3 asks for notice of additions and replacements',
  ],
  [
    lineKinds,
    { customer: 'does not, one list for all' },
    'information',
    'nothing: nothing was asked',
    '–',
    'B.1: one list for all customers',
  ],
  [
    lineKinds,
    { customer: 'does not, a list of its own' },
    'not told',
    '–',
    '–',
    'clause 7.3: those concerned',
  ],
]

describe('what a change asks of a customer', () => {
  for (const [kinds, part, mode, silence, earliest, source] of rows)
    for (const kind of kinds) {
      const wherein = Object.values(part).join(', ')
      it(`is ${mode} for a ${kind} (${wherein}): ${source}`, () => {
        const cells = everyCell().filter((cell) => fits(cell, part))
        expect(cells).not.to.deep.equal([])
        for (const cell of cells) expect(outcomeOf(kind, cell)).to.include({ mode, silence, earliest })
      })
    }

  it('is said for every cell, once', () => {
    for (const kind of lineKinds)
      for (const cell of everyCell()) {
        const those = rows.filter(([kinds, part]) => kinds.includes(kind) && fits(cell, part))
        expect(those, `${kind}: ${Object.values(cell).join(', ')}`).to.have.lengthOf(1)
      }
  })

  it('stands in docs/notices.md as the rules give it', async () => {
    expect(readFileSync(matrixFile, 'utf8')).to.equal(await noticesMatrix())
  })

  it('says first in the mail what must be done', () => {
    const lead = (kind: LineKind, part: Partial<Cell>) =>
      outcomeOf(
        kind,
        everyCell().find((cell) => fits(cell, part))!,
      ).firstLine
    for (const kind of asked) expect(lead(kind, { ...buys, ...uncovered })).to.match(/^We need your /)
    expect(lead('new-place', { ...buys, ...covered })).to.include('Without your written approval')
    expect(lead('new-basis', { ...buys, ...uncovered })).to.include('written instruction')
    expect(lead('new-basis', { ...buys, ...covered })).to.match(/^You need do nothing unless you object/)
    expect(lead('correction', buys)).to.equal(
      'You need do nothing. We are correcting something that we have told you.',
    )
  })
})

function fits(cell: Cell, part: Partial<Cell>): boolean {
  return Object.entries(part).every(([name, value]) => cell[name as keyof Cell] === value)
}

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
