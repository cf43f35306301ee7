import { expect } from 'chai'
import {
  changedSince,
  departures,
  highest,
  isWeaker,
  mostPoints,
  pointsOf,
  proposeAnswers,
  publishedModel,
  sufficing,
  usualConcept,
  type Concept,
  type RegisterFacts,
  type ScoreAnswers,
} from '../../src/supervision/rules.js'

const none: ScoreAnswers = { subjects: 'under-1000', special: false, other: false, processing: false }

describe("an engagement's points (Datatilsynet's guiding model, 29 October 2021)", () => {
  const rows: [what: string, answers: Partial<ScoreAnswers>, total: number, band: string][] = [
    ['are 1 for few people and ordinary data', {}, 1, '1-2'],
    ['are 2 from 1,000 data subjects', { subjects: '1000-10000' }, 2, '1-2'],
    ['are 3 above 10,000', { subjects: 'over-10000' }, 3, '3-4'],
    ['are 3 more for special categories', { special: true }, 4, '3-4'],
    ['are 2 more for other data worthy of protection', { other: true }, 3, '3-4'],
    ['are 2 more for a special form of processing', { processing: true }, 3, '3-4'],
    [
      'reach the third band with special categories and civil registration numbers',
      { special: true, other: true },
      6,
      '5-6',
    ],
    [
      'reach the fourth band with 1,000 of them',
      { subjects: '1000-10000', special: true, other: true },
      7,
      '7-10',
    ],
    ['end at 10', { subjects: 'over-10000', special: true, other: true, processing: true }, 10, '7-10'],
  ]
  for (const [what, answers, total, band] of rows)
    it(what, () => {
      expect(pointsOf({ ...none, ...answers }, publishedModel)).to.deep.include({ total, band })
    })

  it('of the published model never exceed its scale', () => {
    expect(mostPoints(publishedModel.values)).to.equal(10)
  })

  it('let all six concepts suffice at 1 and 2, and only the two strongest from 7', () => {
    expect(Object.values(sufficing).map((each) => each.join(''))).to.deep.equal([
      '123456',
      '23456',
      '3456',
      '56',
    ])
  })

  const weak: [Concept, '1-2' | '3-4' | '5-6' | '7-10', boolean][] = [
    [1, '1-2', false],
    [1, '3-4', true],
    [2, '5-6', true],
    [3, '5-6', false],
    [3, '7-10', true],
    // A certificate is not enough from 7 points.
    [4, '7-10', true],
    [5, '7-10', false],
    [6, '7-10', false],
  ]
  for (const [concept, band, weaker] of weak)
    it(`with concept ${concept} at ${band} points are ${weaker ? '' : 'not '}supervised weaker than the guidance suggests`, () => {
      expect(isWeaker(concept, band)).to.equal(weaker)
    })

  it('are supervised as C.8 says where nobody has chosen: by statement where one is owed, else by questionnaire', () => {
    expect(usualConcept({ owed: true })).to.equal(5)
    expect(usualConcept({ owed: false })).to.equal(3)
    expect(usualConcept(null)).to.equal(3)
  })

  it('of a vendor are those of its riskiest engagement', () => {
    expect(highest([{ total: 3 }, { total: 8 }, { total: 5 }])).to.deep.equal({ total: 8 })
    expect(highest([])).to.equal(null)
  })
})

describe('what the register proposes', () => {
  const facts: RegisterFacts = { subjectCount: '1000-10000', dataCategories: ['ordinary', 'special'] }

  it('follows from the number and the categories, and says why', () => {
    expect(proposeAnswers(facts, null)).to.deep.equal({
      answers: { subjects: '1000-10000', special: true, other: false, processing: false },
      reasons: {
        subjects: 'count-known',
        special: 'special-yes',
        other: 'other-no',
        processing: 'processing-unknown',
      },
    })
  })

  it('is the least where the register does not say, and says that it does not', () => {
    const { answers, reasons } = proposeAnswers({ subjectCount: null, dataCategories: [] }, null)
    expect(answers).to.deep.equal(none)
    expect(reasons).to.deep.include({ subjects: 'count-unknown', special: 'categories-unknown' })
  })

  it('keeps the answer on special processing that a person gave', () => {
    const before = { answers: { ...none, processing: true } }
    expect(proposeAnswers(facts, before).answers.processing).to.equal(true)
  })

  it('needs a reason where the answer departs from it, but for what it does not hold', () => {
    const proposal = proposeAnswers(facts, null)
    const answers = { ...proposal.answers, special: false, processing: true }
    expect(departures(answers, proposal)).to.deep.equal(['special'])
  })

  it('makes a score to be looked at again when what it stood on has changed', () => {
    expect(changedSince({ facts }, facts)).to.deep.equal([])
    expect(changedSince({ facts }, { ...facts, dataCategories: ['special', 'ordinary'] })).to.deep.equal([])
    expect(changedSince({ facts }, { ...facts, subjectCount: 'over-10000' })).to.deep.equal(['subjects'])
    expect(changedSince({ facts }, { ...facts, dataCategories: ['confidential'] })).to.deep.equal([
      'special',
      'other',
    ])
  })
})
