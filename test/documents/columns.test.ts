import { expect } from 'chai'
import { columnShares, sharesHolding } from '../../src/documents/columns.js'
import { inLines } from '../../src/documents/pdf-words.js'

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

describe('columns whose widths are given', () => {
  it('stay as they are where every word fits, and give way to one that does not, no more than it takes', () => {
    expect(sharesHolding([1, 1], ['A', 'B'], [['kort', 'ord']])).to.deep.equal([1, 1])
    const [name = 0, rest = 0] = sharesHolding(
      [0.2, 0.8],
      ['Navn', 'Hvad'],
      [['Dokumenthåndteringsvirksomhed', 'Drift']],
    )
    expect((88 * name) / (name + rest)).to.be.within(28, 31)
  })
})

describe('the lines of a narrow column', () => {
  // Letters of one width, and room for so many of them.
  const lines = (text: string, letters: number) => inLines(text, letters + 1.4, 2, (some) => some.length)
  const cases: [why: string, text: string, letters: number, said: string][] = [
    ['are left to the library where its own words fit', 'Drift af webhoteller', 12, 'Drift af webhoteller'],
    ['hold a company’s form in one piece', 'Selskabet af 1987 A/S', 20, 'Selskabet af 1987\nA/S'],
    [
      'part an address after its signs',
      'dpo.holm@curanet-hosting.example',
      17,
      'dpo.holm@curanet-\nhosting.example',
    ],
    [
      'begin a word too long on a line of its own',
      'Fælles Underleverandørselskab AB',
      14,
      'Fælles\nUnderleverand-\nørselskab AB',
    ],
    ['leave no letter alone', 'Underleverandørs', 15, 'Underleverand-\nørs'],
    ['end at a hyphen that is written', 'Kontor- og dokumentarkiv A/S', 14, 'Kontor- og\ndokumentarkiv\nA/S'],
    ['keep the lines there are', 'Aa\nBb', 5, 'Aa\nBb'],
  ]
  for (const [why, text, letters, said] of cases)
    it(why, () => {
      expect(lines(text, letters)).to.equal(said)
    })
})
