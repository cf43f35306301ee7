/** What the script of a section's page is told after an answer was saved, and the page of one question's evidence. */
import type { Locale } from '../../base/context.js'
import { formatClock } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Question } from '../../question-sets/rules/set.js'
import { evidenceOwed, look, needsComment } from '../../question-sets/rules/visible.js'
import type { Respondent } from '../actions/respondent.js'
import { keyOf } from '../form/answer.js'
import { givenBy } from '../rules/answers.js'
import type { Answer } from '../rules/questionnaire.js'
import { mayAnswer, progressOf } from '../rules/responding.js'
import type { FileShown } from './question.js'
import { progressWords } from './start.js'

export function savedAnswer(
  respondent: Respondent,
  question: Question,
  saved: Answer | null,
  { locale, zone, now }: { locale: Locale; zone: string; now: Date },
) {
  const { set, around } = respondent
  const others = respondent.answers.filter((answer) => answer.question !== question.id)
  const given = givenBy(saved ? [...others, saved] : others)
  const view = look(set, given, around)
  const own = set.questions.filter(({ section }) => section === question.section)
  const row = progressOf(set, given, around, respondent.questionnaire.open).find(
    ({ id }) => id === question.section,
  )
  const t = textIn(locale)
  return {
    version: saved?.version ?? 0,
    said: t('questionnaires-respond:autosave.saved', { at: formatClock(now, locale, zone) }),
    shown: own.filter(({ id }) => view.shows(id)).map(({ id }) => id),
    comment: needsComment(question, given[question.id], set, given, around),
    evidence: evidenceOwed(question, view),
    progress: row ? progressWords(row, locale) : '',
  }
}

export function evidencePage(
  { questionnaire, answers, part }: Respondent,
  question: Question,
  { locale, base, files }: { locale: Locale; base: string; files: ReadonlyMap<string, FileShown> },
) {
  const t = textIn(locale)
  const answer = answers.find((each) => each.question === question.id)
  const url = `${base}/questions/${encodeURIComponent(question.id)}/files`
  return {
    title: t('questionnaires-respond:evidence.title', { number: question.id }),
    question: question.text[locale],
    wanted: question.evidence.text?.[locale] ?? '',
    url,
    back: `${base}/sections/${encodeURIComponent(question.section)}#q-${keyOf(question)}`,
    mayAnswer: mayAnswer(questionnaire, part, question),
    files: (answer?.files ?? []).flatMap((id) => {
      const file = files.get(id)
      return file ? [{ ...file, url: `${base}/files/${id}`, removeUrl: `${url}/${id}/remove` }] : []
    }),
  }
}
