/** One answer as the reviewer sees it: beside last year's, with where it comes from, and what was said of it. */
import type { Locale } from '../../base/context.js'
import { formatDay, formatInstant, formatNumber, formatSize } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { Question } from '../../question-sets/rules/set.js'
import { evidenceOwed } from '../../question-sets/rules/visible.js'
import { keyOf } from '../form/answer.js'
import type { Reviewed } from '../actions/review-shown.js'
import type { Answer, Remark } from '../rules/questionnaire.js'
import { compared, isNotApplicable, isStale, verdictOn } from '../rules/review.js'
import { answerLines } from './words.js'

export type Tag = { tone: string; word: string }

/** New, changed or confirmed against last year; and where it was read, where the respondent did not type it. */
export function answerTags(
  answer: Answer | undefined,
  earlier: Answer | undefined,
  isFirst: boolean,
  t: Text,
): Tag[] {
  const mark = compared(answer, earlier, isFirst)
  const tones = { new: 'info', changed: 'wait', dropped: 'wait', same: 'calm', confirmed: 'good' } as const
  const origin = answer && answer.value !== null ? answer.origin : 'typed'
  return [
    ...(mark ? [{ tone: tones[mark], word: t(`review:compared.${mark}`) }] : []),
    ...(origin === 'typed' || (origin === 'confirmed' && mark === 'confirmed')
      ? []
      : [{ tone: origin === 'public' ? 'wait' : 'info', word: t(`review:origin.${origin}`) }]),
  ]
}

export type AnswerReader = { locale: Locale; zone: string }

export function sectionReviewPage(
  reviewed: Reviewed,
  section: string,
  conflicts: ReadonlyMap<string, Remark | null>,
  reader: AnswerReader & { names: ReadonlyMap<string, string>; today: string },
) {
  const { set, questionnaire, view, score } = reviewed
  const { locale } = reader
  const t = textIn(locale)
  const at = set.sections.findIndex(({ id }) => id === section)
  const found = set.sections[at]
  const base = `/questionnaires/${questionnaire.reference}/review`
  const neighbour = (to: number) => {
    const other = set.sections[to]
    return other
      ? { url: `${base}/sections/${encodeURIComponent(other.id)}`, text: other.title[locale] }
      : null
  }
  return {
    base,
    url: `${base}/sections/${encodeURIComponent(section)}`,
    title: found?.title[locale] ?? section,
    eyebrow: questionnaire.reference,
    vendor: questionnaire.vendorName,
    score: score.sections[at]?.score ?? null,
    scoreText: t('review:section.score', {
      score: score.sections[at]?.score === null ? '–' : formatNumber(score.sections[at]?.score ?? 0, locale),
    }),
    inReview: questionnaire.state === 'submitted',
    questions: set.questions
      .filter((question) => question.section === section && view.shows(question.id))
      .map((question) => answerShown(question, reviewed, conflicts, reader, t)),
    previous: neighbour(at - 1),
    next: neighbour(at + 1),
  }
}

function answerShown(
  question: Question,
  reviewed: Reviewed,
  conflicts: ReadonlyMap<string, Remark | null>,
  { locale, zone, names }: AnswerReader & { names: ReadonlyMap<string, string> },
  t: Text,
) {
  const { byQuestion, before, remarks, files, view, score, questionnaire } = reviewed
  const answer = byQuestion.get(question.id)
  const earlier = before?.answers.find((each) => each.question === question.id)
  const earlierQuestion = before?.set.questions.find(({ id }) => id === question.id)
  const remark = remarks.get(question.id)
  const line = score.lines.find((each) => each.question === question.id)
  const owed = evidenceOwed(question, view)
  const key = keyOf(question)
  const verdict = verdictOn(remark, answer)
  const conflict = conflicts.get(question.id)
  return {
    id: question.id,
    key,
    anchor: `q-${key}`,
    text: question.text[locale],
    refs: question.refs,
    critical: question.critical,
    lines: answerLines(question, answer?.value ?? null, locale),
    comment: answer?.comment ?? '',
    by: answer
      ? t('review:answered-by', { name: answer.by.name, when: formatInstant(answer.at, locale, zone) })
      : '',
    tags: answerTags(answer, earlier, before === null, t),
    source: sourceShown(answer, reviewed.statements, locale, t),
    files: (answer?.files ?? []).flatMap((id) => {
      const file = files.get(id)
      return file
        ? [
            {
              url: `/questionnaires/${questionnaire.reference}/review/files/${id}`,
              text: `${file.name} (${formatSize(file.size, locale)})`,
            },
          ]
        : []
    }),
    lacksEvidence: owed === 'required' && (answer?.files.length ?? 0) === 0,
    before:
      earlier && earlier.value !== null
        ? {
            year: before?.questionnaire.year ?? 0,
            lines: answerLines(earlierQuestion ?? question, earlier.value, locale),
            comment: earlier.comment,
          }
        : null,
    score:
      line === undefined || line.score === null
        ? t('review:line.none', { why: t(`review:why.${line?.why ?? 'not-counted'}`) })
        : t('review:line.score', {
            weight: line.weight,
            score: formatNumber(Math.round(line.score * 100) / 100, locale),
            why: t(`review:why.${line.why}`),
          }),
    cap: line?.cap ? t('review:why.cap-evidence') : '',
    mayRefuseNa: answer !== undefined && isNotApplicable(answer),
    verdict: verdict === 'none' ? '' : verdict,
    verdictState:
      verdict === 'none'
        ? null
        : { tone: verdict === 'accepted' ? 'good' : 'wait', word: t(`review:verdict.${verdict}`) },
    stale: remark !== undefined && isStale(remark, answer) ? t('review:stale') : '',
    external: remark?.external ?? '',
    internal: remark?.internal ?? '',
    remarked: remark
      ? t('review:remarked-by', {
          name: names.get(remark.by.id) ?? '–',
          when: formatInstant(remark.at, locale, zone),
        })
      : '',
    seen: remark?.version ?? 0,
    answer: answer?.version ?? 0,
    conflict:
      conflict === undefined
        ? null
        : conflict === null
          ? t('review:conflict.answer')
          : t('review:conflict.remark', {
              name: names.get(conflict.by.id) ?? '–',
              verdict: t(`review:verdict.${conflict.verdict}`),
              external: conflict.external || '–',
              internal: conflict.internal || '–',
            }),
  }
}

function sourceShown(
  answer: Answer | undefined,
  statements: ReadonlyMap<string, string>,
  locale: Locale,
  t: Text,
) {
  const source = answer?.source ?? null
  if (source === null) return null
  if ('url' in source)
    return {
      url: source.url,
      text: source.url,
      note: t('review:source.read', { day: formatDay(source.readOn, locale) }),
    }
  const reference = statements.get(source.statement)
  return {
    url: reference ? `/statements/${reference}` : null,
    text: [reference, t('review:source.statement', { page: source.page })].filter(Boolean).join(', '),
    note: '',
  }
}
