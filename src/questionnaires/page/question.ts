/** One question on the respondent's page. */
import type { Locale } from '../../base/context.js'
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Answers, Surroundings } from '../../question-sets/rules/answer.js'
import type { Question, QuestionSet } from '../../question-sets/rules/set.js'
import {
  countrySources,
  evidenceOwed,
  isComplete,
  needsComment,
  type View,
} from '../../question-sets/rules/visible.js'
import { keyOf } from '../form/answer.js'
import { isUnchanged } from '../rules/responding.js'
import type { Answer } from '../rules/questionnaire.js'
import { controlOf } from './control.js'
import { answerLines } from './words.js'

export type FileShown = { id: string; name: string; size: number }

/** What a question is shown with, besides its own answer. */
export type Beside = {
  locale: Locale
  zone: string
  set: QuestionSet
  around: Surroundings
  view: View
  given: Answers
  files: ReadonlyMap<string, FileShown>
  /** The set and answers of the questionnaire before; null where there was none. */
  before: {
    question: (id: string) => Question | undefined
    answer: (id: string) => Answer | undefined
  } | null
  /** What our register says, by the name a set calls it. */
  registered: ReadonlyMap<string, string[]>
  /** The reviewer's words to the respondent, by question. */
  remarks: ReadonlyMap<string, string>
  /** Empty rows asked for by the button, by question. */
  rows: ReadonlyMap<string, number>
  base: string
}

export type QuestionView = ReturnType<typeof questionView>

export function questionView(
  question: Question,
  answer: Answer | undefined,
  mayAnswer: boolean,
  beside: Beside,
) {
  const { locale, zone, view, given, files, remarks, rows, base } = beside
  const t = textIn(locale)
  const said = (key: string) => t(`questionnaires-respond:${key}`)
  const value = answer?.value ?? null
  const { level, text } = question.evidence
  const owed = evidenceOwed(question, view)
  const key = keyOf(question)
  return {
    id: question.id,
    key,
    anchor: `q-${key}`,
    control: controlOf(question, value, {
      locale,
      countriesAsked: view.countriesOf(question),
      rows: rows.get(question.id) ?? (value === null ? 2 : 1),
    }),
    shown: view.shows(question.id),
    mayAnswer,
    isAnswered: view.shows(question.id) && isComplete(question, given, view),
    optional: !question.required,
    show: question.showIf === null ? '' : JSON.stringify(question.showIf),
    sources:
      question.type === 'per-country' && question.showIf ? countrySources(question.showIf).join(' ') : '',
    help: question.help?.[locale] ?? '',
    refs: question.refs,
    version: answer?.version ?? 0,
    comment: answer?.comment ?? '',
    commentAsked: needsComment(question, given[question.id], beside.set, given, beside.around),
    lines: answerLines(question, value, locale),
    by: answer
      ? t('questionnaires-respond:saved-by', {
          name: answer.by.name,
          at: formatInstant(answer.at, locale, zone),
        })
      : '',
    origin: answer && answer.origin !== 'typed' ? said(`origin.${answer.origin}`) : '',
    source: sourceOf(answer, locale),
    evidence: level === 'none' && text === null ? null : { level: owed, text: text?.[locale] ?? '' },
    files: (answer?.files ?? []).flatMap((id) => {
      const file = files.get(id)
      return file ? [{ ...file, url: `${base}/files/${id}` }] : []
    }),
    filesUrl: `${base}/questions/${encodeURIComponent(question.id)}/files`,
    saveUrl: `${base}/questions/${encodeURIComponent(question.id)}`,
    remark: remarks.get(question.id) ?? '',
    registered: question.prefill === null ? [] : (beside.registered.get(question.prefill) ?? []),
    before: besideBefore(question, answer, beside),
  }
}

/** Last year's answer to the question, and how this year's stands to it. */
function besideBefore(question: Question, answer: Answer | undefined, { before, locale }: Beside) {
  const earlier = before?.answer(question.id)
  if (!before || !earlier || earlier.value === null || question.type === 'signoff') return null
  const asked = before.question(question.id)
  return {
    lines: answerLines(asked ?? question, earlier.value, locale),
    comment: earlier.comment,
    by: earlier.by.name,
    isReworded: !isUnchanged(question, asked),
    isConfirmed: answer?.origin === 'confirmed',
  }
}

function sourceOf(answer: Answer | undefined, locale: Locale): string {
  const source = answer?.source ?? null
  if (source === null) return ''
  const t = textIn(locale)
  return 'url' in source
    ? `${source.url}, ${formatDay(source.readOn, locale)}`
    : t('questionnaires-respond:from-page', { page: source.page })
}
