import { expect } from 'chai'
import { missingBeforeSigning } from '../../src/audits/rules/missing.js'
import type { Audit, Test } from '../../src/audits/rules/audit.js'
import { anAudit, aTest } from './builders.js'

const missing = (audit: Partial<Audit>, ...tests: Test[]) =>
  missingBeforeSigning({ audit: anAudit(audit), tests: tests.length > 0 ? tests : [aTest('A.1')] }).map(
    ({ what, control }) => (control ? `${control} ${what}` : what),
  )
const half = { da: 'Kun dansk', en: ' ' }

describe('What is missing before the yearly audit can be signed (DPA C.7)', () => {
  it('is nothing where every control has a result and every part is written', () => {
    expect(missing({})).to.deep.equal([])
  })

  const parts: [string, Partial<Audit>, string][] = [
    ['the scope in both languages', { scope: half }, 'scope'],
    ['a plan', { plan: '\n' }, 'plan'],
    ['the risk assessments revisited (C.7)', { risks: [] }, 'risks'],
    ['the threat picture (C.7)', { threats: [] }, 'threats'],
    ['what has changed since the last audit', { changesSinceLast: half }, 'changes'],
    ['a conclusion', { conclusion: half }, 'conclusion'],
    ['management’s review (C.7)', { review: null }, 'review'],
  ]
  for (const [what, changes, found] of parts)
    it(`is ${what}`, () => expect(missing(changes)).to.deep.equal([found]))

  it('is not incidents: a year can be without', () => {
    expect(missing({ incidents: [] })).to.deep.equal([])
  })

  const controls: [string, Partial<Test>, string[]][] = [
    ['a result', { result: null }, ['B.1 result']],
    ['who tested', { tester: null }, ['B.1 tester']],
    ['when it was tested', { testedOn: null }, ['B.1 tested-on']],
    ['how it was tested (ISAE 3000: nature of the procedure)', { methods: [] }, ['B.1 methods']],
    ['what the exception is, in both languages', { result: 'exception', reason: half }, ['B.1 reason']],
    ['why it was not tested', { result: 'not-tested', methods: [], testedOn: null }, ['B.1 reason']],
    ['why it does not apply', { result: 'not-applicable', methods: [], testedOn: null }, ['B.1 reason']],
  ]
  for (const [what, changes, found] of controls)
    it(`is, of one control, ${what}`, () => {
      expect(missing({}, aTest('A.1'), aTest('B.1', changes))).to.deep.equal(found)
    })

  it('asks neither day nor method of what was not tested for a reason', () => {
    const reason = { da: 'Ingen kontorer', en: 'No offices' }
    const left = aTest('K.11', { result: 'not-applicable', methods: [], testedOn: null, reason })
    expect(missing({}, left)).to.deep.equal([])
  })

  it('is a note on independence where somebody tests what they run (GDPR 38(6)), and only there', () => {
    const own = aTest('C.8', { operates: true })
    expect(missing({}, own)).to.deep.equal(['independence'])
    expect(missing({ independence: half }, own)).to.deep.equal(['independence'])
    expect(missing({ independence: { da: 'Set efter', en: 'Reviewed' } }, own)).to.deep.equal([])
    expect(missing({}, aTest('C.8'))).to.deep.equal([])
  })
})
