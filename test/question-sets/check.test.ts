import { expect } from 'chai'
import { readSmall, smallSet } from './builders.js'

/** The line of the small set that begins so. */
function lineOf(text: string): number {
  const at = smallSet.split('\n').findIndex((line) => line.includes(text))
  if (at < 0) throw new Error(`no line ${text}`)
  return at + 1
}

const last = '    scoring: { maxAgeMonths: [[12, 1], [24, 0.5]], else: 0 }\n'
const lines = smallSet.split('\n').length

/** What is wrong, what is put in place of what, on which line it is told, and how. */
const faults: [string, string, string, number, RegExp][] = [
  [
    'an id in a condition that is no question',
    'q: A.1',
    'q: A.9',
    lineOf('showIf'),
    /unknown id in a condition: showIf of question A\.2 names A\.9/,
  ],
  [
    'an option in a condition that the question has not',
    "in: ['yes']",
    'in: [ja]',
    lineOf('showIf'),
    /unknown option in a condition: .* "ja" of A\.1/,
  ],
  [
    'a condition that does not fit the type asked',
    "in: ['yes']",
    'gt: 3',
    lineOf('showIf'),
    /"gt" cannot be asked of A\.1, which is of type single/,
  ],
  [
    'a condition without a way',
    "q: A.1, in: ['yes']",
    'q: A.1',
    lineOf('showIf'),
    /must say one of in, notIn/,
  ],
  ['a condition with two ways', "in: ['yes']", "in: ['yes'], gt: 1", lineOf('showIf'), /must say one of/],
  [
    'a question that shows by itself',
    'q: A.1',
    'q: A.2',
    lineOf('showIf'),
    /circular condition: A\.2 shows by A\.2/,
  ],
  [
    'questions that show by each other',
    '    weight: 2\n',
    '    weight: 2\n    showIf: { q: A.2, lt: 1 }\n',
    lineOf('    weight: 2') + 1,
    /circular condition: A\.1 shows by A\.2 shows by A\.1/,
  ],
  [
    'a question without Danish',
    'text: { da: Hvornår?, en: When? }',
    'text: { en: When? }',
    lineOf('Hvornår'),
    /missing translation: text of question A\.2 has no da/,
  ],
  [
    'a question with empty English',
    'en: When? }',
    "en: ' ' }",
    lineOf('Hvornår'),
    /missing translation: text of question A\.2 has no en/,
  ],
  [
    'an option in one language',
    "text: { da: Ja, en: 'Yes' }",
    'text: Ja',
    lineOf('da: Ja'),
    /missing translation: text of option yes of scale yn must have da and en/,
  ],
  [
    'a scale without values',
    /  yn:\n.*\n.*\n/.exec(smallSet)?.[0] ?? '',
    '  yn: []\n',
    lineOf('  yn:'),
    /scale yn has no values/,
  ],
  [
    'a scale that is not there',
    'scale: yn',
    'scale: ny',
    lineOf('scale: yn'),
    /unknown scale "ny" in question A\.1/,
  ],
  [
    'two questions of one id',
    'id: A.2',
    'id: A.1',
    lineOf('id: A.2'),
    /duplicate id: question A\.1 is already on line 19/,
  ],
  [
    'two options of one id',
    "{ id: 'no',",
    "{ id: 'yes',",
    lineOf("id: 'no'"),
    /duplicate id: option of scale yn yes is already on line 14/,
  ],
  [
    'an option without a score',
    ', score: 1 }',
    ' }',
    lineOf('score: 1 }'),
    /option yes of scale yn has no score/,
  ],
  ['a score beyond 1', 'score: 1 }', 'score: 2 }', lineOf('score: 1 }'), /must be a number from 0 to 1/],
  [
    'a weight beyond 5',
    'weight: 2',
    'weight: 6',
    lineOf('weight: 2'),
    /weight of question A\.1 must be a number from 0 to 5/,
  ],
  ['bands that do not fall', 'min: 60', 'min: 0', lineOf('bands:'), /bands must fall/],
  ['bands that begin above 0', 'id: low, min: 0', 'id: low, min: 10', lineOf('bands:'), /must begin at 0/],
  [
    'a band nobody knows',
    'criticalBand: low',
    'criticalBand: bad',
    lineOf('criticalBand'),
    /criticalBand "bad" is none of the bands/,
  ],
  [
    'a critical question without a finding',
    '    finding: { severity: high, text: { da: Mangel, en: Lack } }\n',
    '',
    lineOf('critical: true'),
    /question A\.1 is critical without a finding/,
  ],
  [
    'a finding of no known severity',
    'severity: high',
    'severity: bad',
    lineOf('severity: high'),
    /must be one of low, medium, high, critical/,
  ],
  [
    'a scoring that does not fit the type',
    'type: date',
    'type: text',
    lineOf('maxAgeMonths'),
    /scoring that does not fit: "maxAgeMonths" is not for type text/,
  ],
  [
    'a scoring that gets better with age',
    '[24, 0.5]',
    '[6, 0.5]',
    lineOf('maxAgeMonths'),
    /must go from the best to the worst/,
  ],
  [
    'a weight that nothing counts for',
    last,
    '',
    lineOf('    weight: 1'),
    /question A\.2 has weight 1, but no answer to it scores/,
  ],
  [
    'a table without columns',
    `type: date`,
    'type: table',
    lineOf('id: A.2'),
    /question A\.2 of type table has no columns/,
  ],
  [
    'a column without text',
    'type: date',
    'type: table\n    columns: [{ id: name }]',
    lineOf('type: date') + 1,
    /column name of question A\.2 has no text/,
  ],
  [
    'columns where there are none',
    last,
    `${last}    columns: [{ id: name }]\n`,
    lines,
    /which has no columns/,
  ],
  [
    'a section nobody knows',
    '    section: A\n    text: { da: Hvornår',
    '    section: B\n    text: { da: Hvornår',
    lineOf('Hvornår') - 1,
    /unknown section "B" in question A\.2/,
  ],
  [
    'a section without questions',
    '  - { id: A, ',
    '  - { id: B, title: { da: B, en: B } }\n  - { id: A, ',
    lineOf('id: A, title'),
    /section B has no questions/,
  ],
  [
    'a key that is a slip of the hand',
    '    required: true\n    critical',
    '    requierd: true\n    critical',
    lineOf('required: true'),
    /unknown key "requierd" in question A\.1/,
  ],
  [
    'a key that is nearly right',
    'weight: 2',
    'wieght: 2',
    lineOf('weight: 2'),
    /unknown key "wieght" in question A\.1 \(did you mean "weight"\?\)/,
  ],
  [
    'a type nobody knows',
    'type: date',
    'type: time',
    lineOf('type: date'),
    /type of question A\.2 must be one of single/,
  ],
  [
    'evidence that is required, but not said which',
    last,
    `${last}    evidence: { level: required }\n`,
    lines,
    /question A\.2 requires evidence, but says not which/,
  ],
  [
    'a control nobody knows',
    last,
    `${last}    controls: [F.7]\n`,
    lines,
    /unknown control "F\.7" in question A\.2/,
  ],
  [
    'a limit of what is no number',
    last,
    `${last}    max: 5\n`,
    lines,
    /min, max and unit of question A\.2 are for type number only/,
  ],
  [
    'a version without quotes',
    "version: '2026.1'",
    'version: 2026.10',
    lineOf('version'),
    /version of the set is not a text as it must be: put it in quotes/,
  ],
  [
    '"not applicable" that scores',
    "{ id: 'no',",
    '{ id: na,',
    lineOf("id: 'no'"),
    /must have score null and requiresComment true/,
  ],
  [
    'a question by country that does not know which',
    'type: date',
    'type: per-country',
    lineOf('type: date'),
    /its showIf must say hasThirdCountry/,
  ],
  ['an alias', 'scale: yn', 'scale: *yn', lineOf('scale: yn'), /anchor|alias/i],
  ['what is no YAML', 'type: date', 'type: [date', lineOf('type: date'), /./],
  [
    'no questions',
    /questions:\n[\s\S]*/.exec(smallSet)?.[0] ?? '',
    'questions: []\n',
    lineOf('questions:'),
    /the set has no questions/,
  ],
]

describe('The check of a question set', () => {
  it('finds nothing in the small set of these tests', () => {
    const { set, faults: found } = readSmall()
    expect(found).to.deep.equal([])
    expect(set).to.deep.include({ id: 'small', version: '2026.1', criticalBand: 'low' })
    expect(set?.questions[1]).to.deep.include({
      type: 'date',
      help: null,
      weight: 1,
      showIf: { q: 'A.1', in: ['yes'] },
    })
    expect(set?.questions[0]?.options).to.deep.include({
      id: 'no',
      text: { da: 'Nej', en: 'No' },
      score: 0,
      requiresComment: true,
    })
  })

  for (const [name, from, to, line, reason] of faults)
    it(`tells of ${name}, with its line`, () => {
      const { set, faults: found } = readSmall(from, to)
      expect(set).to.equal(null)
      const told = found.find((fault) => reason.test(fault.reason))
      expect(told, JSON.stringify(found)).not.to.equal(undefined)
      if (name !== 'what is no YAML') expect(told?.line, JSON.stringify(found)).to.equal(line)
    })

  it('tells of all faults at once, in the order of the file', () => {
    const { faults: found } = readSmall('weight: 2', 'weight: 9\n    colour: red')
    expect(found.map(({ line }) => line)).to.deep.equal([lineOf('weight: 2'), lineOf('weight: 2') + 1])
  })
})
