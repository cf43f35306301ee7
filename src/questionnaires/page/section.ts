/** One section with its questions. */
import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Condition, Question, Section } from '../../question-sets/rules/set.js'
import { look } from '../../question-sets/rules/visible.js'
import { countries } from '../../transfers/countries.js'
import type { Respondent } from '../actions/respondent.js'
import type { Before } from '../actions/shown.js'
import type { Answer } from '../rules/questionnaire.js'
import { mayAnswer } from '../rules/responding.js'
import { questionView, type Beside, type FileShown } from './question.js'
import { sectionRows } from './start.js'
import { answerLines } from './words.js'

export type SectionAround = {
  locale: Locale
  zone: string
  base: string
  files: ReadonlyMap<string, FileShown>
  before: Before | null
  registered: ReadonlyMap<string, string[]>
  remarks: ReadonlyMap<string, string>
  rows: ReadonlyMap<string, number>
  conflicts: ReadonlyMap<string, Answer>
}

export function sectionPage(respondent: Respondent, section: Section, around: SectionAround) {
  const { questionnaire, set, part, answers } = respondent
  const { locale, base, conflicts, zone } = around
  const t = textIn(locale)
  const beside = besideOf(respondent, around)
  const byQuestion = new Map(answers.map((answer) => [answer.question, answer]))
  const questions = set.questions
    .filter(({ section: of, type }) => of === section.id && type !== 'signoff')
    .map((question) => ({
      ...questionView(
        question,
        byQuestion.get(question.id),
        mayAnswer(questionnaire, part, question),
        beside,
      ),
      conflict: conflictOf(question, conflicts.get(question.id), locale, zone),
    }))
  const rows = sectionRows(respondent, locale)
  const at = rows.findIndex(({ id }) => id === section.id)
  const [previous, next] = [rows[at - 1], rows[at + 1]].map((row) =>
    row ? { url: `${base}/sections/${encodeURIComponent(row.id)}`, text: row.title } : null,
  )
  const isSentBack = questionnaire.state === 'asked' && questionnaire.open !== null
  return {
    title: section.title[locale],
    eyebrow: t('questionnaires-respond:section.number', { number: at + 1, count: rows.length }),
    words: rows[at]?.words ?? '',
    base,
    url: `${base}/sections/${encodeURIComponent(section.id)}`,
    signoff:
      set.questions.find(({ section: of, type }) => of === section.id && type === 'signoff')?.text[locale] ??
      '',
    isOpen: questions.some(({ mayAnswer: may }) => may),
    // Sent back: what is closed is shown folded, below what is open.
    questions: questions.filter(({ mayAnswer: may }) => may || !isSentBack),
    folded: isSentBack ? questions.filter(({ mayAnswer: may, shown }) => !may && shown) : [],
    // What conditions here ask of questions in other sections.
    outside: JSON.stringify(outsideOf(respondent, section)),
    thirdCountries: countries(locale)
      .filter(({ code }) => respondent.around.isThirdCountry(code))
      .map(({ code }) => code)
      .join(' '),
    countries: countries(locale),
    scope: `${base} ${questionnaire.set.version} ${questionnaire.round}`,
    previous,
    next,
  }
}

function besideOf(
  { set, given, around: surroundings }: Respondent,
  { locale, zone, files, before, registered, remarks, rows, base }: Omit<SectionAround, 'conflicts'>,
): Beside {
  const questions = new Map(before?.set.questions.map((question) => [question.id, question]))
  const answers = new Map(before?.answers.map((answer) => [answer.question, answer]))
  return {
    locale,
    zone,
    set,
    around: surroundings,
    view: look(set, given, surroundings),
    given,
    files,
    before: before ? { question: (id) => questions.get(id), answer: (id) => answers.get(id) } : null,
    registered,
    remarks,
    rows,
    base,
  }
}

/** What somebody else wrote in the meantime. */
export function conflictOf(question: Question, theirs: Answer | undefined, locale: Locale, zone: string) {
  if (!theirs) return null
  return {
    version: theirs.version,
    lines: answerLines(question, theirs.value, locale),
    comment: theirs.comment,
    name: theirs.by.name,
    at: formatInstant(theirs.at, locale, zone),
  }
}

function outsideOf({ set, given, around }: Respondent, section: Section): Record<string, unknown> {
  const own = new Set(set.questions.filter(({ section: of }) => of === section.id).map(({ id }) => id))
  const asked = set.questions
    .filter(({ id, showIf }) => own.has(id) && showIf !== null)
    .flatMap(({ showIf }) => (showIf ? named(showIf) : []))
  const view = look(set, given, around)
  return Object.fromEntries(
    [...new Set(asked)].filter((id) => !own.has(id)).map((id) => [id, view.valueOf(id)]),
  )
}

function named(condition: Condition): string[] {
  if ('any' in condition) return condition.any.flatMap(named)
  return 'all' in condition ? condition.all.flatMap(named) : [condition.q]
}
