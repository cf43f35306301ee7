/** The form for answers that staff reads in public documentation. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import type { Question } from '../../question-sets/rules/set.js'
import { keyOf } from '../form/answer.js'
import type { Reviewed } from '../actions/review-shown.js'
import type { Answer } from '../rules/questionnaire.js'
import { controlOf } from './control.js'
import { answerLines } from './words.js'

type Shown = Pick<Reviewed, 'questionnaire' | 'set' | 'view' | 'byQuestion'>

export function publicPage({ questionnaire, set, view, byQuestion }: Shown, locale: Locale) {
  const t = textIn(locale)
  const base = baseOf(questionnaire)
  const answered = [...byQuestion.values()].filter(
    ({ origin, value }) => origin === 'public' && value !== null,
  )
  return {
    base,
    back: `/questionnaires/${questionnaire.reference}`,
    reference: questionnaire.reference,
    title: t('review:public.title'),
    vendor: questionnaire.vendorName,
    asked: questionnaire.state === 'asked',
    mayAnswer: isOpenToStaff(questionnaire),
    count: answered.length,
    sections: set.sections.map(({ id, title }) => {
      const questions = set.questions.filter((each) => each.section === id && view.shows(each.id))
      return {
        url: `${base}/sections/${encodeURIComponent(id)}`,
        title: title[locale],
        words: t('review:section.answered', {
          answered: questions.filter(({ id: each }) => (byQuestion.get(each)?.value ?? null) !== null).length,
          count: questions.length,
        }),
      }
    }),
  }
}

export function publicSectionPage(
  { questionnaire, set, view, byQuestion }: Shown,
  section: string,
  { locale, today, adding }: { locale: Locale; today: Day; adding: string },
) {
  const t = textIn(locale)
  const at = set.sections.findIndex(({ id }) => id === section)
  const base = baseOf(questionnaire)
  const next = set.sections[at + 1]
  return {
    base,
    url: `${base}/sections/${encodeURIComponent(section)}`,
    title: set.sections[at]?.title[locale] ?? section,
    eyebrow: questionnaire.reference,
    lead: t('review:public.section-lead', { vendor: questionnaire.vendorName }),
    mayAnswer: isOpenToStaff(questionnaire),
    today,
    next: next ? { url: `${base}/sections/${encodeURIComponent(next.id)}`, text: next.title[locale] } : null,
    questions: set.questions
      .filter((question) => question.section === section && view.shows(question.id))
      .map((question) => {
        const answer = byQuestion.get(question.id)
        return {
          id: question.id,
          key: keyOf(question),
          text: question.text[locale],
          help: question.help?.[locale] ?? '',
          mayAnswer: isForStaff(question, answer),
          control: controlOf(question, answer?.value ?? null, {
            locale,
            countriesAsked: view.countriesOf(question),
            rows: adding === question.id ? 3 : 1,
          }),
          lines: answerLines(question, answer?.value ?? null, locale),
          by: answer?.by.name ?? '',
          comment: answer?.comment ?? '',
          version: answer?.version ?? 0,
          url: answer?.source && 'url' in answer.source ? answer.source.url : '',
          readOn: answer?.source && 'url' in answer.source ? answer.source.readOn : '',
        }
      }),
  }
}

/** What the vendor said itself is not ours to change; the sign-off is the vendor's alone. */
export function isForStaff({ type }: Pick<Question, 'type'>, answer: Answer | undefined): boolean {
  return type !== 'signoff' && (answer === undefined || answer.value === null || answer.origin === 'public')
}

export function isOpenToStaff({ state }: Pick<Shown['questionnaire'], 'state'>): boolean {
  return state === 'prepared' || state === 'asked'
}

function baseOf({ reference }: Shown['questionnaire']): string {
  return `/questionnaires/${reference}/public`
}
