import type { Locale } from '../../base/context.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { optionsIn } from '../rules/check/conditions.js'
import type { Condition, Question, QuestionSet, Scoring } from '../rules/set.js'

/** As part of a sentence: 'the answer to S01.04 is “No – not assessed”'. */
export function conditionWords(condition: Condition, set: QuestionSet, locale: Locale): string {
  const t = textIn(locale)
  if ('any' in condition || 'all' in condition) {
    const [key, inner] =
      'any' in condition ? (['or', condition.any] as const) : (['and', condition.all] as const)
    return inner.map((one) => conditionWords(one, set, locale)).join(` ${t(`question-sets:words.${key}`)} `)
  }
  const { q } = condition
  if ('hasThirdCountry' in condition) return t('question-sets:condition.third-country', { question: q })
  if ('gt' in condition)
    return t('question-sets:condition.gt', { question: q, limit: formatNumber(condition.gt, locale) })
  if ('lt' in condition)
    return t('question-sets:condition.lt', { question: q, limit: formatNumber(condition.lt, locale) })
  const asked = set.questions.find(({ id }) => id === q)
  const options = optionsIn(condition)
    .map((option) => t('question-sets:words.quoted', { text: optionWords(asked, option, locale) }))
    .join(` ${t('question-sets:words.or')} `)
  const way = 'in' in condition ? 'in' : 'notIn' in condition ? 'not-in' : 'any-of'
  return t(`question-sets:condition.${way}`, { question: q, options })
}

/** How an answer without options of its own earns its score; empty where the options say it. */
export function scoringWords(scoring: Scoring | null, locale: Locale): string {
  const t = textIn(locale)
  const share = (number: number) => formatNumber(number, locale)
  if (scoring === null) return ''
  if ('filled' in scoring)
    return t('question-sets:scoring.filled', { filled: share(scoring.filled), empty: share(scoring.empty) })
  if ('multi' in scoring) return t(`question-sets:scoring.${scoring.multi}`)
  if ('perCountry' in scoring) return t('question-sets:scoring.country')
  const [key, steps] =
    'min' in scoring ? (['least', scoring.min] as const) : (['months', scoring.maxAgeMonths] as const)
  const each = steps.map(([limit, score]) =>
    t(`question-sets:scoring.${key}`, { limit, score: share(score) }),
  )
  return [...each, t('question-sets:scoring.else', { score: share(scoring.else) })].join(', ')
}

function optionWords(question: Question | undefined, id: string, locale: Locale): string {
  return question?.options.find((option) => option.id === id)?.text[locale] ?? id
}
