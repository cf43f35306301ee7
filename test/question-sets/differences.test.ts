import { expect } from 'chai'
import { differences } from '../../src/question-sets/rules/differences.js'
import { byVersion, newest } from '../../src/question-sets/rules/versions.js'
import type { Question } from '../../src/question-sets/rules/set.js'
import { anOption, aQuestion, aSet } from './builders.js'

describe('The difference between two versions', () => {
  it('is what came, what went and what is the same', () => {
    const before = aSet([aQuestion('a'), aQuestion('b')])
    const after = aSet([aQuestion('b'), aQuestion('c', { section: 'S2' })])
    const result = differences(before, after)
    expect(result.added.map(({ id }) => id)).to.deep.equal(['c'])
    expect(result.removed.map(({ id }) => id)).to.deep.equal(['a'])
    expect(result).to.deep.include({ changed: [], same: 1, scoring: false })
    expect(result.sections).to.deep.equal({ added: ['S2'], removed: [], renamed: [] })
  })

  const text = { da: 'Nyt', en: 'New' }
  const changes: [string, Partial<Question>, string[]][] = [
    ['other words', { text }, ['text']],
    ['help', { help: text }, ['help']],
    ['another option', { options: [anOption('yes', 1), anOption('no', 0)] }, ['options']],
    ['another weight', { weight: 5 }, ['weight']],
    ['evidence', { evidence: { level: 'required', text, when: null } }, ['evidence']],
    ['a condition', { showIf: { q: 'b', in: ['yes'] } }, ['condition']],
    [
      'a finding, and being critical',
      { critical: true, finding: { severity: 'low', text, when: null } },
      ['critical', 'finding'],
    ],
  ]
  for (const [name, change, aspects] of changes)
    it(`tells ${name}`, () => {
      const before = aSet([aQuestion('a'), aQuestion('b')])
      const after = aSet([aQuestion('a', change), aQuestion('b')])
      expect(differences(before, after).changed.map((one) => [one.id, one.aspects])).to.deep.equal([
        ['a', aspects],
      ])
    })

  it('is not fooled by the order of keys, in which a set may come back from the database', () => {
    const before = aSet([aQuestion('a', { options: [anOption('yes', 1)] })])
    const [question] = before.questions
    const turned = Object.fromEntries(
      Object.entries({ ...question, options: [anOption('yes', 1)] }).toReversed(),
    )
    const after = { ...before, questions: [turned as unknown as Question] }
    expect(differences(before, after)).to.deep.include({ changed: [], same: 1 })
  })

  it('tells that the reckoning of the set as a whole has changed', () => {
    expect(differences(aSet([]), aSet([], { evidenceCap: 0.25 })).scoring).to.equal(true)
  })
})

describe('Versions', () => {
  it('count as numbers: 2026.10 comes after 2026.2', () => {
    const versions = ['2026.10', '2027.1', '2026.2', '2026.2-b'].map((version) => ({ id: 'a', version }))
    expect(versions.toSorted(byVersion).map(({ version }) => version)).to.deep.equal([
      '2026.2',
      '2026.2-b',
      '2026.10',
      '2027.1',
    ])
  })
  it('leave the newest of each set to ask', () => {
    const sets = [aSet([], { version: '2026.2' }), aSet([], { version: '2026.10' }), aSet([], { id: 'b' })]
    expect(newest(sets).map(({ id, version }) => `${id}@${version}`)).to.deep.equal([
      'b@2026.1',
      'set@2026.10',
    ])
  })
})
