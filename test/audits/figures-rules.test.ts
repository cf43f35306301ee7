import { expect } from 'chai'
import { figuresFor } from '../../src/audits/rules/figures-for.js'
import { turnsOf, type Interval } from '../../src/audits/rules/figures-lists.js'
import { changedSince, figureOf, madeOf, mostKept, tally } from '../../src/audits/rules/figures-made.js'
import { judgeRecipient, type CountedRecipient } from '../../src/audits/rules/figures-notices.js'
import { endedOn, overdueIn } from '../../src/audits/rules/figures-findings.js'
import { gapsIn } from '../../src/audits/rules/figures-statements.js'
import { diedIn, isInstructed, transfersOf } from '../../src/audits/rules/figures-transfers.js'
import { currentControlSet } from '../../src/audits/actions/controls.js'
import { figuresPage } from '../../src/audits/page/figures.js'
import type { Figure, YearFigures } from '../../src/audits/rules/figures.js'
import { shippedLaw } from '../../src/transfers/rules.js'

describe('the list through a year (B.1)', () => {
  const year = { before: '2025-12-31', from: '2026-01-01', to: '2026-12-31' }
  const from = (day: string, to: string | null = null): Interval => ({ from: day, to })
  const cases: [why: string, approvals: Interval[], expected: string][] = [
    ['approved all along', [from('2025-03-01')], 'start end'],
    ['came on the first day: the last year did not end with it', [from('2026-01-01')], 'added end'],
    ['came in the year', [from('2026-05-04')], 'added end'],
    ['went in the year', [from('2025-03-01', '2026-06-30')], 'start removed'],
    ['went on the first day', [from('2025-03-01', '2026-01-01')], 'start removed'],
    ['still there on the last day, gone the day after', [from('2025-03-01', '2027-01-01')], 'start end'],
    ['came and went again', [from('2026-02-01', '2026-03-01')], 'added removed'],
    [
      'one customer left, another kept it',
      [from('2025-01-01', '2026-03-01'), from('2025-06-01')],
      'start end',
    ],
    ['gone before', [from('2024-01-01', '2025-06-01')], ''],
    ['comes next year', [from('2027-01-01')], ''],
    ['ended on its first day: it never covered any', [from('2026-02-01', '2026-02-01')], ''],
  ]
  for (const [why, approvals, expected] of cases)
    it(why, () => {
      const turns = turnsOf(new Map([['e', approvals]]), year)
      const named = ['start', 'added', 'removed', 'end'].filter(
        (name) => turns[name as keyof typeof turns].length > 0,
      )
      expect(named.join(' ')).to.equal(expected)
      expect(turns.start.length + turns.added.length - turns.removed.length).to.equal(turns.end.length)
    })
})

describe('notice days kept (7.3, B.2)', () => {
  const part = (changes: Partial<CountedRecipient>): CountedRecipient => ({
    _id: 'n/c',
    noticeReference: 'CN-2026-001',
    customerReference: 'C-0001',
    acceptedAt: new Date('2026-11-24T09:00:00Z'),
    dayZero: '2026-11-24',
    earliestUse: '2026-12-29',
    state: 'permitted',
    lines: [],
    moves: [],
    ...changes,
  })
  const line = (permittedFrom: string | null, waivesRest: boolean | null = null, mode = 'notice') =>
    ({ mode, permittedFrom, answer: waivesRest === null ? null : { waivesRest } }) as never
  const cases: [why: string, part: CountedRecipient, expected: string, days: number | null][] = [
    ['the whole period', part({ lines: [line('2026-12-29')] }), 'told permitted kept', 34],
    ['later than it had to be', part({ lines: [line('2027-01-05')] }), 'told permitted kept', 41],
    ['still running', part({ lines: [line(null)] }), 'told', null],
    [
      'approved, and the rest given up in writing',
      part({ lines: [line('2026-12-01', true)] }),
      'told permitted consent',
      null,
    ],
    [
      'approved, and the period not given up',
      part({ lines: [line('2026-12-01', false)] }),
      'told permitted short',
      null,
    ],
    [
      'too early without a word of the customer',
      part({ lines: [line('2026-12-28')] }),
      'told permitted short',
      null,
    ],
    [
      'one line early with consent, one in time',
      part({ lines: [line('2026-12-01', true), line('2026-12-29')] }),
      'told permitted consent',
      null,
    ],
    [
      'only informed: no period runs',
      part({ lines: [line('2026-12-01', null, 'information')] }),
      'told',
      null,
    ],
    [
      'not received',
      part({ acceptedAt: null, dayZero: null, earliestUse: null, lines: [line(null)], state: 'undelivered' }),
      'untold',
      null,
    ],
    ['left before it was received', part({ acceptedAt: null, lines: [line(null)], state: 'left' }), '', null],
    [
      'came back, and was put right',
      part({ lines: [line(null)], moves: [{ event: 'recipient.next-contact-tried' }] }),
      'told bounced put-right',
      null,
    ],
    [
      'came back, and still is',
      part({
        acceptedAt: null,
        lines: [line(null)],
        state: 'undelivered',
        moves: [{ event: 'recipient.not-delivered' }],
      }),
      'untold bounced',
      null,
    ],
  ]
  for (const [why, recipient, expected, days] of cases)
    it(why, () => {
      const judged = judgeRecipient(recipient)
      expect(judged.in.join(' ')).to.equal(expected)
      expect(judged.days).to.equal(days)
    })
})

describe('findings of a year', () => {
  const move = (event: string, on: string) => ({ event: `finding.${event}`, on })
  const cases: [why: string, moves: { event: string; on: string }[], by: string, expected: string | null][] =
    [
      ['never ended', [move('opened', '2026-02-01')], '2026-12-31', null],
      ['closed', [move('closed', '2026-05-01')], '2026-12-31', 'closed 2026-05-01'],
      ['closed after the period', [move('closed', '2027-01-02')], '2026-12-31', null],
      ['opened again', [move('closed', '2026-05-01'), move('reopened', '2026-06-01')], '2026-12-31', null],
      [
        'accepted in the end',
        [move('closed', '2026-05-01'), move('reopened', '2026-06-01'), move('accepted', '2026-07-01')],
        '2026-12-31',
        'accepted 2026-07-01',
      ],
    ]
  for (const [why, moves, by, expected] of cases)
    it(why, () => {
      const ended = endedOn(moves, by)
      expect(ended && `${ended.as} ${ended.on}`).to.equal(expected)
    })

  it('are overdue once their day has passed, and not on it', () => {
    expect(overdueIn({ dueOn: '2026-12-31', ended: null }, '2026-12-31')).to.equal(false)
    expect(overdueIn({ dueOn: '2026-12-30', ended: null }, '2026-12-31')).to.equal(true)
    expect(overdueIn({ dueOn: '2026-12-30', ended: '2026-12-31' }, '2026-12-31')).to.equal(false)
  })
})

describe('transfers of a year', () => {
  const row = (country: string, transfers: object[]) => ({
    engagement: 'e1',
    reference: 'E-0001',
    role: 'sub-processor' as const,
    storageCountries: ['DK', country],
    accessCountries: [],
    transfers: transfers as never,
  })
  const judged = (country: string, transfers: object[], day = '2026-06-01') =>
    transfersOf(shippedLaw, row(country, transfers), day)[0]

  it('are of countries outside the EEA alone, each with what carries it in law', () => {
    expect(judged('SE', [])).to.equal(undefined)
    expect(judged('US', [])).to.include({ country: 'US', state: 'undocumented', assessed: null })
    expect(judged('CH', [{ country: 'CH', basis: 'adequacy' }])).to.include({
      state: 'lawful',
      assessed: null,
    })
    expect(judged('US', [{ country: 'US', basis: 'privacy-shield' }])).to.include({ state: 'unlawful' })
    expect(judged('IN', [{ country: 'IN', basis: 'scc-2021' }])).to.include({ assessed: false })
  })

  it('may be valid in law and outside the customer’s instruction: C.6 names the clauses alone', () => {
    const swiss = { uses: ['storage' as const], meant: [{ country: 'CH', basis: 'adequacy' as const }] }
    expect(isInstructed(swiss, { kind: 'scc-only', countries: [] })).to.equal(false)
    expect(isInstructed(swiss, { kind: 'any-valid', countries: [] })).to.equal(true)
    expect(isInstructed(swiss, { kind: 'countries', countries: ['GB'] })).to.equal(false)
  })
})

describe('transfer bases that ended in a period', () => {
  const [adequacy] = shippedLaw.decisions.filter(({ _id }) => _id === 'CH-2000')
  const died = (changes: object, from: string, to: string) => {
    const law = { decisions: [{ ...adequacy!, until: null, ended: null, ...changes }] }
    return diedIn(law, [], { from, to }).map(({ on }) => on)
  }
  const ended = { ended: { on: '2026-12-15', by: 'C-1/26' } }
  const planned = { until: '2026-12-31' }
  const cases: [why: string, changes: object, from: string, to: string, expected: string[]][] = [
    ['by a ruling in it', ended, '2026-07-01', '2027-06-30', ['2026-12-15']],
    ['by a ruling after it', ended, '2026-01-01', '2026-12-14', []],
    ['as planned, on the day after the last', planned, '2026-07-01', '2027-06-30', ['2027-01-01']],
    ['as planned, the day after the year', planned, '2026-01-01', '2026-12-31', []],
    ['by whichever came first', { ...ended, ...planned }, '2026-01-01', '2027-12-31', ['2026-12-15']],
    ['not at all', {}, '2026-01-01', '2027-12-31', []],
  ]
  for (const [why, changes, from, to, expected] of cases)
    it(why, () => expect(died(changes, from, to)).to.deep.equal(expected))
})

describe('days no statement covers', () => {
  it('are counted as far as they lie in the period', () => {
    const gaps = [
      { from: '2025-11-01', to: '2026-01-10' },
      { from: '2026-12-30', to: '2027-02-01' },
      { from: '2027-03-01', to: '2027-03-31' },
    ]
    expect(gapsIn(gaps, { from: '2026-01-01', to: '2026-12-31' })).to.deep.equal([
      { from: '2026-01-01', to: '2026-01-10' },
      { from: '2026-12-30', to: '2026-12-31' },
    ])
  })
})

describe('what a figure was counted from', () => {
  it('is kept with it, in one order, and of many only their number and hash', () => {
    const few = madeOf([{ reference: 'B' }, { reference: 'A' }])
    expect(few).to.deep.include({ count: 2, ids: ['A', 'B'] })
    expect(few.hash).to.equal(madeOf([{ reference: 'A' }, { reference: 'B' }]).hash)
    const many = Array.from({ length: mostKept + 1 }, (_, place) => ({ reference: `CN-${place}` }))
    expect(madeOf(many)).to.include({ count: mostKept + 1, ids: null })
    const passing = tally()
    for (const reference of ['A', 'B']) passing.add(reference)
    expect(passing.end()).to.deep.include({ count: 2, hash: few.hash, ids: null })
  })

  it('tells after freezing what has come and gone since', () => {
    const figure = (key: string, ...ids: string[]): Figure =>
      figureOf({ key, items: ids.map((reference) => ({ reference, url: null, log: null, on: null })) }, '/x')
    const frozen = [figure('a', '1', '2'), figure('b', '1'), figure('c', '1')]
    const live = [figure('a', '2', '3'), figure('b', '1'), figure('c', '1', '2')]
    expect(changedSince(frozen, live)).to.deep.equal([
      { key: 'a', before: 2, now: 2, came: ['3'], went: ['1'] },
      { key: 'c', before: 1, now: 2, came: ['2'], went: [] },
    ])
  })
})

describe('the page of a year’s figures', () => {
  const year = (...ids: string[]): YearFigures => ({
    year: 2026,
    period: { from: '2026-01-01', to: '2026-12-31' },
    asOf: '2027-01-10T09:00:00.000Z',
    sections: [
      {
        key: 'notices',
        figures: [
          figureOf(
            {
              key: 'notices.issued',
              items: ids.map((reference) => ({ reference, url: null, log: null, on: null })),
            },
            '/x',
          ),
        ],
        tables: [],
      },
    ],
  })
  const at = { locale: 'en' as const, zone: 'Europe/Copenhagen' }

  it('says as of when they are, and once they are frozen what has changed since', () => {
    const open = figuresPage({ figures: year('CN-2026-001'), live: null, below: '/audits/AU-2026' }, at)
    expect(open).to.include({ frozen: false, changed: 0, asOf: '10 Jan 2027, 10:00' })
    const frozen = figuresPage(
      { figures: year('CN-2026-001'), live: year('CN-2026-001', 'CN-2026-002'), below: '/audits/AU-2026' },
      at,
    )
    expect(frozen).to.include({ frozen: true, changed: 1 })
    expect(frozen.sections[0]?.figures[0]).to.include({
      value: '1',
      since: 'now 2',
      sentence: '1 notice of changes was issued.',
      url: '/audits/AU-2026/figures/notices.issued',
    })
  })
})

describe('figures that speak to a control', () => {
  const keys =
    'sub-processors unpermitted-use notices objections transfers supervision statements questionnaires findings breaches requests instructions departures'.split(
      ' ',
    )
  const figures: YearFigures = {
    year: 2026,
    period: { from: '2026-01-01', to: '2026-12-31' },
    asOf: '2026-12-31T00:00:00.000Z',
    sections: keys.map((key) => ({ key, figures: [], tables: [] })),
  }
  const spoken = (id: string) =>
    figuresFor(
      currentControlSet().controls.find((control) => control.id === id)!,
      figures,
    ).map(({ key }) => key)

  for (const [control, expected] of [
    ['A.2', 'instructions'],
    ['B.3', ''],
    ['B.15', 'statements'],
    ['D.3', 'departures'],
    ['E.2', 'sub-processors unpermitted-use transfers'],
    ['F.2', 'sub-processors unpermitted-use'],
    ['F.3', 'notices objections'],
    ['F.6', 'supervision statements questionnaires findings'],
    ['G.2', 'transfers'],
    ['H.2', 'requests instructions'],
    ['I.3', 'breaches'],
  ] as const)
    it(`of ${control}: ${expected || 'none'}`, () => expect(spoken(control).join(' ')).to.equal(expected))
})
