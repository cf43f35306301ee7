import { expect } from 'chai'
import type { Value } from '../../src/question-sets/rules/answer.js'
import type { Question } from '../../src/question-sets/rules/set.js'
import { readAnswer } from '../../src/questionnaires/form/answer.js'
import { saidAt, savingOf } from '../../src/questionnaires/rules/answers.js'
import { cleanValue } from '../../src/questionnaires/rules/clean-value.js'
import { countriesNamed } from '../../src/questionnaires/rules/countries.js'
import { controlsCovered } from '../../src/questionnaires/rules/covered.js'
import {
  answersIn,
  fingerprint,
  portableContent,
  readPortable,
  signed,
} from '../../src/questionnaires/rules/portable.js'
import type { Answer } from '../../src/questionnaires/rules/questionnaire.js'
import { mayAnswer, progressOf } from '../../src/questionnaires/rules/responding.js'
import {
  offeredFromBefore,
  offeredFromFile,
  offeredFromStatements,
} from '../../src/questionnaires/rules/taking-over.js'
import { answersInSheets, headRows, workbookMark } from '../../src/questionnaires/rules/workbook.js'
import { givenBy } from '../../src/questionnaires/rules/answers.js'
import { questionSet } from '../../src/question-sets/actions.js'

const set = questionSet('gdpr-subprocessor-yearly', '2026.1')
const around = { today: '2026-11-23', isThirdCountry: (code: string) => ['US', 'GB'].includes(code) }
const question = (id: string): Question => {
  const found = set.questions.find((each) => each.id === id)
  if (!found) throw new Error(id)
  return found
}
const answer = (id: string, value: Value | null, changes: Partial<Answer> = {}): Answer => ({
  _id: id,
  questionnaire: 'q',
  question: id,
  version: 1,
  value,
  comment: '',
  files: [],
  origin: 'typed',
  source: null,
  by: { name: 'Ida', part: 'owner' },
  at: new Date('2026-11-23T09:00:00Z'),
  earlier: [],
  ...changes,
})
const now = (...answers: Answer[]) => ({ set, answers, given: givenBy(answers), around })
const may = () => true

describe('Saving over an answer', () => {
  const earlier = [
    { value: 'yes', comment: '', by: 'Bo', at: new Date(0) },
    { value: 'no', comment: '', by: 'Bo', at: new Date(0) },
  ]
  const known = answer('S01.04', 'notreq', { version: 3, earlier })
  for (const [told, before, sent, seen, expected] of [
    ['the first answer', null, 'yes', 0, 'save'],
    ['an answer that was seen', known, 'no', 3, 'save'],
    ['the same again, as after a lost reply', known, 'notreq', 1, 'same'],
    ['nothing over nothing', null, null, 0, 'same'],
    ['what stood on the page, while another changed it', known, 'yes', 2, 'theirs'],
    ['another answer over one that was not seen', known, 'no', 2, 'conflict'],
    ['a first answer where another was first', known, 'yes', 0, 'conflict'],
    ['an untouched empty field where another was first', known, null, 0, 'theirs'],
    ['a page older than what is kept', answer('x', 'a', { version: 30, earlier }), 'b', 2, 'conflict'],
  ] as const)
    it(`${told}: ${expected}`, () => {
      expect(savingOf(before, { value: sent, comment: '' }, seen)).to.equal(expected)
    })

  it('takes parts in any order, and blanks at the ends, for the same', () => {
    const one = answer('S01.03', { name: 'Ida', email: 'a@b.dk', phone: '', incidents: 'x' } as Value)
    const other = { incidents: 'x', phone: '', email: 'a@b.dk', name: 'Ida ' } as Value
    expect(savingOf(one, { value: other, comment: ' ' }, 0)).to.equal('same')
    expect(saidAt(known, 1)?.value).to.equal('no')
  })
})

describe('An answer in a form', () => {
  const read = (id: string, fields: Record<string, unknown>) => {
    const key = id.replace('.', '_')
    return readAnswer(question(id), { [`${key}__seen`]: '2', ...fields })
  }
  for (const [id, fields, value, problem] of [
    ['S01.04', { S01_04: 'notreq' }, 'notreq', null],
    ['S01.04', { S01_04: 'made up' }, null, null],
    ['S01.05', { S01_05: '  Vi er ni. \r\n' }, 'Vi er ni.', null],
    ['S01.05', { S01_05: 'x'.repeat(5001) }, 'x'.repeat(5000), 'too-long'],
    ['S10.03', { S10_03: '1.000' }, 1000, null],
    ['S07.04', { S07_04: '30 dage' }, null, 'not-a-number'],
    ['S07.04', { S07_04: '-4' }, null, 'not-a-number-between'],
    ['S08.01', { S08_01: 'Danmark, usa; Bosnien-Hercegovina' }, ['DK', 'US', 'BA'], null],
    ['S08.01', { S08_01: 'Narnia' }, null, 'country-unknown'],
    ['S08.03', { S08_03: { US: 'dpf', XX: 'nothing' } }, { byCountry: { US: 'dpf' } }, null],
    ['S01.03', { S01_03: { name: 'Ida', email: 'no address' } }, null, 'not-an-email'],
  ] as const)
    it(`${id} ${JSON.stringify(fields).slice(0, 60)}`, () => {
      const typed = read(id, fields)
      if (value !== null) expect(typed?.value).to.deep.equal(value)
      expect(typed?.problems.map(({ text }) => text)).to.deep.equal(problem === null ? [] : [problem])
      expect(typed?.seen).to.equal(2)
    })

  it('that was not on the page is none', () => {
    expect(readAnswer(question('S01.04'), { S01_04: 'yes' })).to.equal(null)
  })

  it('of rows leaves empty rows out, and takes rows however many there are', () => {
    const rows = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [String(at), { name: at % 2 ? '' : `N${at}` }]),
    )
    expect(read('S07.02', { S07_02: rows })?.value).to.have.length(15)
  })
})

describe('Countries as people write them', () => {
  for (const [text, codes, unknown] of [
    ['Danmark, Sverige og Norge', ['DK', 'SE', 'NO'], []],
    ['denmark\nUnited States', ['DK', 'US'], []],
    ['DK;de', ['DK', 'DE'], []],
    ['Bosnia and Herzegovina, Trinidad and Tobago', ['BA', 'TT'], []],
    ['Danmark, Danmark', ['DK'], []],
    ['Danmark, hjemme', ['DK'], ['hjemme']],
    ['', [], []],
  ] as const)
    it(text || 'nothing', () => expect(countriesNamed(text)).to.deep.equal({ codes, unknown }))
})

describe('Who may answer what', () => {
  const asked = { state: 'asked', open: null } as const
  const colleague = { kind: 'colleague', sections: ['S05'] } as const
  for (const [told, questionnaire, part, id, expected] of [
    ['the owner everything', asked, { kind: 'owner' }, 'S01.01', true],
    ['a colleague their section', asked, colleague, 'S05.01', true],
    ['a colleague no other', asked, colleague, 'S01.01', false],
    ['sent back, what is open', { state: 'asked', open: ['S01.01'] }, { kind: 'owner' }, 'S01.01', true],
    ['sent back, nothing else', { state: 'asked', open: ['S01.01'] }, { kind: 'owner' }, 'S01.04', false],
    ['submitted, nothing', { state: 'submitted', open: null }, { kind: 'owner' }, 'S01.01', false],
    ['concluded, nothing', { state: 'concluded', open: null }, { kind: 'owner' }, 'S01.01', false],
  ] as const)
    it(told, () => {
      const open = questionnaire.open === null ? null : [...questionnaire.open]
      expect(mayAnswer({ state: questionnaire.state, open }, part, question(id))).to.equal(expected)
    })

  it('counts what shows, and not what is hidden', () => {
    const count = (...answers: Answer[]) => progressOf(set, givenBy(answers), around, null)[0]
    const before = count(answer('S01.04', 'notreq'), answer('S01.05', 'Fordi.'))
    const after = count(answer('S01.04', 'yes'), answer('S01.05', 'Fordi.'))
    expect(before?.answered).to.equal(2)
    expect(after?.answered).to.equal(1)
    expect(after?.shown).to.equal((before?.shown ?? 0) - 1)
  })
})

describe("Last year's answers", () => {
  const before = (change: (one: Question) => Question, ...answers: Answer[]) => ({
    set: { ...set, questions: set.questions.map(change) },
    answers,
  })
  const same = (one: Question) => one
  const reworded = (one: Question) =>
    one.id === 'S01.04' ? { ...one, text: { ...one.text, da: 'Har I en DPO?' } } : one
  const offered = (
    ...args: [Parameters<typeof offeredFromBefore>[1], Parameters<typeof offeredFromBefore>[2]]
  ) => offeredFromBefore('S01', ...args, may).map(({ question: id, origin }) => [id, origin])

  it('are offered where the question is the same and nothing stands there', () => {
    expect(offered(now(), before(same, answer('S01.04', 'yes')))).to.deep.equal([['S01.04', 'confirmed']])
    expect(offered(now(answer('S01.04', 'no')), before(same, answer('S01.04', 'yes')))).to.deep.equal([])
  })
  it('are not offered where it was reworded, or where an option is gone', () => {
    expect(offered(now(), before(reworded, answer('S01.04', 'yes')))).to.deep.equal([])
    expect(offered(now(), before(same, answer('S01.04', 'an old option')))).to.deep.equal([])
  })
  it('are offered with what they bring up, and without what would be hidden', () => {
    const both = [answer('S01.04', 'notreq'), answer('S01.05', 'Vi er ni.')]
    expect(offered(now(), before(same, ...both))).to.have.length(2)
    expect(offered(now(answer('S01.04', 'yes')), before(same, ...both))).to.deep.equal([])
  })
  it('never sign for this year', () => {
    const signoff = set.questions.find(({ type }) => type === 'signoff')
    const signed = answer(signoff?.id ?? '', { name: 'Ida', title: 'CEO', on: '2025-11-01' })
    const found = offeredFromBefore(signoff?.section ?? '', now(), before(same, signed), may)
    expect(found).to.deep.equal([])
  })
})

describe('An accepted statement', () => {
  const statement = {
    _id: 's1',
    reference: 'ST-2026-001',
    facts: {
      kind: 'isae-3000',
      type: 2,
      opinion: 'unqualified',
      period: { from: '2026-01-01', to: '2026-12-31' },
    },
    conclusion: { verdict: 'accepted' },
    exceptions: [{ control: 'A.2' }],
    reading: {
      outcome: 'read',
      proposals: {
        controls: [
          { control: 'A.1', result: 'no-exceptions', page: 14, words: '' },
          { control: 'A.2', result: 'no-exceptions', page: 15, words: '' },
          { control: 'A.3', result: 'exceptions', page: 16, words: '' },
          { control: 'B.8', result: null, page: 17, words: '' },
        ],
      },
    },
  } as never as Parameters<typeof controlsCovered>[0]

  it('covers controls that were tested without exceptions, with their pages', () => {
    expect(controlsCovered(statement).map(({ control, page }) => [control, page])).to.deep.equal([
      ['A.1', 14],
    ])
  })
  for (const [told, changes] of [
    ['of type 1', { facts: { ...statement.facts, type: 1 } }],
    ['with a qualified opinion', { facts: { ...statement.facts, opinion: 'qualified' } }],
    ['of another kind', { facts: { ...statement.facts, kind: 'isae-3402' } }],
    ['that was rejected', { conclusion: { verdict: 'rejected' } }],
    ['that was not read', { reading: null }],
  ] as const)
    it(`${told} covers nothing`, () => {
      expect(controlsCovered({ ...statement, ...changes } as never)).to.deep.equal([])
    })
  it('answers only questions all of whose controls it covers, and that nobody has answered', () => {
    const covered = ['A.1', 'A.2'].map((control) => ({
      statement: 's1',
      title: 'ISAE 3000',
      control,
      page: 14,
    }))
    const all = offeredFromStatements('S02', now(), covered, may)
    expect(all.length).to.be.greaterThan(0)
    for (const { question: id } of all) expect(['A.1', 'A.2']).to.include.members([...question(id).controls])
    const some = offeredFromStatements('S02', now(), covered.slice(0, 1), may)
    expect(some.every(({ question: id }) => question(id).controls.join() === 'A.1')).to.equal(true)
    const [first] = all
    if (!first) throw new Error('none')
    expect(first.source).to.deep.equal({ statement: 's1', page: 14 })
    const answered = now(answer(first.question, 'no', { comment: 'Ikke længere.' }))
    const left = offeredFromStatements('S02', answered, covered, may).map(({ question: id }) => id)
    expect(left).not.to.include(first.question)
  })
})

describe('Answers taken along', () => {
  const seed = 'ab'.repeat(32)
  const content = portableContent(
    { reference: 'QN-2026-001', vendorName: 'Nyborg Backup ApS', submitted: null },
    set,
    [answer('S01.04', 'yes'), answer('S01.05', null, { comment: 'Senere' })],
    { askedBy: 'Nordvang', madeAt: new Date('2026-11-23T09:00:00Z'), files: new Map() },
  )
  const file = signed(content, seed)

  it('are signed so that any change shows', () => {
    expect(readPortable(JSON.stringify(file)).content.answers).to.have.length(2)
    const tampered = structuredClone(file)
    tampered.content.askedBy = 'Another'
    expect(() => readPortable(JSON.stringify(tampered))).to.throw('portable-signature-broken')
    expect(() => readPortable(JSON.stringify({ ...file, signature: 'AAAA' }))).to.throw(
      'portable-signature-broken',
    )
    for (const text of ['', '[]', 'null', '{"format":"tilsyn-answers/1"}'])
      expect(() => readPortable(text), text).to.throw('portable-unknown')
    expect(fingerprint(file.publicKey)).to.match(/^[0-9a-f]{4}( [0-9a-f]{4}){3}$/)
  })
  it('by another house name another key', () => {
    expect(signed(content, 'cd'.repeat(32)).publicKey).not.to.equal(file.publicKey)
  })
  it('fit only questions that are asked in the same words', () => {
    const other = {
      ...set,
      questions: set.questions.map((one) =>
        one.id === 'S01.04' ? { ...one, text: { da: 'Andet', en: 'Other' } } : one,
      ),
    }
    expect(answersIn(file, set).answers.map(({ question: id }) => id)).to.deep.equal(['S01.04', 'S01.05'])
    expect(answersIn(file, other).wrong.map(({ text }) => text)).to.deep.equal(['brought-reworded'])
  })
  it('hold nothing that an answer cannot be', () => {
    for (const [id, raw, value] of [
      ['S01.04', { $gt: '' }, null],
      ['S01.05', ['a'], null],
      ['S01.03', { name: 'Ida', extra: 'x' }, { name: 'Ida', email: '', phone: '', incidents: '' }],
      ['S08.01', ['DK', 'ZZ', 4], ['DK']],
      ['S08.03', { byCountry: { US: 'dpf', __proto__: 'x', GB: 'nothing' } }, { byCountry: { US: 'dpf' } }],
      ['S07.04', 1e9, null],
    ] as const)
      expect(cleanValue(question(id), raw), id).to.deep.equal(value)
  })
})

describe('A filled-in workbook', () => {
  const words = { yes: 'Ja', no: 'Nej', locale: 'da' as const }
  const sheet = (...rows: string[][]) => {
    const top = Array.from({ length: headRows }, () => [''])
    top[0] = [workbookMark, 'QN-2026-001|answers']
    return [{ name: 'Svar', rows: [...top, ...rows] }]
  }
  const row = (key: string, text: string, comment = '', seen = '0') => [key, seen, '', '', text, comment]
  const read = (...rows: string[][]) => answersInSheets(sheet(...rows), set, words)

  for (const [told, rows, value, problem] of [
    ['an option by its words', [row('S01.04', 'Ja')], 'yes', null],
    ['an option in the other language', [row('S01.04', 'Yes')], 'yes', null],
    ['something that is no option', [row('S01.04', 'Måske')], undefined, ['E5', 'cell-not-an-option']],
    ['a day as people write it', [row('S04.07', '1.3.2026')], '2026-03-01', null],
    ['a day that is none', [row('S04.07', 'i foråret')], undefined, ['E5', 'not-a-day']],
    ['a number in words', [row('S07.04', 'tredive')], undefined, ['E5', 'not-a-number']],
    [
      'what begins like a formula, with the sign that kept it from being one',
      [row('S01.05', "'=1+1")],
      '=1+1',
      null,
    ],
    ['an empty cell', [row('S01.04', '')], undefined, null],
  ] as const)
    it(told, () => {
      const found = read(...rows.map((each) => [...each]))
      expect(found?.answers[0]?.value).to.deep.equal(value)
      expect(found?.wrong.map(({ cell, text }) => [cell, text])).to.deep.equal(
        problem === null ? [] : [problem],
      )
    })

  it('that is not ours is none', () => {
    expect(answersInSheets([{ name: 'Ark1', rows: [['a']] }], set, words)).to.equal(null)
  })

  it('is offered beside what changed since it was made, and erases nothing by an empty cell', () => {
    const known = answer('S01.04', 'no', { version: 2, comment: 'Vurderes nu.' })
    const at = now(known)
    const offered = (value: Value | null, seen: number, comment = '') =>
      offeredFromFile('S01', at, [{ question: 'S01.04', value, comment, seen }], 'workbook', may)
    expect(offered('yes', 2)[0]).to.include({ isConflict: false, comment: 'Vurderes nu.' })
    expect(offered('yes', 1)[0]).to.include({ isConflict: true })
    expect(offered('yes', 1)[0]?.over).to.equal(known)
    expect(offered('no', 1)).to.deep.equal([])
    expect(offered(null, 2)).to.deep.equal([])
    expect(offered(null, 2, 'Nyt')).to.deep.equal([])
  })
})
