/** Answers from somewhere else, put to the respondent section by section: nothing is taken over unseen. */
import type { Answers, Given, Surroundings } from '../../question-sets/rules/answer.js'
import { isAnswered, standing } from '../../question-sets/rules/given.js'
import type { Question, QuestionSet } from '../../question-sets/rules/set.js'
import { look } from '../../question-sets/rules/visible.js'
import type { BroughtAnswer } from './brought.js'
import type { Answer, Origin } from './questionnaire.js'
import { isUnchanged } from './responding.js'
import { savingOf, type Said } from './answers.js'

/** What would be written, if the respondent says so. */
export type Offer = Said & {
  question: string
  origin: Origin
  files: string[]
  source: Answer['source']
  /** An answer that stands there already and says something else: it is not replaced without a tick of its own. */
  over: Answer | null
  /** Changed by somebody since the file was made. */
  isConflict: boolean
}

type Now = { set: QuestionSet; answers: readonly Answer[]; given: Answers; around: Surroundings }

/**
 * Last year's answers to the section's questions that were asked in the same words, have no answer yet, and show, given the
 * answers that would then stand.
 */
export function offeredFromBefore(
  section: string,
  now: Now,
  before: { set: QuestionSet; answers: readonly Answer[] },
  mayAnswer: (question: Question) => boolean,
): Offer[] {
  const earlier = new Map(before.answers.map((answer) => [answer.question, answer]))
  const asked = new Map(before.set.questions.map((question) => [question.id, question]))
  const candidates = now.set.questions.flatMap((question): Offer[] => {
    const answer = earlier.get(question.id)
    if (question.section !== section || question.type === 'signoff' || !mayAnswer(question)) return []
    if (!answer || !isUnchanged(question, asked.get(question.id))) return []
    if (isAnswered(question, now.given[question.id]) || standing(question, givenOf(answer)) === null)
      return []
    return [offer(answer, 'confirmed')]
  })
  return shownAmong(candidates, now)
}

/** A control that an accepted statement covers without an exception, and the page it stands on. */
export type Covered = { statement: string; title: string; control: string; page: number }

/**
 * Questions whose every control is covered: answered 'yes', with the page. Only those with a plain yes among their
 * options can be; the others are asked.
 */
export function offeredFromStatements(
  section: string,
  now: Now,
  covered: readonly Covered[],
  mayAnswer: (question: Question) => boolean,
): (Offer & { title: string })[] {
  const byControl = new Map(covered.map((each) => [each.control, each]))
  const candidates = now.set.questions.flatMap((question) => {
    if (question.section !== section || !mayAnswer(question) || question.controls.length === 0) return []
    if (isAnswered(question, now.given[question.id])) return []
    const found = question.controls.map((control) => byControl.get(control))
    const [first] = found
    const yes =
      question.type === 'single' && question.options.find(({ id, score }) => id === 'yes' && score === 1)
    if (!first || !yes || found.includes(undefined)) return []
    return [
      {
        question: question.id,
        value: yes.id,
        comment: '',
        files: [],
        origin: 'statement' as const,
        source: { statement: first.statement, page: first.page },
        over: null,
        isConflict: false,
        title: first.title,
      },
    ]
  })
  return shownAmong(candidates, now)
}

/** What a file holds for one section: only what differs from what stands there. */
export function offeredFromFile(
  section: string,
  now: Now,
  brought: readonly BroughtAnswer[],
  origin: 'portable' | 'workbook',
  mayAnswer: (question: Question) => boolean,
): Offer[] {
  const standingNow = new Map(now.answers.map((answer) => [answer.question, answer]))
  const questions = new Map(now.set.questions.map((question) => [question.id, question]))
  const candidates = brought.flatMap(({ question: id, value, comment: told, seen }): Offer[] => {
    const question = questions.get(id)
    if (!question || question.section !== section || question.type === 'signoff' || !mayAnswer(question))
      return []
    const known = standingNow.get(id) ?? null
    // What a file leaves empty erases nothing.
    const comment = told === '' ? (known?.comment ?? '') : told
    if (value === null && (told === '' || (known?.value ?? null) !== null)) return []
    // A workbook knows what it was made of; of a file from another year everything counts as new.
    const becomes = savingOf(known, { value, comment }, seen ?? known?.version ?? 0)
    if (becomes === 'same' || becomes === 'theirs') return []
    const isEmpty = known === null || (known.value === null && known.comment === '')
    return [
      {
        question: id,
        value,
        comment,
        origin,
        files: [],
        source: null,
        over: isEmpty ? null : known,
        isConflict: becomes === 'conflict',
      },
    ]
  })
  return shownAmong(candidates, now)
}

/** Those that show once all of them stand: an answer to a question nobody is asked would only lie there. */
function shownAmong<One extends Offer>(candidates: readonly One[], { set, given, around }: Now): One[] {
  const then: Answers = {
    ...given,
    ...Object.fromEntries(candidates.map((one) => [one.question, { ...one, files: one.files.length }])),
  }
  const view = look(set, then, around)
  return candidates.filter(({ question }) => view.shows(question))
}

function offer(answer: Answer, origin: Origin): Offer {
  const { question, value, comment, files } = answer
  return { question, value, comment, files, origin, source: null, over: null, isConflict: false }
}

function givenOf({ value, comment, files }: Answer): Given {
  return { value, comment, files: files.length }
}
