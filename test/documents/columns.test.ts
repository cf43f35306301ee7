import { expect } from 'chai'
import { columnShares } from '../../src/documents/columns.js'

/** What a column gets of a page that has room for 88 letters, in letters. */
function lettersOf(headings: string[], rows: string[][]): number[] {
  const shares = columnShares(headings, rows)
  const all = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => Math.round((88 * share) / all))
}

describe('the columns of a table', () => {
  const long =
    'Sikkerhedskopiering af kundernes servere og gendannelse, når kunden beder om det, døgnet rundt.'
  const table: [why: string, headings: string[], rows: string[][], least: number[]][] = [
    ['break no word', ['Nr.', 'Hvad', 'Frist'], [['1', long, 'underdatabehandleraftale']], [3, 20, 24]],
    ['break no day', ['Hvad', 'Frist'], [[long, '23. sep. 2026']], [20, 13]],
    ['break no company’s form from its name', ['Hvem', 'Hvad'], [['Curanet A/S', long]], [11, 20]],
    ['give most to what has most to say', ['A', 'B'], [['Ja', long]], [2, 60]],
    ['hold what is empty', ['', ''], [], [1, 1]],
  ]
  for (const [why, headings, rows, least] of table)
    it(why, () => {
      const letters = lettersOf(headings, rows)
      expect(letters).to.have.length(headings.length)
      for (const [column, most] of least.entries())
        expect(letters[column], String(column)).to.be.at.least(most)
    })
})
