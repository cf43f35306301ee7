/** The review as a whole: the proposal with its reckoning, the sections, what the register says otherwise, and the ways to end it. */
import type { Locale } from '../../base/context.js'
import { addDays, dayOf, type Day } from '../../base/day.js'
import { severityState, stateOf as findingState, urlOf as findingUrl } from '../../findings/page.js'
import { dueBy } from '../../findings/rules.js'
import { formatDay, formatInstant, formatNumber } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { ScoreLine } from '../../question-sets/rules/score.js'
import { gapState } from '../../upstream/page/words.js'
import { keyOf } from '../form/answer.js'
import type { Proposed } from '../rules/proposed.js'
import { reasonNeeded } from '../rules/review.js'
import type { ReviewShown } from '../actions/review-shown.js'
import { answerTags, type Tag } from './review-answer.js'
import { differenceShown } from './review-difference.js'

export type ReviewReader = { today: Day; locale: Locale; zone: string }

export type ReviewExtras = {
  proposed: readonly Proposed[]
  owners: readonly { value: string; text: string }[]
  /** What the gap means, in the reader's language. */
  gapWords: string | null
}

const bandTones: Record<string, string> = { satisfactory: 'good', remarks: 'info', follow_up: 'wait' }

export function reviewPage(shown: ReviewShown, extras: ReviewExtras, reader: ReviewReader) {
  const { questionnaire, set, score, open, vendor, findings, gap } = shown
  const { locale, today, zone } = reader
  const t = textIn(locale)
  const { conclusion, reference, submitted } = questionnaire
  const base = `/questionnaires/${reference}/review`
  const bandText = (id: string | null) =>
    set.bands.find((band) => band.id === id)?.text[locale] ?? t('review:band.none')
  const bandState = (id: string | null) => ({ tone: bandTones[id ?? ''] ?? 'stop', word: bandText(id) })
  const fromPublic = submitted?.fromPublic === true
  return {
    questionnaire,
    base,
    back: `/questionnaires/${reference}`,
    title: t('review:title', { vendor: questionnaire.vendorName, year: questionnaire.year }),
    reference,
    state: {
      tone: questionnaire.state === 'submitted' ? 'wait' : 'calm',
      word: t(`review:state.${questionnaire.state}`),
    },
    lead: submitted
      ? t(fromPublic ? 'review:lead-public' : 'review:lead', {
          name: [submitted.by.name, submitted.by.title].filter(Boolean).join(', '),
          when: formatInstant(submitted.at, locale, zone),
        })
      : t('review:lead-none'),
    round: questionnaire.round > 1 ? t('review:round', { round: questionnaire.round }) : null,
    fromPublic,
    inReview: questionnaire.state === 'submitted',
    proposal: {
      score: scoreText(score.overall, locale),
      band: bandState(score.band),
      critical: score.criticalFailed.map((id) => questionText(shown, id, locale)),
      criticalWords: t('review:critical', { band: bandText(set.criticalBand) }),
      lines: linesShown(shown, locale, t),
      bands: set.bands.map(({ id, min }, at) =>
        t(at === set.bands.length - 1 ? 'review:band-last' : 'review:band-from', {
          band: bandText(id),
          min,
        }),
      ),
      formula: t('review:formula', { cap: Math.round(set.evidenceCap * 100) }),
    },
    sections: sectionRows(shown, base, locale, t),
    openItems: open.map((id) => ({
      id,
      text: questionText(shown, id, locale),
      words: shown.remarks.get(id)?.external ?? '',
      url: `${sectionUrl(base, sectionOf(shown, id))}#q-${keyOf({ id })}`,
    })),
    mayReturn: questionnaire.askedAt !== null,
    gap: gap && {
      state: gapState(gap.gap.state, t),
      words: extras.gapWords,
      url: `${sectionUrl(base, sectionOf(shown, gap.question))}#q-${keyOf({ id: gap.question })}`,
    },
    differences: shown.differences.map((each) =>
      differenceShown(each, shown, vendor?.reference ?? null, t, locale),
    ),
    proposed: extras.proposed.map(({ question, severity, text }) => ({
      key: keyOf({ id: question }),
      question,
      about: questionText(shown, question, locale),
      url: `${sectionUrl(base, sectionOf(shown, question))}#q-${keyOf({ id: question })}`,
      text: text[locale],
      severity: severityState(severity, t),
      severityValue: severity,
      dueOn: dueBy(severity, today),
    })),
    findings: findings.map((finding) => ({
      url: findingUrl(finding),
      text: `${finding.reference}: ${finding.text[locale] || finding.text.da}`,
      state: findingState(finding, today, t),
      note: t(`findings:severity.${finding.severity}`),
    })),
    owners: extras.owners,
    bands: set.bands.map(({ id, text }) => ({
      value: id,
      text: id === score.band ? t('review:conclude.proposed', { band: text[locale] }) : text[locale],
    })),
    reason: reasonWords(shown, t),
    stored: {
      band: score.band ?? '',
      dueOn: addDays(today, 14),
      version: questionnaire.version,
    },
    conclusion: conclusion && {
      band: bandState(conclusion.band),
      rows: [
        [t('review:conclusion.at'), formatInstant(conclusion.at, locale, zone)],
        [t('review:conclusion.score'), scoreText(conclusion.score, locale)],
        [t('review:conclusion.proposed'), bandText(conclusion.proposedBand)],
        ...(conclusion.reason ? [[t('review:conclude.reason'), conclusion.reason]] : []),
        [t('review:conclude.external'), conclusion.external],
        [t('review:conclude.internal'), conclusion.internal],
        [t('review:conclusion.set'), `${set.title[locale]} (${set.version})`],
        [t('review:conclusion.hash'), conclusion.answers],
      ],
      on: formatDay(dayOf(conclusion.at, zone), locale),
    },
    severities: (['critical', 'high', 'medium', 'low'] as const).map((value) => ({
      value,
      text: t(`findings:severity.${value}`),
    })),
  }
}

export function scoreText(score: number | null, locale: Locale): string {
  return score === null ? '–' : formatNumber(score, locale)
}

function sectionUrl(base: string, section: string): string {
  return `${base}/sections/${encodeURIComponent(section)}`
}

function questionText({ set }: Pick<ReviewShown, 'set'>, id: string, locale: Locale): string {
  const question = set.questions.find((each) => each.id === id)
  return question ? `${id} ${question.text[locale]}` : id
}

function sectionOf({ set }: Pick<ReviewShown, 'set'>, id: string): string {
  return set.questions.find((each) => each.id === id)?.section ?? ''
}

/** Each line of the reckoning: weight × score, and why it scores what it does. */
function linesShown(shown: ReviewShown, locale: Locale, t: Text) {
  const two = (value: number) => formatNumber(Math.round(value * 100) / 100, locale)
  return shown.score.lines.map(({ question, weight, score, cap, why }: ScoreLine) => ({
    question: questionText(shown, question, locale),
    weight: String(weight),
    score: score === null ? '–' : two(score),
    product: score === null || weight === 0 ? '–' : two(weight * score),
    why: [t(`review:why.${why}`), ...(cap ? [t('review:why.cap-evidence')] : [])].join(' '),
  }))
}

function sectionRows(shown: ReviewShown, base: string, locale: Locale, t: Text) {
  const { set, view, score, byQuestion, before, remarks, open } = shown
  return set.sections.map(({ id, title }, at) => {
    const questions = set.questions.filter((each) => each.section === id && view.shows(each.id))
    const tags = questions.map(({ id: question }) =>
      answerTags(byQuestion.get(question), earlierOf(before, question), before === null, t),
    )
    const marks = new Map<string, { tag: Tag; count: number }>()
    for (const tag of tags.flat()) {
      const known = marks.get(tag.word)
      marks.set(tag.word, { tag, count: (known?.count ?? 0) + 1 })
    }
    const openHere = questions.filter(({ id: question }) => open.includes(question)).length
    return {
      url: sectionUrl(base, id),
      title: title[locale],
      score: scoreText(score.sections[at]?.score ?? null, locale),
      answered: t('review:section.answered', {
        answered: questions.filter(({ id: each }) => (byQuestion.get(each)?.value ?? null) !== null).length,
        count: questions.length,
      }),
      looked: t('review:section.looked', {
        done: questions.filter(({ id: each }) => remarks.has(each)).length,
        count: questions.length,
      }),
      marks: [...marks.values()].map(({ tag, count }) => `${count} ${tag.word}`),
      open: openHere > 0 ? { tone: 'wait', word: t('review:section.open', { count: openHere }) } : null,
    }
  })
}

function earlierOf(before: ReviewShown['before'], question: string) {
  return before?.answers.find((each) => each.question === question)
}

function reasonWords({ score, open }: ReviewShown, t: Text): string {
  const needed = reasonNeeded(score, score.band ?? '', open)
  return t(
    needed === null || needed === 'departs'
      ? 'review:conclude.reason-departs'
      : `review:conclude.reason-${needed}`,
  )
}
