import { expect } from 'chai'
import { daysBetween } from '../../src/base/day.js'
import { recordsTexts } from '../../src/supervision-folder/page.js'
import { publishedModel, type Concept } from '../../src/supervision/rules.js'
import {
  begunFrom,
  differingFields,
  emptyContent,
  meets,
  missingToFile,
  nextByModel,
  noticesKept,
  scoreOf,
  type Evidence,
  type FolderAnswers,
  type FolderContent,
  type ShownSubProcessor,
} from '../../src/supervision-folder/rules.js'

const nothing: Evidence = {
  on: '2026-11-23',
  year: 2026,
  declarations: [],
  statements: [],
  register: [],
  notices: { count: 0, kept: 0, shortest: null, references: [] },
  supervision: { subProcessors: 0, owed: 0, done: 0, overdue: 0 },
  requests: [],
}
const declared = (year: number): Partial<Evidence> => ({
  declarations: [{ reference: 'AU-2026-001', year, edition: 1, signedOn: `${year}-12-01`, hash: 'x' }],
})
const stated = (certificate: boolean): Partial<Evidence> => ({
  statements: [{ vendor: 'Curanet A/S', name: 'ISAE 3402', span: '2025', issuer: 'R', certificate }],
})
const asked = (inspection: boolean, answeredOn: string | null): Partial<Evidence> => ({
  requests: [{ reference: 'RQ-2026-001', kind: 'x', receivedOn: '2026-03-01', answeredOn, inspection }],
})

describe("What our evidence is worth in Datatilsynet's model", () => {
  const cases: [concept: Concept, evidence: Partial<Evidence>, met: string, why: string][] = [
    [1, {}, 'have', 'nothing is called for'],
    [2, {}, 'none', 'nobody has confirmed anything in writing'],
    [2, declared(2026), 'have', 'C.7: the declaration confirms'],
    [2, declared(2025), 'have', "last year's stands until this year's is signed"],
    [2, declared(2023), 'none', 'too old to confirm this year'],
    [3, {}, 'part', 'register, notices and supervision are part of a status'],
    [3, declared(2026), 'have', 'a written status, given yearly'],
    [4, declared(2026), 'none', 'a declaration is no certificate'],
    [4, stated(true), 'part', "a sub-processor's certificate covers the sub-processor alone"],
    [5, declared(2026), 'none', 'C.7: internal, no independent assurance'],
    [5, stated(true), 'none', 'a certificate (4) is no report of a third party (5)'],
    [5, stated(false), 'part', 'a report on a sub-processor covers that one alone'],
    [6, {}, 'own', 'the customer inspects, clause 12.1'],
    [6, asked(true, null), 'own', 'asked and not answered'],
    [6, asked(true, '2026-04-01'), 'have', 'inspected'],
    [6, asked(false, '2026-04-01'), 'own', 'another request'],
  ]
  for (const [concept, evidence, met, why] of cases)
    it(`way ${concept} is ${met}: ${why}`, () => {
      expect(meets(concept, { ...nothing, ...evidence })).to.equal(met)
    })
})

describe("A customer's score of its own use", () => {
  const none: FolderAnswers = { subjects: null, special: null, other: null, processing: null }
  const cases: [answers: Partial<FolderAnswers>, total: number | null, next: string | null][] = [
    [{}, null, null],
    [{ subjects: 'under-1000', special: false, other: false }, null, null],
    [{ subjects: 'under-1000', special: false, other: false, processing: false }, 1, null],
    [{ subjects: '1000-10000', special: false, other: true, processing: false }, 4, '2028-11-23'],
    [{ subjects: 'over-10000', special: true, other: false, processing: false }, 6, '2027-11-23'],
    [{ subjects: 'over-10000', special: true, other: true, processing: true }, 10, '2027-11-23'],
  ]
  for (const [answers, total, next] of cases)
    it(`is ${total ?? 'not reckoned'} for ${JSON.stringify(answers)}, and looked at again ${next ?? 'when something happens'}`, () => {
      const score = scoreOf({ ...none, ...answers }, publishedModel)
      expect(score?.total ?? null).to.equal(total)
      expect(nextByModel(score, publishedModel, '2026-11-23')).to.equal(next)
    })
})

describe('A folder', () => {
  const finished: FolderContent = {
    ...emptyContent,
    answers: { subjects: 'over-10000', special: true, other: true, processing: false },
    concept: 5,
    verdict: 'satisfactory',
    conclusion: 'I orden.',
    name: 'Åse Ørsted',
    looked: ['register'],
  }
  const missing = (content: FolderContent) =>
    missingToFile(content, scoreOf(content.answers, publishedModel)).map(({ field }) => field)

  it('is filed when its questions are answered, a way chosen, and concluded by somebody', () => {
    expect(missing(finished)).to.deep.equal([])
    expect(missing(emptyContent)).to.deep.equal([
      'subjects',
      'special',
      'other',
      'processing',
      'concept',
      'verdict',
      'conclusion',
      'name',
    ])
    // A certificate (4) does not suffice at 8 points.
    expect(missing({ ...finished, concept: 4 })).to.deep.equal(['weakerBecause'])
    expect(missing({ ...finished, concept: 4, weakerBecause: 'Få følsomme data.' })).to.deep.equal([])
  })

  it("of a new year begins with last year's answers, and with nothing looked at or concluded", () => {
    expect(begunFrom(finished)).to.deep.equal({
      ...emptyContent,
      answers: finished.answers,
      concept: 5,
    })
  })

  it('that two people wrote in tells where they differ', () => {
    expect(
      differingFields(finished, { ...finished, conclusion: 'Mangler.', next: '2027-01-01' }),
    ).to.deep.equal(['conclusion', 'next'])
  })
})

describe('Notices kept', () => {
  const part = (dayZero: string | null, earliestUse: string | null, inUseSince: string | null) => ({
    reference: 'CN-2026-001',
    dayZero,
    earliestUse,
    inUseSince,
  })
  const cases: [parts: ReturnType<typeof part>[], kept: number, shortest: number | null, why: string][] = [
    [[], 0, null, 'no notices'],
    [[part('2026-01-05', '2026-02-05', '2026-02-05')], 1, 31, 'used on the first day it may be'],
    [[part('2026-01-05', '2026-02-05', '2026-02-04')], 0, 30, 'used a day too early'],
    [[part('2026-01-05', '2026-02-05', null)], 1, null, 'not used yet'],
    [[part(null, null, '2026-02-05')], 0, null, 'used without a notice that arrived'],
  ]
  for (const [parts, kept, shortest, why] of cases)
    it(`are ${kept} of ${parts.length}: ${why}`, () => {
      expect(noticesKept(parts, daysBetween)).to.deep.include({ count: parts.length, kept, shortest })
    })
})

describe("Text for the customer's records", () => {
  const house = {
    name: 'Nordvang Drift A/S',
    registration: { kind: 'CVR' as const, number: '35240136' },
    address: 'Havnegade 12\n5000 Odense C',
    dpo: { name: 'Karen Østergård', email: 'dpo@nordvang.example', phone: '' },
  }
  const row = (name: string, changes: Partial<ShownSubProcessor> = {}): ShownSubProcessor => ({
    name,
    number: '',
    activity: 'Drift',
    storage: ['Danmark'],
    access: ['Danmark'],
    transfers: [],
    standing: 'none',
    used: true,
    ...changes,
  })
  const us = { transfers: [{ country: 'USA', basis: 'SCC' }], standing: 'based' as const }
  const cases: [rows: ShownSubProcessor[], says: string[], not: string[], why: string][] = [
    [[row('A')], ['overføres ikke til lande uden for EU/EØS'], [], 'all countries are known'],
    [[row('A', us)], ['A (USA: SCC)'], ['overføres ikke'], 'a transfer with its basis'],
    [
      [row('A'), row('B', { standing: 'unknown' })],
      ['endnu ikke oplyst for: B'],
      ['overføres ikke'],
      'that there are none is a statement too',
    ],
    [[row('A', us), row('B', { standing: 'missing' })], ['A (USA: SCC)', 'oplyst for: B'], [], 'both'],
    [[row('A'), row('C', { ...us, used: false })], ['A'], ['C (', 'USA'], 'C does nothing for this customer'],
  ]
  for (const [register, says, not, why] of cases)
    it(`says ${says.join(' and ')}: ${why}`, () => {
      for (const { text } of recordsTexts(
        { house, services: ['Webhotel'], evidence: { register, on: '2026-11-23' } },
        'da',
      )) {
        for (const each of says.filter((words) => !words.startsWith('overføres') || /Vi bruger/.test(text)))
          expect(text).to.include(each)
        for (const each of not) expect(text).to.not.include(each)
      }
    })
})
