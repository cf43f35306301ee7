import { expect } from 'chai'
import { marksOf, merge, nested } from '../../src/audits/rules/merge.js'

const opened = { sample: '5 of 40', note: '', result: '' }
const marks = marksOf(opened)

describe('Several people on one form', () => {
  const cases: [string, Record<string, string>, Record<string, string>, Record<string, string>, string[]][] =
    [
      ['take what one typed where nobody else saved', { note: 'mine' }, {}, { note: 'mine' }, []],
      [
        'keep what another saved in a field one left alone',
        {},
        { sample: '9 of 40' },
        { sample: '9 of 40' },
        [],
      ],
      [
        'bring different fields together',
        { note: 'mine' },
        { result: 'exception' },
        { note: 'mine', result: 'exception' },
        [],
      ],
      [
        'ask where both changed the same field, with what was typed kept',
        { note: 'mine' },
        { note: 'theirs' },
        { note: 'mine' },
        ['note'],
      ],
      ['do not ask where both wrote the same', { note: 'same' }, { note: 'same' }, { note: 'same' }, []],
      [
        'ask before an emptied field empties what another wrote',
        { sample: '' },
        { sample: '9 of 40' },
        { sample: '' },
        ['sample'],
      ],
    ]
  for (const [what, typed, saved, values, conflicts] of cases)
    it(what, () => {
      const merged = merge({ ...opened, ...typed }, { ...opened, ...saved }, marks)
      expect(merged).to.deep.equal({ values: { ...opened, ...values }, conflicts })
    })

  it('write over nothing unseen where the form’s marks are lost', () => {
    expect(merge({ note: 'mine' }, { note: 'theirs' }, '').conflicts).to.deep.equal(['note'])
    expect(merge({ note: 'mine' }, { note: 'theirs' }, 'rubbish;=;note').conflicts).to.deep.equal(['note'])
  })

  it('show what was typed in the fields it was typed in', () => {
    expect(nested({ 'reason.da': 'a', 'reason.en': 'b', note: 'c' })).to.deep.equal({
      reason: { da: 'a', en: 'b' },
      note: 'c',
    })
  })
})
