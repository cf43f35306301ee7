import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { differences, type Aspect, type ChangedQuestion } from '../rules/differences.js'
import type { QuestionSet } from '../rules/set.js'
import { questionToRead } from './reading.js'

type Read = ReturnType<typeof questionToRead>

/** From the one version to the other, in the words of the pages: what stood there, and what stands there now. */
export function differencesPage(before: QuestionSet, after: QuestionSet, locale: Locale) {
  const t = textIn(locale)
  const found = differences(before, after)
  const { added, removed, changed, same, scoring, sections } = found
  const titled = (set: QuestionSet, id: string) => ({
    id,
    title: set.sections.find((section) => section.id === id)?.title[locale] ?? '',
  })
  const brief = ({ id, text }: { id: string; text: Record<Locale, string> }) => ({ id, text: text[locale] })
  const title =
    before.id === after.id
      ? t('question-sets:differences.title-version', { version: before.version })
      : t('question-sets:differences.title', { set: before.title[locale] })
  return {
    title,
    added: added.map(brief),
    removed: removed.map(brief),
    changed: changed.map((one) => changedRow(one, before, after, locale)),
    same,
    scoring,
    sections: [
      ...sections.added.map((id) => t('question-sets:differences.section-added', titled(after, id))),
      ...sections.removed.map((id) => t('question-sets:differences.section-removed', titled(before, id))),
      ...sections.renamed.map((id) => t('question-sets:differences.section-renamed', titled(after, id))),
    ],
    nothing: added.length + removed.length + changed.length === 0 && !scoring,
  }
}

function changedRow(
  { id, before, after, aspects }: ChangedQuestion,
  from: QuestionSet,
  to: QuestionSet,
  locale: Locale,
) {
  const t = textIn(locale)
  const [was, is] = [questionToRead(before, from, locale), questionToRead(after, to, locale)]
  return {
    id,
    text: is.text,
    aspects: aspects.map((aspect) => {
      const [earlier, now] = [shown(was, aspect, t), shown(is, aspect, t)]
      // The other language has changed, or a score behind words that are the same.
      const unseen = earlier === now
      return { name: t(`question-sets:aspect.${aspect}`), before: earlier, after: now, unseen }
    }),
  }
}

function shown(question: Read, aspect: Aspect, t: (key: string) => string): string {
  const yesNo = (value: boolean) => t(`question-sets:words.${value ? 'yes' : 'no'}`)
  const all: Record<Aspect, string> = {
    text: question.text,
    help: question.help,
    type: question.type,
    options: question.options.map(({ text, score }) => `${text} (${score})`).join('; '),
    columns: question.columns.join('; '),
    weight: String(question.weight),
    required: yesNo(question.required),
    critical: yesNo(question.critical),
    evidence: question.evidence.join('. '),
    condition: question.shownWhen,
    comment: question.commentWhen,
    finding: question.finding.join('. '),
    scoring: question.scoring,
    limits: [question.limits, question.unit].filter(Boolean).join(' '),
    section: question.section,
    references: question.sources,
  }
  return all[aspect]
}
