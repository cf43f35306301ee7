import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { lineKinds, type LineKind } from '../../src/notices/rules.js'
import { everyCell, matrixFile, noticesMatrix, outcomeOf, type Cell } from '../support/notices-matrix.js'

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
