import type { Locale } from '../../base/context.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Question, QuestionSet } from '../rules/set.js'
import { conditionWords, scoringWords } from './words.js'

/** A set to be read through: by the one who decides what is asked, in the language it is asked in. */
export function readingPage(set: QuestionSet, locale: Locale) {
  return {
    title: set.title[locale],
    basis: set.basis,
    count: set.questions.length,
    conditional: set.questions.filter(({ showIf }) => showIf !== null).length,
    critical: set.questions.filter(({ critical }) => critical).length,
    sections: set.sections.map(({ id, title }) => ({
      id,
      title: title[locale],
      questions: set.questions
        .filter(({ section }) => section === id)
        .map((one) => questionToRead(one, set, locale)),
    })),
    scoring: scoringOfSet(set, locale),
  }
}

export function questionToRead(question: Question, set: QuestionSet, locale: Locale) {
  const t = textIn(locale)
  const number = (value: number) => formatNumber(value, locale)
  const { evidence, finding, showIf, commentIf, min, max, unit } = question
  const when = (key: string, condition: Question['showIf']) =>
    condition === null
      ? []
      : [t(`question-sets:when.${key}`, { condition: conditionWords(condition, set, locale) })]
  const evidenceText = evidence.text?.[locale]
  return {
    id: question.id,
    text: question.text[locale],
    help: question.help?.[locale] ?? '',
    type: t(`question-sets:type.${question.type}`),
    limits:
      min === null && max === null
        ? ''
        : t('question-sets:read.limits', { min: number(min ?? 0), max: max === null ? '…' : number(max) }),
    unit: unit === null ? '' : t(`question-sets:unit.${unit}`),
    weight: question.weight,
    required: question.required,
    critical: question.critical,
    options: question.options.map(({ text, score, requiresComment }) => ({
      text: text[locale],
      score: score === null ? t('question-sets:read.not-counted') : number(score),
      requiresComment,
    })),
    columns: question.columns.map(({ text }) => text[locale]),
    scoring: scoringWords(question.scoring, locale),
    section: question.section,
    shownWhen: when('shown', showIf)[0] ?? '',
    commentWhen: when('comment', commentIf)[0] ?? '',
    evidence:
      evidence.level === 'none'
        ? []
        : [
            t(`question-sets:evidence.${evidence.level}`) + (evidenceText ? `: ${evidenceText}` : ''),
            ...when('evidence', evidence.when),
          ],
    finding:
      finding === null
        ? []
        : [
            t('question-sets:read.finding', {
              text: finding.text[locale],
              severity: t(`question-sets:severity.${finding.severity}`),
            }),
            ...when('finding', finding.when),
          ],
    sources: [...question.refs, ...question.controls.map((control) => `ISAE 3000 ${control}`)].join(' · '),
  }
}

function scoringOfSet({ bands, criticalBelow, criticalBand, evidenceCap }: QuestionSet, locale: Locale) {
  const share = (value: number) => formatNumber(value, locale)
  return {
    bands: bands.map(({ min, text }) => ({ text: text[locale], min: share(min) })),
    criticalBelow: share(criticalBelow),
    criticalBand: bands.find(({ id }) => id === criticalBand)?.text[locale] ?? criticalBand,
    evidenceCap: share(evidenceCap),
  }
}
