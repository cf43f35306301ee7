import { expect } from 'chai'
import { currentSets } from '../../src/question-sets/actions.js'
import type { Given, Value } from '../../src/question-sets/rules/answer.js'
import type { QuestionSet } from '../../src/question-sets/rules/set.js'
import {
  noticeQuestion,
  registerDifferences,
  type Registered,
} from '../../src/questionnaires/rules/differences.js'

const set = currentSets().find(({ id }) => id === 'gdpr-subprocessor-yearly') as QuestionSet

const registered: Registered = {
  storageCountries: ['DK', 'IE'],
  accessCountries: ['DK', 'IN'],
  chain: [{ name: 'Cloudhaven B.V.', registration: '34112233' }],
  vendor: {
    name: 'Nyborg Backup ApS',
    registration: '29403473',
    address: 'Havnegade 3\n5800 Nyborg',
    country: 'DK',
  },
  contacts: [{ name: 'Ida Holm', email: 'ida@nyborg.example' }],
}

const given = (value: Value): Given => ({ value, comment: '', files: 0 })
const further = (name: string, regNo = '') => ({ name, regNo, task: 'Backup' })

describe('what the answers say that the register does not (clauses 7.3, B.1, C.5; EDPB 22/2024)', () => {
  const cases: [why: string, question: string, value: Value, expected: string[]][] = [
    ['the countries of storage are those of the register', 'S08.01', ['IE', 'DK'], []],
    [
      'a new country of storage asks for a notice',
      'S08.01',
      ['DK', 'IE', 'DE'],
      ['storage-country DE notice'],
    ],
    [
      'a country the answer does not name is for the register',
      'S08.01',
      ['DK'],
      ['storage-country-gone IE engagement'],
    ],
    [
      'access from a new country is a transfer, and asks for a notice',
      'S08.02',
      ['DK', 'IN', 'US'],
      ['access-country US notice'],
    ],
    ['a further sub-processor known by its number', 'S07.02', [further('CH Holding', '34 11 22 33')], []],
    ['known by its name, written another way', 'S07.02', [further('CLOUDHAVEN BV')], []],
    [
      'a further sub-processor nobody told us of',
      'S07.02',
      [further('Cloudhaven B.V.', '34112233'), further('Skyhost Inc.')],
      ['further-sub-processor Skyhost Inc. notice'],
    ],
    [
      'one that is no longer named',
      'S07.02',
      [further('Skyhost Inc.')],
      ['further-sub-processor Skyhost Inc. notice', 'further-sub-processor-gone Cloudhaven B.V. engagement'],
    ],
    [
      'another name and address, the number the same but for its blanks',
      'S01.02',
      {
        name: 'Nyborg Sikkerhed ApS',
        registration: 'DK 29 40 34 73',
        address: 'Havnegade 5, 5800 Nyborg',
        country: 'DK',
      },
      ['name Nyborg Sikkerhed ApS vendor', 'address Havnegade 5, 5800 Nyborg vendor'],
    ],
    [
      'the same address with a comma for the line break',
      'S01.02',
      { name: 'Nyborg Backup ApS', registration: '', address: 'Havnegade 3, 5800 Nyborg', country: 'DK' },
      [],
    ],
    [
      'the seat has moved',
      'S01.02',
      { name: '', registration: '', address: '', country: 'SE' },
      ['country SE vendor'],
    ],
    [
      'a contact the register knows',
      'S01.03',
      { name: 'Ida H.', email: 'IDA@nyborg.example', phone: '', incidents: '' },
      [],
    ],
    [
      'another contact',
      'S01.03',
      { name: 'Bo Lund', email: 'bo@nyborg.example', phone: '', incidents: '' },
      ['contact Bo Lund, bo@nyborg.example vendor'],
    ],
  ]
  for (const [why, question, value, expected] of cases)
    it(why, () => {
      const found = registerDifferences(set, { [question]: given(value) }, () => true, registered)
      const own = found.map(({ kind, said, registered: was, way }) => [kind, said || was, way].join(' '))
      expect(own).to.deep.equal(expected)
    })

  it('where the register has no country at all, it is for the register and no news for customers', () => {
    const none = { ...registered, storageCountries: [] }
    const [found] = registerDifferences(set, { 'S08.01': given(['DK']) }, () => true, none)
    expect(found?.way).to.equal('engagement')
  })

  it('an answer to a question that is hidden says nothing', () => {
    const answers = { 'S08.01': given(['DE']) }
    expect(registerDifferences(set, answers, () => false, registered)).to.deep.equal([])
  })

  it('the question on their notice to us is the one that asks for days under clause 7.3', () => {
    expect(noticeQuestion(set)?.id).to.equal('S07.04')
  })
})
