import { expect } from 'chai'
import { figureTable } from '../../src/audits/page/figures.js'
import { discreet } from '../../src/audits/rules/discreet.js'
import type { FigureSection } from '../../src/audits/rules/figures.js'

const cases = (key: string, columns: string[], ...rows: (string | number | null)[][]): FigureSection => ({
  key: key.split('.')[0] ?? '',
  figures: [],
  tables: [
    { key, columns, rows: rows.map((cells, at) => ({ reference: `R-${at}`, evidence: null, cells })) },
  ],
})
const ofBreaches = ['aware', 'customers', 'told', 'hours']
const ofUse = ['vendor', 'since', 'discovered', 'stopped', 'customers', 'told']

// DPA C.7: the declaration goes to every customer, and none may recognise another in it.
describe('What the declaration tells of single cases', () => {
  const table: [why: string, section: FigureSection, cells: (string | number | null)[]][] = [
    [
      'one customer: the month',
      cases('breaches.list', ofBreaches, ['2026-05-12', 1, 1, 9.5]),
      ['2026-05', 1, 1, 9.5],
    ],
    [
      'two customers: the month',
      cases('breaches.list', ofBreaches, ['2026-05-12', 2, 0, null]),
      ['2026-05', 2, 0, null],
    ],
    [
      'three customers: the day',
      cases('breaches.list', ofBreaches, ['2026-05-12', 3, 3, 9.5]),
      ['2026-05-12', 3, 3, 9.5],
    ],
    [
      'nobody affected: the day, there is nobody to recognise',
      cases('breaches.list', ofBreaches, ['2026-05-12', 0, 0, null]),
      ['2026-05-12', 0, 0, null],
    ],
    [
      'use without permission: every day of the case',
      cases('unpermitted-use.list', ofUse, ['Nyborg ApS', '2026-01-02', '2026-02-03', null, 1, 1]),
      ['Nyborg ApS', '2026-01', '2026-02', null, 1, 1],
    ],
    [
      'a table that is about no customers in particular: as it is',
      cases('sub-processors.changes', ['change', 'on'], ['added', '2026-03-01']),
      ['added', '2026-03-01'],
    ],
  ]
  for (const [why, section, cells] of table)
    it(why, () => {
      const told = discreet(section)
      expect(told.section.tables[0]?.rows[0]?.cells).to.deep.equal(cells)
      expect(told.coarse).to.equal(cells.some((cell) => /^\d{4}-\d{2}$/.test(String(cell))))
    })

  it('only the case with few customers is told by month, in words', () => {
    const two = cases('breaches.list', ofBreaches, ['2026-05-12', 1, 1, 9], ['2026-06-01', 40, 40, 3])
    const shown = figureTable(discreet(two).section.tables[0]!, 'da').rows.map(({ cells }) => cells[0]?.text)
    expect(shown).to.deep.equal(['maj 2026', '1. jun. 2026'])
  })
})
