import { expect } from 'chai'
import {
  bandOf,
  highestRisk,
  riskOf,
  riskTables,
  type RiskBand,
  type RiskFacts,
} from '../../src/register/rules.js'

const day = '2026-11-23'

// Datatilsynet, guiding model for supervision of processors, 29 October 2021; domain.md 3.
describe('Risk points after Datatilsynet’s model', () => {
  const table: [string, RiskFacts, number, RiskBand, boolean][] = [
    [
      'fewer than 1,000, ordinary data',
      { dataCategories: ['ordinary'], subjectCount: 'under-1000' },
      1,
      '1-2',
      false,
    ],
    ['1,000 to 10,000', { dataCategories: ['ordinary'], subjectCount: '1000-10000' }, 2, '1-2', false],
    ['more than 10,000', { dataCategories: ['ordinary'], subjectCount: 'over-10000' }, 3, '3-4', false],
    [
      'confidential data',
      { dataCategories: ['ordinary', 'confidential'], subjectCount: 'under-1000' },
      3,
      '3-4',
      false,
    ],
    ['special categories', { dataCategories: ['special'], subjectCount: '1000-10000' }, 5, '5-6', false],
    ['both', { dataCategories: ['special', 'confidential'], subjectCount: '1000-10000' }, 7, '7-10', false],
    [
      'everything there is: ten, the end of the published scale',
      { dataCategories: ['special', 'confidential'], subjectCount: 'over-10000', specialProcessing: true },
      10,
      '7-10',
      false,
    ],
    ['number of data subjects not recorded: the least', { dataCategories: ['special'] }, 4, '3-4', true],
    ['types of data not recorded', { dataCategories: [], subjectCount: 'over-10000' }, 3, '3-4', true],
  ]
  for (const [what, facts, points, band, atLeast] of table)
    it(`${what}: ${points}`, () => expect(riskOf(facts, day)).to.deep.equal({ points, band, atLeast }))

  it('falls into the four published bands', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 10].map(bandOf)).to.deep.equal([
      '1-2',
      '1-2',
      '3-4',
      '3-4',
      '5-6',
      '5-6',
      '7-10',
      '7-10',
    ])
  })

  it('gives a vendor the highest of its engagements', () => {
    const risks = [
      riskOf({ dataCategories: ['ordinary'] }, day),
      riskOf({ dataCategories: ['special'] }, day),
    ]
    expect(highestRisk(risks)?.points).to.equal(4)
    expect(highestRisk([])).to.equal(null)
  })

  it('uses the table that held on the day; the first one before that', () => {
    expect(riskTables.map(({ from }) => from)).to.deep.equal(riskTables.map(({ from }) => from).toSorted())
    expect(riskOf({ dataCategories: ['special'] }, '2019-01-01').points).to.equal(4)
  })
})
