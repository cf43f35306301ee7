import { expect } from 'chai'
import { deadReason, isAcceptedCurrent, missedSurveillance } from '../../src/statements/rules.js'
import { accepted, aStatement, certificate, plainFacts } from './builders.js'

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
