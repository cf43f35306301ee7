import { expect } from 'chai'
import type { Value } from '../../src/question-sets/rules/answer.js'
import { proposedFindings } from '../../src/questionnaires/rules/proposed.js'
import type { Answer, Origin, Questionnaire, Remark } from '../../src/questionnaires/rules/questionnaire.js'
import {
  answeredFromPublic,
  compared,
  concluded,
  reasonNeeded,
  sentBack,
  takenUpAgain,
  verdictOn,
} from '../../src/questionnaires/rules/review.js'

const answer = (value: Value | null, origin: Origin = 'typed', version = 1): Answer =>
  ({ value, comment: '', origin, version }) as Answer

const questionnaire = (changes: Partial<Questionnaire> = {}): Questionnaire =>
  ({ state: 'submitted', round: 1, askedAt: new Date(), ...changes }) as Questionnaire

describe('how an answer stands to last year’s', () => {
  const cases: [
    why: string,
    now: Answer | undefined,
    earlier: Answer | undefined,
    expected: string | null,
  ][] = [
    ['not answered then', answer('yes'), undefined, 'new'],
    ['answered otherwise then', answer('yes'), answer('no'), 'changed'],
    ['typed again the same', answer('yes'), answer('yes'), 'same'],
    ['signed off as it was', answer('yes', 'confirmed'), answer('yes'), 'confirmed'],
    ['signed off, then changed by hand', answer('no', 'confirmed'), answer('yes'), 'changed'],
    ['answered then, and not any more', answer(null), answer('yes'), 'dropped'],
    ['never answered', undefined, undefined, null],
  ]
  for (const [why, now, earlier, expected] of cases)
    it(why, () => {
      expect(compared(now, earlier, false)).to.equal(expected)
    })

  it('is nothing where there was no questionnaire before', () => {
    expect(compared(answer('yes'), undefined, true)).to.equal(null)
  })
})

describe('what a reviewer says of an answer', () => {
  it('is said of the answer as it was: one changed since is judged again', () => {
    const remark = { verdict: 'open', answer: 1 } as Remark
    expect(verdictOn(remark, answer('no', 'typed', 1))).to.equal('open')
    expect(verdictOn(remark, answer('yes', 'typed', 2))).to.equal('none')
  })
})

describe('the end of a review (C.8)', () => {
  const conclusion = { band: 'remarks' } as never

  it('sends back only what is open, in a new round, by a day to come', () => {
    const back = sentBack(questionnaire(), ['S04.02'], '2026-12-07', '2026-11-23')
    expect(back).to.deep.include({ state: 'asked', round: 2, open: ['S04.02'], dueOn: '2026-12-07' })
    expect(() => sentBack(questionnaire(), [], '2026-12-07', '2026-11-23')).to.throw('review-nothing-open')
    expect(() => sentBack(questionnaire(), ['a'], '2026-11-23', '2026-11-23')).to.throw('review-due-in-past')
  })

  it('sends nothing back to a vendor that was never asked', () => {
    expect(() => sentBack(questionnaire({ askedAt: null }), ['a'], '2026-12-07', '2026-11-23')).to.throw(
      'review-never-asked',
    )
  })

  const reasons: [string, string | null, string[], string, string[], string | null][] = [
    ['as proposed', 'remarks', [], 'remarks', [], null],
    ['better than proposed', 'remarks', [], 'satisfactory', [], 'departs'],
    ['worse than proposed', 'remarks', [], 'follow_up', [], 'departs'],
    ['as proposed, with a critical question failed', 'follow_up', ['S03.01'], 'follow_up', [], 'critical'],
    ['with items left open', 'remarks', [], 'remarks', ['S04.02'], 'open'],
    ['where nothing could be reckoned', null, [], 'follow_up', [], null],
  ]
  for (const [why, band, criticalFailed, chosen, open, expected] of reasons)
    it(`asks for a reason: ${why}: ${expected ?? 'none'}`, () => {
      expect(reasonNeeded({ band, criticalFailed }, chosen, open)).to.equal(expected)
    })

  it('is final: it is taken up again only as a new round', () => {
    const over = questionnaire({ state: 'concluded' })
    expect(() => concluded(over, conclusion)).to.throw('questionnaire-not-in-review')
    expect(takenUpAgain(over)).to.deep.include({ state: 'submitted', round: 2, conclusion: null })
    expect(() => takenUpAgain(questionnaire())).to.throw('questionnaire-not-concluded')
  })
})

describe('answers from public documentation', () => {
  it('go to review also where nobody was asked, and say whose they are', () => {
    const at = new Date('2026-11-23T09:00:00Z')
    const done = answeredFromPublic(questionnaire({ state: 'prepared' }), 3, at, 'Anders')
    expect(done.submitted).to.deep.include({ fromPublic: true })
    expect(() => answeredFromPublic(questionnaire({ state: 'prepared' }), 0, at, 'A')).to.throw(
      'public-nothing-answered',
    )
    expect(() => answeredFromPublic(questionnaire(), 1, at, 'A')).to.throw('questionnaire-not-open')
  })
})

describe('the finding on their notice to us (clause 7.3)', () => {
  const template = {
    question: 'S07.04',
    severity: 'medium' as const,
    text: { da: 'a', en: 'shorter than 31' },
  }
  const other = { question: 'S04.02', severity: 'high' as const, text: { da: 'b', en: 'b' } }
  const words = { da: '45 dage', en: '45 days' }
  const propose = (
    state: 'short' | 'no-time-to-object' | 'enough',
    owed: boolean,
    findings = [other, template],
  ) =>
    proposedFindings({ findings }, { question: 'S07.04', state, owed, words }).map(
      ({ question, severity, text }) => `${question} ${severity} ${text.en}`,
    )

  it('says the numbers, where what we owe customers is longer', () => {
    expect(propose('short', true)).to.deep.equal(['S04.02 high b', 'S07.04 medium 45 days'])
  })
  it('is proposed also where the template asks for none: 45 days may be too few', () => {
    expect(propose('short', true, [other])).to.deep.equal(['S04.02 high b', 'S07.04 medium 45 days'])
  })
  it('is a lesser one where only objections cannot be carried on', () => {
    expect(propose('no-time-to-object', true, [])).to.deep.equal(['S07.04 low 45 days'])
  })
  it('is not proposed where their notice is long enough, whatever the template says', () => {
    expect(propose('enough', true)).to.deep.equal(['S04.02 high b'])
  })
  it('stands as the template has it while no customer uses the services', () => {
    expect(propose('enough', false)).to.deep.equal(['S04.02 high b', 'S07.04 medium shorter than 31'])
  })
})
