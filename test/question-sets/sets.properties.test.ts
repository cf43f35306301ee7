import { expect } from 'chai'
import fc from 'fast-check'
import { readFolder, setsFolder } from '../../src/question-sets/reading/files.js'
import type { Answers, Given, Surroundings } from '../../src/question-sets/rules/answer.js'
import { score } from '../../src/question-sets/rules/score.js'
import type { Condition, Question, QuestionSet } from '../../src/question-sets/rules/set.js'
import { look, missing, visibleQuestions } from '../../src/question-sets/rules/visible.js'
import { anOption, aQuestion, around, aSet } from './builders.js'

const countries = ['DK', 'IE', 'US', 'IN', 'CH']
const days = ['2024-02-29', '2025-11-30', '2026-11-22', '2026-11-23', 'not a day']

/** Any answer to a question, also of the wrong shape, of options it has not, and none. */
function givenTo(question: Question): fc.Arbitrary<Given> {
  const option = fc.constantFrom(...question.options.map(({ id }) => id), 'na', 'gone')
  const text = fc.constantFrom('', ' ', 'words')
  const values: Record<Question['type'], fc.Arbitrary<Given['value']>> = {
    single: option,
    multi: fc.array(option, { maxLength: 3 }),
    text,
    number: fc.integer({ min: -1, max: 60 }),
    date: fc.constantFrom(...days),
    contact: fc.record({ name: text, email: text, phone: text, incidents: text }),
    identity: fc.record({ name: text, registration: text, address: text, country: text }),
    signoff: fc.record({ name: text, title: text, on: fc.constantFrom(...days) }),
    table: fc.array(fc.dictionary(fc.constantFrom(...question.columns.map(({ id }) => id), 'x'), text), {
      maxLength: 2,
    }),
    countries: fc.array(fc.constantFrom(...countries), { maxLength: 3 }),
    'per-country': fc.dictionary(fc.constantFrom(...countries), option).map((byCountry) => ({ byCountry })),
  }
  return fc.record({
    value: fc.oneof(
      { weight: 9, arbitrary: values[question.type] },
      { weight: 1, arbitrary: fc.constant('surprise') },
    ),
    comment: text,
    files: fc.integer({ min: 0, max: 1 }),
    naRefused: fc.boolean(),
  })
}

type Step =
  { kind: 'answer'; question: string; given: Given } | { kind: 'clear' | 'forget'; question: string }

function stepsOn(set: QuestionSet): fc.Arbitrary<Step[]> {
  const step = fc.constantFrom(...set.questions).chain((question) =>
    fc.oneof(
      {
        weight: 4,
        arbitrary: givenTo(question).map((given): Step => ({
          kind: 'answer',
          question: question.id,
          given,
        })),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Step>(
          { kind: 'clear', question: question.id },
          { kind: 'forget', question: question.id },
        ),
      },
    ),
  )
  return fc.array(step, { minLength: 1, maxLength: 60 })
}

function after(answers: Answers, step: Step): Answers {
  if (step.kind === 'answer') return { ...answers, [step.question]: step.given }
  const { [step.question]: was, ...others } = answers
  if (step.kind === 'forget' || !was) return others
  return { ...others, [step.question]: { ...was, value: null, comment: '' } }
}

/**
 * What shows, reckoned another way than the rules do: from nothing shown, each question is looked at again until nothing
 * changes. It has no memory of anything but the last answers either.
 */
function shownAfresh(set: QuestionSet, answers: Answers, surroundings: Surroundings): string[] {
  let shown = new Set<string>()
  for (let round = 0; round <= set.questions.length; round++) {
    const visible = Object.fromEntries(Object.entries(answers).filter(([id]) => shown.has(id)))
    // All conditions taken off, and hidden answers taken away: then a condition is only about answers.
    const bare = {
      ...set,
      questions: set.questions.map((one) => (one.type === 'per-country' ? one : { ...one, showIf: null })),
    }
    const view = look(bare, visible, surroundings)
    const next = new Set(
      set.questions.filter(({ showIf }) => !showIf || view.holds(showIf)).map(({ id }) => id),
    )
    if (next.size === shown.size && [...next].every((id) => shown.has(id))) break
    shown = next
  }
  return set.questions.flatMap(({ id }) => (shown.has(id) ? [id] : []))
}

/** A set of some questions whose conditions go any way that makes no circle. */
const anySet: fc.Arbitrary<QuestionSet> = fc
  .array(
    fc.record({
      type: fc.constantFrom<Question['type'][]>('single', 'multi', 'number', 'countries', 'date'),
      on: fc.nat(),
      second: fc.nat(),
      way: fc.constantFrom('none', 'one', 'any', 'all'),
      weight: fc.integer({ min: 0, max: 5 }),
      critical: fc.boolean(),
      required: fc.boolean(),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .map((plans) => {
    const questions: Question[] = []
    for (const [at, plan] of plans.entries()) {
      const condition = (no: number): Condition | null => {
        const asked = questions[no % Math.max(at, 1)]
        if (!asked) return null
        if (asked.type === 'single')
          return no % 2 ? { q: asked.id, in: ['yes'] } : { q: asked.id, notIn: ['yes'] }
        if (asked.type === 'multi') return { q: asked.id, anyOf: ['yes'] }
        if (asked.type === 'number') return { q: asked.id, gt: 10 }
        return asked.type === 'countries' ? { q: asked.id, hasThirdCountry: true } : null
      }
      const [first, other] = [condition(plan.on), condition(plan.second)]
      const both = first && other ? [first, other] : []
      const showIf =
        plan.way === 'none'
          ? null
          : plan.way === 'one' || both.length < 2
            ? first
            : plan.way === 'any'
              ? { any: both }
              : { all: both }
      const options = [anOption('yes', 1), anOption('no', 0), anOption('na', null, { exclusive: true })]
      const scoring =
        plan.type === 'multi'
          ? ({ multi: 'max' } as const)
          : plan.type === 'date'
            ? ({ maxAgeMonths: [[12, 1]], else: 0 } as const)
            : null
      questions.push(
        aQuestion(`q${at}`, {
          ...plan,
          showIf,
          scoring,
          section: `S${at % 3}`,
          options: ['single', 'multi'].includes(plan.type) ? options : [],
          finding: { severity: 'low', text: { da: '', en: '' }, when: null },
        }),
      )
    }
    return aSet(questions)
  })

const shipped = readFolder(setsFolder).flatMap(({ set }) => (set ? [set] : []))
const sets = fc.oneof(anySet, fc.constantFrom(...shipped))
const walks = sets.chain((set) => fc.record({ set: fc.constant(set), steps: stepsOn(set) }))

describe('Any sequence of answers, clearings and changes of conditions', () => {
  it('ends with the same questions shown and the same score as the final answers seen for the first time', () => {
    fc.assert(
      fc.property(walks, ({ set, steps }) => {
        let answers: Answers = {}
        for (const step of steps) {
          answers = after(answers, step)
          // As a page does after each answer: whatever it keeps from here may not show in the end.
          visibleQuestions(set, answers, around)
          score(set, answers, around)
        }
        const fresh = structuredClone(answers)
        const turned = Object.fromEntries(Object.entries(fresh).toReversed())
        const freshSet = structuredClone(set)
        for (const other of [fresh, turned]) {
          expect(visibleQuestions(set, answers, around)).to.deep.equal(
            visibleQuestions(freshSet, other, around),
          )
          expect(score(set, answers, around)).to.deep.equal(score(freshSet, other, around))
          expect(missing(set, answers, around)).to.deep.equal(missing(freshSet, other, around))
        }
        expect(visibleQuestions(set, answers, around).map(({ id }) => id)).to.deep.equal(
          shownAfresh(set, answers, around),
        )
      }),
      { numRuns: 300 },
    )
  }).timeout(30_000)

  it('gives what a hidden question was answered no part in the score', () => {
    fc.assert(
      fc.property(walks, ({ set, steps }) => {
        const answers = steps.reduce(after, {})
        const shown = new Set(visibleQuestions(set, answers, around).map(({ id }) => id))
        const without = Object.fromEntries(Object.entries(answers).filter(([id]) => shown.has(id)))
        expect(score(set, without, around)).to.deep.equal(score(set, answers, around))
      }),
      { numRuns: 200 },
    )
  }).timeout(30_000)

  it('brings back what was typed when a condition is changed there and back', () => {
    fc.assert(
      fc.property(walks, fc.nat(), ({ set, steps }, at) => {
        const answers = steps.reduce(after, {})
        const question = set.questions[at % set.questions.length]
        if (!question) return
        const there = after(answers, {
          kind: 'answer',
          question: question.id,
          given: { value: null, comment: '', files: 0 },
        })
        const was = answers[question.id]
        const back = was
          ? after(there, { kind: 'answer', question: question.id, given: was })
          : after(there, { kind: 'forget', question: question.id })
        expect(score(set, back, around)).to.deep.equal(score(set, answers, around))
      }),
      { numRuns: 200 },
    )
  }).timeout(30_000)

  it('keeps the score between 0 and 100, and of the best band only what reached it', () => {
    fc.assert(
      fc.property(walks, ({ set, steps }) => {
        const { overall, band, criticalFailed } = score(set, steps.reduce(after, {}), around)
        if (overall === null) expect(band).to.equal(null)
        else expect(overall).to.be.within(0, 100)
        if (band !== null && criticalFailed.length > 0)
          expect(['follow_up', 'unsatisfactory']).to.include(band)
      }),
      { numRuns: 200 },
    )
  }).timeout(30_000)
})
