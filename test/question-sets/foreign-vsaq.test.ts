import { expect } from 'chai'
import { parseLoose } from '../../src/question-sets/rules/foreign/loose-json.js'
import { readVsaq } from '../../src/question-sets/rules/foreign/vsaq.js'
import { whats, vsaq } from './foreign-drafts.js'

describe('A questionnaire in the shape of VSAQ', () => {
  const draft = readVsaq(parseLoose(vsaq), 'en')
  const named = (id: string) => draft?.questions.find((question) => question.id === id)

  it('becomes a draft: blocks are sections, choices are options, and what introduces a question stands with it', () => {
    expect(draft?.title).to.equal('Our security form')
    expect(draft?.sections.map(({ title }) => title)).to.deep.equal(['Programme', 'Programme – Details'])
    expect(named('prog')).to.deep.include({
      text: 'Do you have a programme?',
      help: 'About you.',
      type: 'single',
      weight: 0,
    })
    expect(named('prog')?.options.map(({ id, text, score }) => [id, text, score])).to.deep.equal([
      ['prog_yes', 'Yes, all of it', null],
      ['prog_no', 'No – less', null],
    ])
    expect(named('soc')?.options.map(({ text }) => text)).to.deep.equal(['Yes, we have', 'No'])
    expect(named('ack')).to.deep.include({ type: 'single', required: true })
    expect(named('paper')).to.deep.include({ type: 'text', evidence: true })
  })

  it('keeps "none of them" for itself', () => {
    const group = draft?.questions.find(({ type }) => type === 'multi')
    expect(group?.text).to.equal('Which standards?')
    expect(group?.options.at(-1)).to.deep.include({ id: 'none', exclusive: true })
  })

  it('carries conditions over: of choices, of boxes, of the blocks around, with not, and, or and brackets', () => {
    expect(named('since')?.showIf).to.deep.equal({ q: 'prog', in: ['prog_yes'] })
    const group = draft?.questions.find(({ type }) => type === 'multi')?.id ?? ''
    expect(named('why')?.showIf).to.deep.equal({
      all: [
        { q: 'prog', in: ['prog_yes'] },
        {
          all: [
            { q: group, anyOf: ['std_b'] },
            {
              all: [
                { q: group, notIn: ['std_a'] },
                { q: 'ack', notIn: ['yes'] },
              ],
            },
          ],
        },
      ],
    })
  })

  it('makes findings of warnings about one question', () => {
    expect(named('prog')?.finding).to.deep.equal({
      severity: 'high',
      text: 'No programme',
      when: { q: 'prog', in: ['prog_no'] },
    })
  })

  it('tells of everything that did not come along', () => {
    expect(whats(draft)?.toSorted()).to.deep.equal(
      [
        'auth',
        'condition',
        'input-type',
        'introduction',
        'item',
        'link',
        'negation',
        'no-text',
        'scores',
        'second-warning',
        'tip',
        'upload',
      ].toSorted(),
    )
    expect(named('lost')?.showIf).to.equal(null)
    expect(draft?.report.find(({ what }) => what === 'condition')?.facts).to.deep.equal({
      condition: 'nowhere || prog_yes',
      name: 'nowhere',
    })
  })

  for (const [name, json] of [
    ['another object', '{"a":1}'],
    ['a list', '[1]'],
    ['an empty questionnaire', '{"questionnaire":[]}'],
    ['a questionnaire of words', '{"questionnaire":["a"]}'],
    ['null', 'null'],
  ] as const)
    it(`is not seen in ${name}`, () => {
      expect(readVsaq(parseLoose(json), 'en')).to.equal(null)
    })

  it('survives what is no question, blocks without end and conditions without sense', () => {
    let deep: unknown = { type: 'line', text: 'Deep?' }
    for (let no = 0; no < 60; no++) deep = { type: 'block', text: `Level ${no}`, items: [deep] }
    const items = [
      null,
      3,
      { type: 'radiogroup', text: 'No choices?' },
      { type: 'line', text: 'A?', cond: '((((' },
      { type: 'line', text: 'B?', cond: 'x '.repeat(2000) },
      deep,
    ]
    const odd = readVsaq({ questionnaire: [{ type: 'block', text: 'T', items }] }, 'en')
    expect(odd?.questions.map(({ text, showIf }) => [text, showIf])).to.deep.equal([
      ['A?', null],
      ['B?', null],
    ])
    expect(whats(odd)).to.include.members(['item', 'no-choices', 'condition', 'too-deep'])
  })
})
