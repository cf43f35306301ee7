import { expect } from 'chai'
import {
  holds,
  look,
  missing,
  needsComment,
  uncommented,
  unproven,
  visibleQuestions,
} from '../../src/question-sets/rules/visible.js'
import type { Condition } from '../../src/question-sets/rules/set.js'
import { anOption, answers, aQuestion, around, aSet, given } from './builders.js'

const ids = (questions: { id: string }[]) => questions.map(({ id }) => id)

describe('Which questions show', () => {
  const options = [anOption('scc3', 1), anOption('dpf', 1), anOption('none', 0, { exclusive: true })]
  const base = [
    aQuestion('one'),
    aQuestion('several', { type: 'multi', options, scoring: { multi: 'max' } }),
    aQuestion('days', { type: 'number' }),
    aQuestion('where', { type: 'countries' }),
  ]
  const cases: [string, Condition, Parameters<typeof answers>[0], boolean][] = [
    ['one of the options named was chosen', { q: 'one', in: ['yes', 'partly'] }, { one: 'partly' }, true],
    ['another option was chosen', { q: 'one', in: ['yes'] }, { one: 'no' }, false],
    ['nothing was answered', { q: 'one', in: ['yes'] }, {}, false],
    ['nothing was answered, and it asks what is not chosen', { q: 'one', notIn: ['yes'] }, {}, false],
    ['an option outside those named was chosen', { q: 'one', notIn: ['yes'] }, { one: 'no' }, true],
    ['the answer is of an option the set has not', { q: 'one', notIn: ['yes'] }, { one: 'maybe' }, false],
    ['one of several fits', { q: 'several', anyOf: ['scc3'] }, { several: ['dpf', 'scc3'] }, true],
    ['none of several fits', { q: 'several', anyOf: ['scc3'] }, { several: ['dpf'] }, false],
    ['"none" stands alone', { q: 'several', notIn: ['none'] }, { several: ['none'] }, false],
    ['"none" stands beside something', { q: 'several', notIn: ['none'] }, { several: ['none', 'dpf'] }, true],
    ['there are more', { q: 'days', gt: 0 }, { days: 1 }, true],
    ['there are just as many', { q: 'days', gt: 0 }, { days: 0 }, false],
    ['there are fewer', { q: 'days', lt: 31 }, { days: 30 }, true],
    ['there are just as many', { q: 'days', lt: 31 }, { days: 31 }, false],
    ['a country is outside the Union', { q: 'where', hasThirdCountry: true }, { where: ['DK', 'US'] }, true],
    ['all countries are inside it', { q: 'where', hasThirdCountry: true }, { where: ['DK', 'IE'] }, false],
    [
      'one of two conditions holds',
      {
        any: [
          { q: 'one', in: ['yes'] },
          { q: 'days', gt: 5 },
        ],
      },
      { days: 6 },
      true,
    ],
    [
      'only one of both holds',
      {
        all: [
          { q: 'one', in: ['yes'] },
          { q: 'days', gt: 5 },
        ],
      },
      { days: 6 },
      false,
    ],
  ]
  for (const [name, condition, said, expected] of cases)
    it(`${expected ? 'shows' : 'hides'} a question where ${name}: ${JSON.stringify(condition)}`, () => {
      const set = aSet([...base, aQuestion('then', { showIf: condition })])
      expect(ids(visibleQuestions(set, answers(said), around)).includes('then')).to.equal(expected)
      expect(holds(condition, set, answers(said), around)).to.equal(expected)
    })

  it('lets nothing hold of a hidden question, and keeps what was typed there for when it comes back', () => {
    const set = aSet([
      aQuestion('a'),
      aQuestion('b', { showIf: { q: 'a', in: ['yes'] } }),
      aQuestion('c', { showIf: { q: 'b', in: ['no'] } }),
    ])
    const said = answers({ a: 'no', b: 'no', c: 'yes' })
    expect(ids(visibleQuestions(set, said, around))).to.deep.equal(['a'])
    expect(ids(visibleQuestions(set, { ...said, a: given('yes') }, around))).to.deep.equal(['a', 'b', 'c'])
  })

  it('comes to an end on conditions in a circle, which the check refuses', () => {
    const set = aSet([
      aQuestion('a', { showIf: { q: 'b', in: ['yes'] } }),
      aQuestion('b', { showIf: { q: 'a', in: ['yes'] } }),
    ])
    expect(visibleQuestions(set, answers({ a: 'yes', b: 'yes' }), around)).to.deep.equal([])
  })

  it('is not taken in by ids every object has by birth', () => {
    const set = aSet([
      aQuestion('constructor'),
      aQuestion('b', { showIf: { q: 'constructor', notIn: ['no'] } }),
    ])
    expect(ids(visibleQuestions(set, {}, around))).to.deep.equal(['constructor'])
  })

  it('asks for the countries named now: one that is no longer named neither shows nor counts', () => {
    const basis = aQuestion('basis', {
      type: 'per-country',
      options,
      showIf: { any: [{ q: 'where', hasThirdCountry: true }] },
    })
    const set = aSet([...base, basis, aQuestion('tia', { showIf: { q: 'basis', anyOf: ['scc3'] } })])
    const byCountry = { byCountry: { US: 'scc3', IN: 'dpf', DK: 'scc3' } }
    const both = answers({ where: ['US', 'DK', 'IN'], basis: byCountry })
    expect(look(set, both, around).countriesOf(basis)).to.deep.equal(['IN', 'US'])
    expect(ids(visibleQuestions(set, both, around))).to.include('tia')
    const oneLess = answers({ where: ['IN'], basis: byCountry })
    expect(ids(visibleQuestions(set, oneLess, around)))
      .to.include('basis')
      .and.not.include('tia')
    const oneMore = answers({ where: ['IN', 'CH'], basis: byCountry })
    expect(ids(missing(set, oneMore, around))).to.include('basis')
    expect(ids(missing(set, both, around))).not.to.include('basis')
  })
})

describe('What is still owed before it is sent', () => {
  it('is each required question that shows', () => {
    const set = aSet([
      aQuestion('a'),
      aQuestion('b', { showIf: { q: 'a', in: ['yes'] } }),
      aQuestion('c', { required: false }),
    ])
    expect(ids(missing(set, {}, around))).to.deep.equal(['a'])
    expect(ids(missing(set, answers({ a: 'yes' }), around))).to.deep.equal(['b'])
    expect(ids(missing(set, answers({ a: 'no' }), around))).to.deep.equal([])
  })

  const untold: [string, Parameters<typeof aQuestion>[1], Parameters<typeof given>[0], boolean][] = [
    ['a text of blanks', { type: 'text' }, '  ', false],
    ['a text', { type: 'text' }, 'because', true],
    ['no option at all', { type: 'multi' }, [], false],
    ['zero', { type: 'number' }, 0, true],
    ['no country', { type: 'countries' }, [], false],
    ['a day', { type: 'date' }, '2026-02-28', true],
    ['a day that is not in the calendar', { type: 'date' }, '2026-02-30', false],
    [
      'a contact without an address for incidents',
      { type: 'contact' },
      { name: 'A', email: 'a@x.dk', phone: '', incidents: '' },
      false,
    ],
    [
      'a contact without a telephone',
      { type: 'contact' },
      { name: 'A', email: 'a@x.dk', phone: '', incidents: 'b@x.dk' },
      true,
    ],
    [
      'a company without a registration number',
      { type: 'identity' },
      { name: 'A', registration: '', address: 'B', country: 'CH' },
      true,
    ],
    ['a sign-off without a title', { type: 'signoff' }, { name: 'A', title: '', on: '2026-11-22' }, false],
    [
      'a row that names nobody',
      { type: 'table', columns: [{ id: 'name', text: { da: '', en: '' }, type: 'text' }] },
      [{ name: ' ' }],
      false,
    ],
    [
      'a row with a name',
      { type: 'table', columns: [{ id: 'name', text: { da: '', en: '' }, type: 'text' }] },
      [{ name: 'X' }],
      true,
    ],
  ]
  for (const [name, question, value, told] of untold)
    it(`takes ${name} ${told ? 'for an answer' : 'for none'}`, () => {
      const set = aSet([aQuestion('a', question)])
      expect(ids(missing(set, answers({ a: given(value) }), around))).to.deep.equal(told ? [] : ['a'])
    })

  it('takes a date left empty with a comment for "never", so that nobody has to invent one', () => {
    const set = aSet([aQuestion('tested', { type: 'date' }), aQuestion('why', { type: 'text' })])
    const said = answers({
      tested: given(null, { comment: 'Never done' }),
      why: given(null, { comment: 'x' }),
    })
    expect(ids(missing(set, said, around))).to.deep.equal(['why'])
  })

  it('demands a comment of the options that need one, and where the condition says so', () => {
    const yes = { q: 'how', in: ['yes'] }
    const set = aSet([aQuestion('a'), aQuestion('how', { commentIf: yes })])
    const [, how] = set.questions
    const said = answers({ a: 'partly', how: 'yes' })
    expect(ids(uncommented(set, said, around))).to.deep.equal(['a', 'how'])
    const told = answers({
      a: given('partly', { comment: 'soon' }),
      how: given('yes', { comment: 'by report' }),
    })
    expect(uncommented(set, told, around)).to.deep.equal([])
    if (!how) throw new Error('no question')
    // Before it is saved: what is typed now counts, not what was saved before.
    expect(needsComment(how, given('yes'), set, answers({ how: 'na' }), around)).to.equal(true)
    expect(needsComment(how, undefined, set, {}, around)).to.equal(false)
  })

  it('lacks evidence where it is required, answered, and its condition holds', () => {
    const evidence = { level: 'required', text: null, when: { q: 'a', notIn: ['no'] } } as const
    const set = aSet([aQuestion('a', { evidence })])
    expect(ids(unproven(set, answers({ a: 'yes' }), around))).to.deep.equal(['a'])
    expect(unproven(set, answers({ a: given('yes', { files: 1 }) }), around)).to.deep.equal([])
    expect(unproven(set, answers({ a: 'no' }), around)).to.deep.equal([])
    expect(unproven(set, {}, around)).to.deep.equal([])
  })
})
