import { expect } from 'chai'
import {
  bridgeParts,
  daysCovered,
  expectedBy,
  lanesOf,
  overdueOf,
  succeededAmong,
} from '../../src/statements/rules.js'
import { accepted, aStatement, certificate, plainFacts, year } from './builders.js'

describe('days covered (product.md: periods and bridge letters, gaps)', () => {
  const rows: [
    string,
    { from: string; to: string }[],
    { from: string; to: string; after: string }[],
    string[],
    number,
  ][] = [
    ['a year reported on has no gap', [year(2025)], [], [], 365],
    ['a leap year has 366 days', [year(2024), year(2025)], [], [], 731],
    [
      'periods that meet leave no gap',
      [year(2024), { from: '2025-01-01', to: '2025-09-30' }],
      [],
      ['2025-10-01/2025-12-31'],
      639,
    ],
    [
      'a day between them is a gap',
      [
        { from: '2025-01-01', to: '2025-06-29' },
        { from: '2025-07-01', to: '2025-12-31' },
      ],
      [],
      ['2025-06-30/2025-06-30'],
      364,
    ],
    [
      'overlapping periods count once',
      [
        { from: '2025-01-01', to: '2025-08-31' },
        { from: '2025-06-01', to: '2025-12-31' },
      ],
      [],
      [],
      365,
    ],
    [
      'a bridge letter of three months counts',
      [{ from: '2025-01-01', to: '2025-09-30' }],
      [{ from: '2025-10-01', to: '2025-12-30', after: '2025-09-30' }],
      ['2025-12-31/2025-12-31'],
      364,
    ],
    [
      'the rest of a longer one does not',
      [{ from: '2025-01-01', to: '2025-06-30' }],
      [{ from: '2025-07-01', to: '2025-12-31', after: '2025-06-30' }],
      ['2025-10-01/2025-12-31'],
      273,
    ],
    [
      'one that begins late leaves a gap before it',
      [{ from: '2025-01-01', to: '2025-09-30' }],
      [{ from: '2025-11-01', to: '2025-12-31', after: '2025-09-30' }],
      ['2025-10-01/2025-10-31', '2025-12-31/2025-12-31'],
      333,
    ],
    ['nothing covers nothing', [], [], ['2025-01-01/2025-12-31'], 0],
  ]
  for (const [what, periods, bridges, gaps, days] of rows)
    it(what, () => {
      const from = what.includes('leap') || what.includes('meet') ? '2024-01-01' : '2025-01-01'
      const found = daysCovered(periods, bridges, from, '2025-12-31')
      expect(found.gaps.map((gap) => `${gap.from}/${gap.to}`)).to.deep.equal(gaps)
      expect(found.days).to.equal(days)
    })

  it('says of a bridge letter which part counts and which does not', () => {
    expect(bridgeParts({ from: '2026-01-01', to: '2026-06-30', after: '2025-12-31' })).to.deep.equal({
      counted: { from: '2026-01-01', to: '2026-03-31' },
      beyond: { from: '2026-04-01', to: '2026-06-30' },
    })
    expect(bridgeParts({ from: '2026-05-01', to: '2026-06-30', after: '2025-12-31' }).counted).to.equal(null)
  })
})

describe('when the next statement is expected (domain.md 5)', () => {
  const rows: [string, Parameters<typeof aStatement>[0], string | null][] = [
    ['a type 2: 12 months and four for the auditor', {}, '2027-04-30'],
    ['a type 1: 12 months after its day', { type: 1, period: null, asOf: '2026-03-31' }, '2027-03-31'],
    [
      'a type 1 of a leap day: the last of February',
      { type: 1, period: null, asOf: '2024-02-29' },
      '2025-02-28',
    ],
    ['a certificate: its end', { kind: 'iso-27001', type: null, period: null, certificate }, '2027-05-01'],
    ['a bridge letter: nothing follows it', { kind: 'bridge-letter', type: null }, null],
  ]
  for (const [what, facts, day] of rows)
    it(what, () => {
      expect(expectedBy({ ...plainFacts, ...facts })).to.equal(day)
    })

  it('is overdue from the day after, and not once a later one of the same kind has come', () => {
    const last = aStatement()
    expect(overdueOf([last], '2027-04-30')).to.deep.equal([])
    expect(overdueOf([last], '2027-05-01')).to.deep.equal([
      { statement: 'a', sort: 'isae-3402/2', expectedOn: '2027-04-30' },
    ])
    const next = aStatement({ period: year(2026) }, { _id: 'b', state: 'read', conclusion: null })
    expect(overdueOf([last, next], '2027-05-01')).to.deep.equal([])
    expect([...succeededAmong([last, next])]).to.deep.equal(['a'])
    const other = aStatement({ kind: 'soc-2', period: year(2026) }, { _id: 'c' })
    expect(overdueOf([last, other], '2027-05-01')).to.have.length(1)
  })

  it('shows days not yet reported on as a gap only once the next report is late', () => {
    const [lane] = lanesOf([aStatement()], '2026-11-23')
    expect(lane).to.deep.include({ gaps: [], overdue: false, coveredTo: '2025-12-31' })
    const [late] = lanesOf([aStatement()], '2027-05-01')
    expect(late?.gaps).to.deep.equal([{ from: '2026-01-01', to: '2027-05-01' }])
    expect(late?.overdue).to.equal(true)
  })

  it('covers by what was accepted only, and shows the rest', () => {
    const read = aStatement({ period: year(2024) }, { _id: 'b', state: 'read', conclusion: null })
    const [lane] = lanesOf([read, aStatement()], '2026-11-23')
    expect(lane?.spans.map(({ accepted: is }) => is)).to.deep.equal([false, true])
    expect(lane?.gaps).to.deep.equal([])
    const rejected = { ...accepted, verdict: 'rejected' as const }
    expect(lanesOf([aStatement({}, { conclusion: rejected })], '2026-11-23')).to.deep.equal([])
  })

  it('draws a bridge letter beside the period it goes on from', () => {
    const letter = aStatement(
      {
        kind: 'bridge-letter',
        type: null,
        opinion: null,
        bridges: 'a',
        period: { from: '2026-01-01', to: '2026-06-30' },
      },
      { _id: 'b', reference: 'ST-2026-002' },
    )
    const [lane, ...others] = lanesOf([aStatement(), letter], '2026-11-23')
    expect(others).to.deep.equal([])
    expect(lane?.spans.map(({ kind, to }) => [kind, to])).to.deep.equal([
      ['period', '2025-12-31'],
      ['bridge', '2026-03-31'],
      ['beyond', '2026-06-30'],
    ])
    expect(lane?.coveredTo).to.equal('2026-03-31')
  })
})
