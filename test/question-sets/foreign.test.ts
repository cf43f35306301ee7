import { expect } from 'chai'
import { readText } from '../../src/question-sets/reading/files.js'
import type { DraftContent, DraftSet } from '../../src/question-sets/rules/draft.js'
import { readCaiq } from '../../src/question-sets/rules/foreign/caiq.js'
import { draftAsYaml } from '../../src/question-sets/rules/foreign/export.js'
import { parseLoose } from '../../src/question-sets/rules/foreign/loose-json.js'
import { readVsaq } from '../../src/question-sets/rules/foreign/vsaq.js'
import { whats, vsaq } from './foreign-drafts.js'

function asDraft(content: DraftContent | null, language: 'da' | 'en' = 'en'): DraftSet {
  if (!content) throw new Error('not read')
  return { ...content, _id: 'd', language, file: 'theirs.xlsx', madeOn: '2026-11-22', madeBy: 'p' }
}

/** As the editions head their columns, with a notice above. */
const sheet = (head: string[], ...rows: string[][]) => ({
  name: 'CAIQ',
  rows: [['Our own questionnaire, version 1'], [], head, ...rows],
})

describe('A questionnaire in the shape of the CAIQ', () => {
  const v4 = [
    'Question ID',
    'Question',
    'CSP CAIQ Answer',
    'SSRM Control Ownership',
    'CSP Implementation Description (Optional/Recommended)',
    'CSC Responsibilities (Optional/Recommended)',
    'CCM Control ID',
    'CCM Control Specification',
    'CCM Control Title',
    'CCM Domain Title',
  ]

  it('becomes a draft with its ids, domains and controls, also where cells are merged over several rows', () => {
    const draft = readCaiq(
      [
        sheet(
          v4,
          [
            'A&A-01.1',
            'Do you audit?',
            'Yes',
            'CSP-owned',
            'Each year',
            '',
            'A&A-01',
            'Audit shall be done.',
            'Audit',
            'Audit & Assurance',
          ],
          ['A&A-01.2', 'Is the audit reviewed?', '', '', '', '', '', '', '', ''],
          ['CEK-01.1', 'Do you encrypt?', 'NA', '', '', '', 'CEK-01', '', '', 'Cryptography'],
        ),
      ],
      'en',
    )
    expect(draft?.sections).to.deep.equal([
      { id: 'AA', title: 'Audit & Assurance' },
      { id: 'CEK', title: 'Cryptography' },
    ])
    expect(draft?.questions.map(({ id, section, refs }) => [id, section, refs])).to.deep.equal([
      ['AA-01.1', 'AA', ['CCM A&A-01', 'CAIQ A&A-01.1']],
      ['AA-01.2', 'AA', ['CCM A&A-01', 'CAIQ A&A-01.2']],
      ['CEK-01.1', 'CEK', ['CCM CEK-01', 'CAIQ CEK-01.1']],
    ])
    expect(draft?.questions[0]?.options.map(({ id, score }) => [id, score])).to.deep.equal([
      ['yes', 1],
      ['no', 0],
      ['na', null],
    ])
    const told = Object.fromEntries(draft?.report.map(({ what, facts }) => [what, facts]) ?? [])
    expect(told).to.deep.include({
      'column-answer': { count: 2 },
      'column-ownership': { count: 1 },
      'column-comment': { count: 1 },
      'column-specification': { count: 1 },
      weights: { count: 3 },
    })
  })

  const headings: [string, string[], string[]][] = [
    [
      'of edition 3.1',
      ['Control Domain', 'CID', 'Consensus Assessment Questions', 'Yes', 'No', 'Notes'],
      ['Audit', 'AA-1', 'Do you?', 'X', '', ''],
    ],
    [
      'of a house copy',
      ['ID', 'Domain', 'Question', 'Answer', 'Comment'],
      ['AA-1', 'Audit', 'Do you?', '', ''],
    ],
    ['in Danish', ['Nr.', 'Område', 'Spørgsmål', 'Svar', 'Bemærkning'], ['AA-1', 'Audit', 'Do you?', '', '']],
    [
      'in capitals and with blanks',
      ['QUESTION  ID', ' Question ', 'CSP CAIQ ANSWER', 'CCM Domain Title'],
      ['AA-1', 'Do you?', '', 'Audit'],
    ],
    [
      'with the question column called CAIQ question',
      ['CAIQ ID', 'CAIQ Question', 'Category'],
      ['AA-1', 'Do you?', 'Audit'],
    ],
  ]
  for (const [name, head, row] of headings)
    it(`is read by headings ${name}`, () => {
      const draft = readCaiq(
        [
          sheet(
            head.map((one) => (one === 'Nr.' ? 'Spørgsmål nr.' : one)),
            row,
          ),
        ],
        'da',
      )
      expect(draft?.questions.map(({ id, text, section }) => [id, text, section])).to.deep.equal([
        ['AA-1', 'Do you?', 'AA'],
      ])
      expect(draft?.sections).to.deep.equal([{ id: 'AA', title: 'Audit' }])
    })

  it('tells of all that surprises: other sheets and columns, rows without question or id, an id that comes twice', () => {
    const draft = readCaiq(
      [
        { name: 'Read me', rows: [['Welcome'], ['Question', 'of the day']] },
        sheet(
          ['ID', 'Question', 'Answer', 'Favourite colour'],
          ['General'],
          ['Q-1', 'First?', '', 'red'],
          ['Q-1', 'Second?', '', ''],
          ['', 'Third?', '', ''],
          ['Q-4', '', '', 'blue'],
        ),
      ],
      'en',
    )
    expect(draft?.questions.map(({ id, section }) => [id, section])).to.deep.equal([
      ['Q-1', 'S01'],
      ['Q-1-2', 'S01'],
      ['Q7', 'S01'],
    ])
    expect(draft?.sections).to.deep.equal([{ id: 'S01', title: 'General' }])
    expect(whats(draft)).to.deep.equal(['sheet', 'same-id', 'no-id', 'no-question', 'column', 'weights'])
  })

  it('is not seen where there is no column of questions beside something', () => {
    expect(readCaiq([{ name: 'A', rows: [['Question'], ['Do you?']] }], 'en')).to.equal(null)
    expect(
      readCaiq(
        [
          {
            name: 'A',
            rows: [
              ['Name', 'CVR'],
              ['X', '1'],
            ],
          },
        ],
        'en',
      ),
    ).to.equal(null)
    expect(readCaiq([], 'en')).to.equal(null)
  })
})

describe('A draft taken out as a file', () => {
  /** Every empty text filled in, as a translator would. */
  const translated = (yaml: string) => yaml.replace(/\b(da|en): ""/g, '$1: "Oversat"')

  for (const [name, content, language] of [
    ['VSAQ', readVsaq(parseLoose(vsaq), 'en'), 'en'],
    [
      'CAIQ',
      readCaiq(
        [
          sheet(
            ['ID', 'Question', 'Domain'],
            ['A-1', 'Do "you": {really}?', 'Audit'],
            ['A-2', "# it's & *odd", 'Audit'],
          ),
        ],
        'da',
      ),
      'da',
    ],
  ] as const)
    it(`lacks the other language and nothing else (${name})`, () => {
      const yaml = draftAsYaml(asDraft(content, language), '2026.1')
      const { faults } = readText(yaml)
      expect(faults.length).to.be.above(0)
      for (const { reason } of faults) expect(reason).to.match(/^missing translation: /)
      const { set, faults: left } = readText(translated(yaml))
      expect(left).to.deep.equal([])
      expect(set?.questions.map(({ id }) => id)).to.deep.equal(content?.questions.map(({ id }) => id))
      expect(set?.questions.map(({ text }) => text[language])).to.deep.equal(
        content?.questions.map(({ text }) => text),
      )
    })

  it('says where it came from on one line, whatever the file is called', () => {
    const content = readCaiq([sheet(['ID', 'Question'], ['A-1', 'Do you?'])], 'en')
    const yaml = draftAsYaml({ ...asDraft(content), file: 'a\nid: evil\u2028b.xlsx' }, '2026.1')
    expect(yaml.split('\n')[0]).to.include('a id: evil b.xlsx')
    expect(readText(translated(yaml)).faults).to.deep.equal([])
  })
})
