import type { Locale } from '../../base/context.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { subjectCounts } from '../../register/rules.js'
import type { ShownSupervision } from '../actions.js'
import {
  concepts,
  isWeaker,
  parameters,
  publishedModel,
  suffices,
  sufficing,
  usualConcept,
  type Concept,
  type Parameter,
  type Points,
  type Proposal,
  type ScoreAnswers,
  type Standing,
} from '../rules.js'
import { conceptWord, dutyWords, foundWords, oftenWords, weakWords } from './words.js'

function answerWord(name: Parameter, answers: ScoreAnswers, t: Text): string {
  if (name === 'subjects') return t(`supervision:subjects.${answers.subjects}`)
  return t(answers[name] ? 'supervision:yes' : 'supervision:no')
}

/** One engagement's supervision in one year. */
export function engagementPage(shown: ShownSupervision, year: number, locale: Locale) {
  const t = textIn(locale)
  const { engagement, vendor, supervision, score, changed, models } = shown
  const acts = (supervision?.acts ?? []).toReversed()
  return {
    title: t('supervision:engagement.title', { name: vendor.name }),
    engagement,
    vendor,
    base: `/supervision/engagements/${engagement.reference}`,
    activity: engagement.activity[locale],
    year,
    years: [year - 1, year, year + 1],
    state: shown.year ? weakWords(shown.year.weak, t) : null,
    score: scoreShown(shown, t),
    changed: changed.map((name) => t(`supervision:parameter.${name}.name`).toLowerCase()).join(', '),
    duties: (shown.year?.duties ?? []).map((duty) =>
      dutyWords(duty, { engagement: engagement.reference, vendor: vendor.reference }, locale),
    ),
    reached: (shown.year?.reached ?? []).map((concept) => conceptWord(concept, t)),
    found: foundWords(shown.year?.found ?? [], t),
    findingsUrl: `/findings?q=${vendor.reference}`,
    acts: acts.map(({ kind, on, note, by, file }) => ({
      what: t(`supervision:act.${kind}`),
      on: formatShortDay(on, locale),
      note,
      by,
      file,
    })),
    actKinds: (['inspection', 'follow-up'] as const).map((value) => ({
      value,
      text: t(`supervision:act.${value}`),
      hint: t(`supervision:act.${value}-hint`),
    })),
    scores: (supervision?.scores ?? []).toReversed().map((each) => ({
      on: formatShortDay(each.on, locale),
      by: each.by,
      points: t('supervision:score.points', { count: each.total }),
      sum: sumOf(each.points),
      concept: conceptWord(each.concept, t),
      weaker: isWeaker(each.concept, each.band) ? t('supervision:weaker.word') : '',
      reasons: reasonsOf(each.reasons, each.weakerBecause, t),
      model: t('supervision:score.by-model', { count: each.model }),
      old: each.model !== models[0]?.number,
    })),
    actors: [...(supervision?.scores ?? []), ...acts].map(({ by }) => by),
    seen: supervision?.version ?? 0,
    outdated: score !== null && score.model !== models[0]?.number,
  }
}

/** 'A 3 + B 3 + C 2 + D 0' */
function sumOf(points: Points): string {
  return parameters.map((name, place) => `${'ABCD'[place]} ${points[name]}`).join(' + ')
}

function reasonsOf(
  reasons: Partial<Record<Parameter, string>>,
  weaker: string | null,
  t: Text,
): { about: string; why: string }[] {
  return [
    ...parameters.flatMap((name) =>
      reasons[name] ? [{ about: t(`supervision:parameter.${name}.name`), why: reasons[name] }] : [],
    ),
    ...(weaker ? [{ about: t('supervision:weaker.why'), why: weaker }] : []),
  ]
}

/** The score that counts, or what the register proposes until one is confirmed, as a table of its four questions. */
export function scoreShown(shown: ShownSupervision, t: Text) {
  const { score, proposal, proposed, year, engagement } = shown
  const { points, total, band } = score ?? proposed
  const answers = score?.answers ?? proposal.answers
  const concept = score?.concept ?? usualConcept(engagement.assurance ?? null)
  const standing: Standing | null = year?.engagement.scored ?? null
  return {
    confirmed: score !== null,
    stale: standing?.stale ?? false,
    total: t('supervision:score.points', { count: total }),
    band: t('supervision:band', { band: band.replace('-', '–') }),
    rows: parameters.map((name, place) => ({
      letter: 'ABCD'[place],
      name: t(`supervision:parameter.${name}.name`),
      answer: answerWord(name, answers, t),
      points: points[name],
      why: score?.reasons[name] ?? t(`supervision:reason.${proposal.reasons[name]}`),
      departs: score?.reasons[name] !== undefined && name !== 'processing',
    })),
    suffices: sufficing[band].map((each) => conceptWord(each, t)),
    concept: conceptWord(concept, t),
    conceptAbout: t(`supervision:concept.${concept}.about`),
    weaker: isWeaker(concept, band),
    weakerBecause: score?.weakerBecause ?? null,
    often: oftenWords(shown.models[0] ?? publishedModel, band, t),
  }
}

/** The form: proposed from the register, as last confirmed where that still stands. */
export function scoreForm(shown: ShownSupervision, locale: Locale) {
  const t = textIn(locale)
  const { engagement, vendor, supervision, score, proposal, proposed, models, changed } = shown
  const [model] = models
  const fresh = score === null || changed.length > 0
  // What a person departed from stays as they said while the register says the same.
  const answers: ScoreAnswers = fresh || score === null ? proposal.answers : score.answers
  const yesNo = (answer: boolean) => (answer ? 'yes' : 'no')
  const band = fresh ? proposed.band : (score?.band ?? proposed.band)
  return {
    title: t(score ? 'supervision:score.again' : 'supervision:score.first'),
    engagement,
    vendor,
    base: `/supervision/engagements/${engagement.reference}`,
    activity: engagement.activity[locale],
    model: model?.number ?? 1,
    seen: supervision?.version ?? 0,
    changed: changed.map((name) => t(`supervision:parameter.${name}.name`).toLowerCase()).join(', '),
    proposed: t('supervision:score.points', { count: proposed.total }),
    parameters: parameters.map((name, place) => ({
      name,
      letter: 'ABCD'[place],
      label: t(`supervision:parameter.${name}.question`),
      about: t(`supervision:parameter.${name}.about`),
      proposal: proposalWords(name, proposal, t),
      stored: name === 'subjects' ? answers.subjects : yesNo(answers[name]),
      because: score && !fresh ? (score.reasons[name] ?? '') : '',
      options:
        name === 'subjects'
          ? subjectCounts.map((value) => ({
              value,
              text: t('supervision:score.option', {
                answer: t(`supervision:subjects.${value}`),
                points: t('supervision:score.points', { count: model?.values.subjects[value] ?? 0 }),
              }),
            }))
          : [
              {
                value: 'yes',
                text: t('supervision:score.option', {
                  answer: t('supervision:yes'),
                  points: t('supervision:score.points', { count: model?.values[name] ?? 0 }),
                }),
              },
              {
                value: 'no',
                text: t('supervision:score.option', {
                  answer: t('supervision:no'),
                  points: t('supervision:score.points', { count: 0 }),
                }),
              },
            ],
    })),
    concepts: concepts.map((value) => ({
      value: String(value),
      text: conceptWord(value, t),
      hint: `${t(`supervision:concept.${value}.about`)} ${
        suffices(value, band) ? '' : t('supervision:score.weak-at', { points: bandWords(band) })
      }`.trim(),
    })),
    concept: String(score?.concept ?? (usualConcept(engagement.assurance ?? null) satisfies Concept)),
    weakerBecause: score?.weakerBecause ?? '',
  }
}

/** What the register does not hold it does not propose either. */
function proposalWords(name: Parameter, { answers, reasons }: Proposal, t: Text): string {
  const why = t(`supervision:reason.${reasons[name]}`)
  if (reasons[name] === 'processing-unknown') return why
  return t('supervision:score.proposal', { answer: answerWord(name, answers, t).toLowerCase(), why })
}

function bandWords(band: string): string {
  return band.replace('-', '–')
}
