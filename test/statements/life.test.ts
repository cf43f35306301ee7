import { expect } from 'chai'
import {
  hindrances,
  judgeStatementFile,
  pointsFor,
  reminderDue,
  requestState,
  type StatementRequest,
} from '../../src/statements/rules.js'
import { allYes, aStatement, certificate } from './builders.js'

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
