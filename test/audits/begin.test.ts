import { expect } from 'chai'
import { newAudit, newTests, proposedPeriod } from '../../src/audits/rules/begin.js'
import { anAudit, aTest, fewControls } from './builders.js'

const beginning = { year: 2027, period: { from: '2027-01-01', to: '2027-12-31' }, lead: 'karen' }
const last = {
  audit: anAudit({ independence: { da: 'I', en: 'I' }, state: 'signed' }),
  tests: [
    aTest('A.1', {
      result: 'exception',
      reason: { da: 'Mangler', en: 'Lacking' },
      files: ['file'],
      operates: true,
      note: 'seen',
    }),
    aTest('A.2', { tester: 'gone' }),
  ],
}
const staff = new Set(['anders', 'karen'])

describe('The period proposed for a new audit', () => {
  const of = (year: number, from: string, to: string) => ({ year, period: { from, to } })
  const cases: [why: string, last: ReturnType<typeof of> | null, expected: string][] = [
    ['is the calendar year', null, '2027-01-01/2027-12-31'],
    ['also after another one', of(2026, '2026-01-01', '2026-12-31'), '2027-01-01/2027-12-31'],
    ['goes on from July to June', of(2026, '2026-07-01', '2027-06-30'), '2027-07-01/2028-06-30'],
    ['goes on from a short first one', of(2026, '2026-03-15', '2026-12-31'), '2027-01-01/2027-12-31'],
    ['does not go on from one of years ago', of(2024, '2024-07-01', '2025-06-30'), '2027-01-01/2027-12-31'],
  ]
  for (const [why, last, expected] of cases)
    it(why, () => {
      const { from, to } = proposedPeriod(2027, last)
      expect(`${from}/${to}`).to.equal(expected)
    })
})

describe('A new year’s audit', () => {
  it('begins from last year’s scope and plan', () => {
    const audit = newAudit(beginning, fewControls, last)
    expect(audit).to.deep.include({ reference: 'AU-2027', year: 2027, edition: 1, state: 'open' })
    expect(audit.scope).to.deep.equal(last.audit.scope)
    expect(audit.plan).to.equal(last.audit.plan)
    expect(audit.controlSet).to.deep.equal({ id: 'internal-audit', version: '2026.1' })
  })

  it('carries nothing over as done: neither risks, threats, review, independence nor conclusion', () => {
    const audit = newAudit(beginning, fewControls, last)
    expect(audit).to.deep.include({ risks: [], threats: [], incidents: [], review: null, independence: null })
    expect(audit).to.deep.include({ frozen: null, signatures: [], signedCopy: null })
    expect(audit.conclusion).to.deep.equal({ da: '', en: '' })
    expect(audit.changesSinceLast).to.deep.equal({ da: '', en: '' })
  })

  it('gives each control of today’s set a test without a result, evidence or sample', () => {
    const tests = newTests('audit-2027', fewControls, last, staff)
    expect(tests.map(({ control }) => control)).to.deep.equal(['A.1', 'A.2', 'B.1'])
    for (const test of tests)
      expect(test).to.deep.include({
        result: null,
        testedOn: null,
        methods: [],
        sample: { da: '', en: '' },
        files: [],
        note: '',
        operates: false,
      })
  })

  it('says what last year said, to read and not to take over', () => {
    const [first, , third] = newTests('audit-2027', fewControls, last, staff)
    expect(first?.lastYear).to.deep.equal({
      audit: 'audit-2026',
      result: 'exception',
      reason: { da: 'Mangler', en: 'Lacking' },
      sample: '5 of 40',
      methods: ['inspection'],
    })
    expect(third?.lastYear).to.equal(null)
  })

  it('proposes last year’s testers, but nobody who has left', () => {
    const [first, second] = newTests('audit-2027', fewControls, last, staff)
    expect([first?.tester, second?.tester]).to.deep.equal(['anders', null])
  })

  it('begins empty where there is no last one', () => {
    const audit = newAudit(beginning, fewControls, null)
    expect([audit.scope, audit.plan]).to.deep.equal([{ da: '', en: '' }, ''])
    expect(newTests('x', fewControls, null, staff)[0]?.lastYear).to.equal(null)
  })
})
