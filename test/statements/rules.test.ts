import { expect } from 'chai'
import {
  bridgeParts,
  daysCovered,
  deadReason,
  expectedBy,
  hindrances,
  isAcceptedCurrent,
  isSameAddress,
  judgeCentre,
  judgeStatementFile,
  lanesOf,
  missedSurveillance,
  overdueOf,
  pointsFor,
  reminderDue,
  requestState,
  succeededAmong,
  type StatementRequest,
} from '../../src/statements/rules.js'
import { accepted, allYes, aStatement, certificate, plainFacts, year } from './builders.js'

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

describe('dead papers (domain.md 5)', () => {
  const rows: [string, Partial<typeof plainFacts>, string, string | null][] = [
    ['ISO 27001:2013 on the day before', { kind: 'iso-27001', edition: '2013' }, '2025-10-30', null],
    [
      'ISO 27001:2013 from 31 October 2025',
      { kind: 'iso-27001', edition: 'ISO/IEC 27001:2013' },
      '2025-10-31',
      'iso-27001-2013',
    ],
    ['ISO 27001:2022', { kind: 'iso-27001', edition: '2022' }, '2026-11-23', null],
    ['SSAE 16', { kind: 'ssae-16' }, '2026-11-23', 'ssae-16'],
    ['SAS 70', { kind: 'sas-70' }, '2026-11-23', 'sas-70'],
    ['Privacy Shield since Schrems II', { kind: 'privacy-shield' }, '2020-07-16', 'privacy-shield'],
    ['an ISAE 3402', {}, '2026-11-23', null],
  ]
  for (const [what, facts, day, reason] of rows)
    it(what, () => {
      expect(deadReason({ ...plainFacts, ...facts }, day)).to.equal(reason)
    })
})

describe('what may be relied on', () => {
  const rows: [string, Parameters<typeof aStatement>, string, boolean][] = [
    ['accepted and not overdue', [{}], '2027-04-30', true],
    ['overdue', [{}], '2027-05-01', false],
    ['not concluded', [{}, { state: 'read', conclusion: null }], '2026-11-23', false],
    ['rejected', [{}, { conclusion: { ...accepted, verdict: 'rejected' } }], '2026-11-23', false],
    [
      'accepted with follow-up',
      [{}, { conclusion: { ...accepted, verdict: 'accepted-with-follow-up' } }],
      '2026-11-23',
      true,
    ],
    ['replaced', [{}, { replacedBy: 'b' }], '2026-11-23', false],
    ['adverse, whatever was concluded', [{ opinion: 'adverse' }], '2026-11-23', false],
    [
      'a dead certificate',
      [{ kind: 'iso-27001', edition: '2013', type: null, period: null, certificate }],
      '2026-11-23',
      false,
    ],
    [
      'a certificate on its last day',
      [{ kind: 'iso-27001', edition: '2022', type: null, period: null, certificate }],
      '2027-05-01',
      true,
    ],
    ['a bridge letter alone', [{ kind: 'bridge-letter' }], '2026-01-23', false],
  ]
  for (const [what, [facts, changes], day, is] of rows)
    it(`${is ? 'yes' : 'no'}: ${what}`, () => {
      expect(isAcceptedCurrent(aStatement(facts, changes), day)).to.equal(is)
    })

  it('tells surveillance that was due and that nobody has seen done', () => {
    const surveillance = [
      { dueOn: '2025-05-01', doneOn: '2025-05-20' },
      { dueOn: '2026-05-01', doneOn: null },
      { dueOn: '2027-05-01', doneOn: null },
    ]
    const facts = { ...plainFacts, certificate: { ...certificate, surveillance } }
    expect(missedSurveillance(facts, '2026-11-23')).to.deep.equal(['2026-05-01'])
  })
})

describe('data centres (agreement C.2: ISAE 3402 type 2)', () => {
  const place = { address: 'Herstedvang 8, 2620 Albertslund', country: 'DK' }
  const today = '2026-11-23'
  const rows: [string, Parameters<typeof aStatement>, string][] = [
    ['accepted, current, names the address', [{}], 'ok'],
    [
      'the address written otherwise',
      [
        {
          sites: [{ address: 'HERSTEDVANG 8, DK-2620 ALBERTSLUND, Denmark', country: '', carvedOut: false }],
        },
      ],
      'ok',
    ],
    [
      'another address',
      [{ sites: [{ address: 'Hørskætten 3, 2630 Taastrup', country: 'DK', carvedOut: false }] }],
      'other-address',
    ],
    [
      'another number in the street',
      [{ sites: [{ address: 'Herstedvang 18, 2620 Albertslund', country: 'DK', carvedOut: false }] }],
      'other-address',
    ],
    ['no address at all', [{ sites: [] }], 'other-address'],
    ['the site carved out', [{ sites: [{ ...place, carvedOut: true }] }], 'carved-out'],
    ['adverse opinion', [{ opinion: 'adverse' }], 'adverse'],
    ['disclaimed opinion', [{ opinion: 'disclaimer' }], 'disclaimer'],
    [
      'qualified, accepted with follow-up',
      [{ opinion: 'qualified' }, { conclusion: { ...accepted, verdict: 'accepted-with-follow-up' } }],
      'ok',
    ],
    [
      'another legal entity',
      [{}, { checklist: { ...allYes, entity: { answer: 'no', note: 'The parent' } } }],
      'wrong-entity',
    ],
    ['type 1', [{ type: 1, period: null, asOf: '2026-06-30' }], 'kind'],
    ['ISO 27001', [{ kind: 'iso-27001', edition: '2022', type: null, certificate }], 'kind'],
    ['SOC 2 type 2', [{ kind: 'soc-2' }], 'kind'],
    ['too old', [{ period: year(2024) }], 'expired'],
    ['not concluded', [{}, { state: 'read', conclusion: null }], 'not-concluded'],
    ['unread', [null, { state: 'received', conclusion: null }], 'not-concluded'],
    ['rejected', [{}, { conclusion: { ...accepted, verdict: 'rejected' } }], 'rejected'],
    ['withdrawn', [{}, { state: 'withdrawn' }], 'none'],
    ['replaced', [{}, { replacedBy: 'b' }], 'none'],
  ]
  for (const [what, given, wanted] of rows)
    it(`${wanted}: ${what}`, () => {
      const verdict = judgeCentre(place, [aStatement(...given)], [], today)
      expect(verdict.ok ? 'ok' : verdict.reason).to.equal(wanted)
    })

  it('takes an equivalent only where the agreement counts it', () => {
    const soc2 = aStatement({ kind: 'soc-2' })
    expect(judgeCentre(place, [soc2], ['soc-2/2'], today)).to.deep.include({ ok: true, equivalent: true })
    const type1 = aStatement({ kind: 'soc-2', type: 1, period: null, asOf: '2026-06-30' })
    expect(judgeCentre(place, [type1], ['soc-2/2'], today)).to.deep.include({ ok: false, reason: 'kind' })
  })

  it('gives the reason of the paper that comes nearest', () => {
    const old = aStatement({ period: year(2024) })
    const other = aStatement({ kind: 'iso-27001', type: null, edition: '2022', certificate })
    expect(judgeCentre(place, [other, old], [], today)).to.deep.include({ reason: 'expired' })
    expect(judgeCentre(place, [], [], today)).to.deep.include({ ok: false, reason: 'none' })
  })

  it('knows one address in two spellings, and no town or street for an address', () => {
    const same = (a: string, b: string) =>
      isSameAddress({ address: a, country: 'DK' }, { address: b, country: 'DK' })
    expect(same('Herstedvang 8, Albertslund', 'Herstedvang 8, 2620 Albertslund')).to.equal(true)
    expect(same('2620 Albertslund', 'Herstedvang 8, 2620 Albertslund')).to.equal(false)
    expect(same('Herstedvang', 'Herstedvang 8, 2620 Albertslund')).to.equal(false)
    expect(same('', '')).to.equal(false)
    expect(
      isSameAddress({ address: 'Main 8 Town', country: 'DK' }, { address: 'Main 8 Town', country: 'SE' }),
    ).to.equal(false)
  })
})

describe('a conclusion', () => {
  const exception = {
    id: 'e',
    control: 'B.4',
    text: 'Late',
    response: '',
    why: 'x',
    followUp: 'y',
    state: 'open',
    severity: 'medium',
    finding: null,
  } as const
  const read = (
    facts: Parameters<typeof aStatement>[0] = {},
    changes: Parameters<typeof aStatement>[1] = {},
  ) => aStatement(facts, { state: 'read', conclusion: null, ...changes })
  const carvedOut = {
    id: 's',
    name: 'Skandia',
    does: '',
    method: 'carve-out',
    vendor: null,
    note: '',
  } as const
  const rows: [
    string,
    ReturnType<typeof read>,
    'accepted' | 'accepted-with-follow-up' | 'rejected',
    string[],
  ][] = [
    ['all in order', read(), 'accepted', []],
    [
      'a point left open',
      read({}, { checklist: { ...allYes, sites: undefined } as never }),
      'accepted',
      ['statement-checklist-open'],
    ],
    [
      'an exception nobody judged',
      read({}, { exceptions: [{ ...exception, relevance: null }] }),
      'rejected',
      ['statement-exceptions-unjudged'],
    ],
    [
      'a relevant exception',
      read({}, { exceptions: [{ ...exception, relevance: 'relevant' }] }),
      'accepted',
      ['statement-needs-follow-up'],
    ],
    [
      'a relevant exception, followed up',
      read({}, { exceptions: [{ ...exception, relevance: 'relevant' }] }),
      'accepted-with-follow-up',
      [],
    ],
    [
      'an exception that is not relevant',
      read({}, { exceptions: [{ ...exception, relevance: 'not-relevant' }] }),
      'accepted',
      [],
    ],
    [
      'a carve-out nobody followed',
      read({}, { subservices: [carvedOut] }),
      'accepted',
      ['statement-needs-follow-up'],
    ],
    [
      'a carve-out linked to the register',
      read({}, { subservices: [{ ...carvedOut, vendor: 'v' }] }),
      'accepted',
      [],
    ],
    ['a qualified opinion', read({ opinion: 'qualified' }), 'accepted', ['statement-needs-follow-up']],
    [
      'an adverse opinion',
      read({ opinion: 'adverse' }),
      'accepted-with-follow-up',
      ['statement-opinion-forbids'],
    ],
    ['an adverse opinion rejected', read({ opinion: 'adverse' }), 'rejected', []],
    [
      'a dead certificate',
      read({ kind: 'iso-27001', edition: '2013', certificate }),
      'accepted',
      ['statement-dead'],
    ],
    [
      'another entity',
      read({}, { checklist: { ...allYes, entity: { answer: 'no', note: 'n' } } }),
      'accepted-with-follow-up',
      ['statement-entity-forbids'],
    ],
    ['a paper nobody read', read(null), 'accepted', ['statement-not-read']],
  ]
  for (const [what, statement, verdict, wanted] of rows)
    it(`${verdict}: ${what}`, () => {
      expect(hindrances(statement, verdict, '2026-11-23')).to.deep.equal(wanted)
    })

  it('asks the whole checklist of a report, less of a certificate, least of a bridge letter', () => {
    expect(pointsFor('isae-3402')).to.have.length(13)
    expect(pointsFor('iso-27001')).to.include('auditor').and.not.include('exceptions')
    expect(pointsFor('bridge-letter')).to.deep.equal(['entity', 'service', 'period'])
  })
})

describe('a request', () => {
  const request: StatementRequest = {
    what: 'ISAE 3402',
    contact: 'c',
    name: 'Ida',
    email: 'i@x.example',
    locale: 'da',
    askedOn: '2026-11-01',
    dueOn: '2026-12-01',
    arrivedAt: new Date('2026-11-01T10:00:00Z'),
    failed: null,
    stopped: null,
    round: 1,
  }
  const at = (changes: Partial<StatementRequest>, today: string) =>
    reminderDue({ state: 'requested', request: { ...request, ...changes } }, today)
  const rows: [string, Partial<StatementRequest>, string, string | null][] = [
    ['nothing before 14 days ahead', {}, '2026-11-16', null],
    ['14 days ahead', {}, '2026-11-17', 'early'],
    ['3 days ahead', {}, '2026-11-28', 'near'],
    ['3 days after', {}, '2026-12-04', 'late'],
    ['14 days after, to our own people as well', {}, '2026-12-15', 'escalated'],
    ['late after a week of standing still: the latest only', {}, '2026-12-10', 'late'],
    ['none on the day of asking', { askedOn: '2026-11-17' }, '2026-11-17', null],
    ['none before the first mail has arrived', { arrivedAt: null }, '2026-12-15', null],
    ['none once stopped', { stopped: { at: new Date(), because: 'x' } }, '2026-12-15', null],
  ]
  for (const [what, changes, today, wanted] of rows)
    it(`is reminded of: ${what}`, () => {
      expect(at(changes, today)).to.equal(wanted)
    })

  it('is called asked only when a server took its mail', () => {
    expect(requestState({ arrivedAt: null, failed: null })).to.equal('on-its-way')
    expect(requestState({ arrivedAt: null, failed: 'kept' })).to.equal('not-reached')
    expect(requestState({ arrivedAt: new Date(), failed: null })).to.equal('asked')
  })
})

describe('a file', () => {
  const rows: [string, string | Buffer, string][] = [
    ['a PDF', '%PDF-1.7\n', 'pdf'],
    ['a PDF after a line of somebody’s', '\n\n%PDF-1.4', 'pdf'],
    ['a .docx', 'PK\u0003\u0004....word/document.xml', 'word'],
    ['a .zip with a PDF in it', 'PK\u0003\u0004....report.pdf', 'zip'],
    ['a .doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'word'],
    ['text', 'Our controls are good.', 'other'],
  ]
  for (const [what, bytes, wanted] of rows)
    it(`${wanted}: ${what}`, () => {
      expect(judgeStatementFile(Buffer.from(bytes as string))).to.equal(wanted)
    })
})
