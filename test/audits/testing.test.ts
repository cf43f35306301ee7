import { expect } from 'chai'
import type { Test } from '../../src/audits/rules/audit.js'
import { ranWhenBegun } from '../../src/audits/rules/carried.js'
import { mayBeAssigned, mayBeLeftOut } from '../../src/audits/rules/several.js'
import { problemsWith, testOfTexts, textsOfTest } from '../../src/audits/rules/testing.js'
import { aTest } from './builders.js'

const today = '2026-10-20'
const reason = { da: 'Fordi', en: 'Because' }

describe('The test of a control', () => {
  const cases: [string, Partial<Test>, string[]][] = [
    [
      'may be half written while it has no result',
      { result: null, tester: null, methods: [], testedOn: null },
      [],
    ],
    ['is taken with tester, method and day', {}, []],
    ['needs a tester for a result', { tester: null }, ['tester']],
    ['needs a method where it was tested', { methods: [] }, ['methods']],
    ['needs a day where it was tested', { testedOn: null }, ['testedOn']],
    ['may leave out what was chosen', { sample: { da: '', en: '' } }, []],
    [
      'says what was chosen to readers of both languages',
      { sample: { da: '5 af 40', en: '' } },
      ['sample.en'],
    ],
    ['keeps a text of before there were two', { sample: '5 of 40' }, []],
    ['cannot have been tested tomorrow', { testedOn: '2026-10-21' }, ['testedOn']],
    [
      'says what an exception is, in both languages',
      { result: 'exception', reason: { da: 'x', en: '' } },
      ['reason.en'],
    ],
    [
      'says why it was not tested',
      { result: 'not-tested', methods: [], testedOn: null },
      ['reason.da', 'reason.en'],
    ],
    [
      'needs no method where it does not apply',
      { result: 'not-applicable', methods: [], testedOn: null, reason },
      [],
    ],
  ]
  for (const [what, changes, fields] of cases)
    it(what, () => {
      expect(problemsWith(aTest('A.1', changes), today).map(({ field }) => field)).to.deep.equal(fields)
    })

  it('is the same after it has been a form’s texts', () => {
    const test = aTest('A.1', {
      methods: ['re-performance', 'inquiry'],
      sample: { da: '5 af 40', en: '5 of 40' },
      result: 'exception',
      reason,
      operates: true,
    })
    const { tester, sample, testedOn, result, note, operates } = test
    const methods = ['inquiry', 're-performance']
    expect(testOfTexts(textsOfTest(test))).to.deep.equal({
      tester,
      methods,
      sample,
      testedOn,
      result,
      reason,
      note,
      operates,
    })
  })
})

describe('Several controls at once', () => {
  const open = aTest('A.1', { result: null, tester: null })
  const to = { area: 'A', tester: 'bo', also: false }

  it('are given to a tester where nobody has them, or where asked for', () => {
    expect(mayBeAssigned(open, to)).to.equal(true)
    expect(mayBeAssigned({ ...open, tester: 'ida' }, to)).to.equal(false)
    expect(mayBeAssigned({ ...open, tester: 'ida' }, { ...to, also: true })).to.equal(true)
    expect(mayBeAssigned({ ...open, area: 'B' }, to)).to.equal(false)
  })

  it('never take a result from whom it was found by', () => {
    expect(mayBeAssigned(aTest('A.1'), { ...to, also: true })).to.equal(false)
    expect(mayBeLeftOut(aTest('A.1'))).to.equal(false)
    expect(mayBeLeftOut(open)).to.equal(true)
  })
})

describe('A finding of an earlier audit', () => {
  const begun = new Date('2027-01-10T09:00:00Z')
  const note = (kind: 'closed' | 'note', at: string) => [
    { kind, at: new Date(at), by: '', from: 'staff' as const, text: '', external: false, files: [] },
  ]

  it('follows while it runs, and where it was closed only after the new audit began', () => {
    expect(ranWhenBegun({ running: true, notes: [] }, begun)).to.equal(true)
    expect(ranWhenBegun({ running: false, notes: note('closed', '2027-02-01') }, begun)).to.equal(true)
  })

  it('does not follow where it was closed before', () => {
    expect(ranWhenBegun({ running: false, notes: note('closed', '2026-12-01') }, begun)).to.equal(false)
  })
})
