import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { DraftCondition, DraftQuestion, DraftSet } from '../rules/draft.js'
import { fileId } from '../rules/foreign/export.js'

/** A foreign set as it was read, and what did not come along. */
export function draftPage(draft: DraftSet, locale: Locale) {
  const t = textIn(locale)
  return {
    title: draft.title,
    file: draft.file,
    shape: t(`question-sets:shape.${draft.shape}`),
    lang: draft.language,
    count: draft.questions.length,
    name: fileId(draft),
    report: draft.report.map(({ at, what, facts }) => ({ at, text: t(`question-sets:left.${what}`, facts) })),
    sections: draft.sections.map(({ id, title }) => ({
      id,
      title,
      questions: draft.questions
        .filter(({ section }) => section === id)
        .map((question) => questionRow(question, draft, locale)),
    })),
  }
}

function questionRow(question: DraftQuestion, draft: DraftSet, locale: Locale) {
  const t = textIn(locale)
  return {
    id: question.id,
    text: question.text,
    help: question.help,
    type: t(`question-sets:type.${question.type}`),
    options: question.options.map(({ text }) => text),
    refs: question.refs.join(' · '),
    evidence: question.evidence,
    shownWhen: question.showIf
      ? t('question-sets:when.shown', { condition: words(question.showIf, draft, locale) })
      : '',
    finding: question.finding
      ? t('question-sets:read.finding', {
          text: question.finding.text,
          severity: t(`question-sets:severity.${question.finding.severity}`),
        })
      : '',
  }
}

function words(condition: DraftCondition, draft: DraftSet, locale: Locale): string {
  const t = textIn(locale)
  if ('any' in condition)
    return condition.any.map((one) => words(one, draft, locale)).join(` ${t('question-sets:words.or')} `)
  if ('all' in condition)
    return condition.all.map((one) => words(one, draft, locale)).join(` ${t('question-sets:words.and')} `)
  const { q } = condition
  const asked = draft.questions.find(({ id }) => id === q)
  const [way, ids] =
    'in' in condition
      ? (['in', condition.in] as const)
      : 'notIn' in condition
        ? (['not-in', condition.notIn] as const)
        : (['any-of', condition.anyOf] as const)
  const options = ids
    .map((id) => asked?.options.find((option) => option.id === id)?.text ?? id)
    .map((text) => t('question-sets:words.quoted', { text }))
    .join(` ${t('question-sets:words.or')} `)
  return t(`question-sets:condition.${way}`, { question: q, options })
}
