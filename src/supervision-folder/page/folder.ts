import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { subjectCounts } from '../../register/rules.js'
import { conceptWord } from '../../supervision/page/words.js'
import { concepts, parameters, sufficing, type Model } from '../../supervision/rules.js'
import type { ShownFolder } from '../actions/folder.js'
import {
  nextByModel,
  scoreOf,
  sharings,
  verdicts,
  type Folder,
  type FolderContent,
  type FolderScore,
} from '../rules.js'
import { enoughWord, evidenceParts, waysShown } from './evidence.js'
import { answerWord } from './paper.js'
import { filingShown, folderState } from './words.js'

type Reader = {
  today: Day
  locale: Locale
  zone: string
  base: string
  contact: { id: string; name: string; title?: string }
}

export function folderPage(
  { folder, content, version, year, model, evidence, earlier }: ShownFolder,
  reader: Reader,
) {
  const { locale, today, zone, base, contact } = reader
  const t = textIn(locale)
  const score = scoreOf(content.answers, model)
  const own = `${base}/supervision`
  const suggested = nextByModel(score, model, today)
  return {
    title: t('supervision-folder:title', { year: String(year) }),
    lead: t('supervision-folder:lead'),
    own,
    startUrl: base,
    state: folderState(folder, t),
    seen: version,
    // What the script keeps on the device is found again by this, whichever of the contact's links was opened.
    scope: `${contact.id} ${year}`,
    saved: folder ? savedWords(folder, zone, locale) : t('supervision-folder:not-saved'),
    begun: folder === null && earlier.some(({ filings }) => filings.length > 0),
    questions: parameters.map((name) => ({
      name,
      label: t(`supervision-folder:question.${name}`),
      stored: storedOf(content, name),
      options:
        name === 'subjects'
          ? subjectCounts.map((value) => ({
              value,
              text: withPoints(t(`supervision:subjects.${value}`), model.values.subjects[value], t),
            }))
          : (['yes', 'no'] as const).map((value) => ({
              value,
              text: withPoints(t(`supervision:${value}`), value === 'yes' ? model.values[name] : 0, t),
            })),
    })),
    score: scoreWords(score, t),
    ways: waysShown(evidence, score?.band ?? null, locale),
    evidence: evidenceParts(evidence, locale).map((part) => ({
      ...part,
      looked: content.looked.includes(part.kind),
    })),
    stored: {
      ...content,
      concept: content.concept === null ? '' : String(content.concept),
      name: content.name || contact.name,
      title: content.title || (contact.title ?? ''),
      next: content.next ?? suggested ?? '',
    },
    nextHint: nextHint(suggested, locale),
    verdicts: verdicts.map((value) => ({ value, text: t(`supervision-folder:verdict.${value}`) })),
    filings: (folder?.filings ?? []).map((filing) => filingShown(filing, year, own, locale, t)),
    sharing: folder
      ? {
          stored: folder.shared,
          options: sharings.map((value) => ({
            value,
            text: t(`supervision-folder:sharing.${value}`),
            hint: t(`supervision-folder:sharing-hint.${value}`),
          })),
        }
      : null,
    earlier: earlier.map((each) => ({
      url: `${own}/${each.year}`,
      text: t('supervision-folder:title', { year: String(each.year) }),
      state: folderState(each, t),
    })),
    textsUrl: `${own}/texts`,
  }
}

/** What the page that is open has to show anew once its words are kept: told to its script. */
export function folderAnswer(
  folder: Folder,
  model: Model,
  { locale, zone, today }: Pick<Reader, 'locale' | 'zone' | 'today'>,
) {
  const t = textIn(locale)
  const score = scoreOf(folder.answers, model)
  const suggested = nextByModel(score, model, today)
  return {
    version: folder.version,
    said: savedWords(folder, zone, locale),
    score: scoreWords(score, t),
    ways: concepts.map((each) => ({ value: String(each), enough: enoughWord(each, score?.band ?? null, t) })),
    next: suggested ?? '',
    nextHint: nextHint(suggested, locale),
  }
}

function nextHint(suggested: Day | null, locale: Locale): string {
  const t = textIn(locale)
  return suggested
    ? t('supervision-folder:next-hint', { day: formatDay(suggested, locale) })
    : t('supervision-folder:next-hint-none')
}

function savedWords({ savedAt, savedBy }: Folder, zone: string, locale: Locale): string {
  return textIn(locale)('supervision-folder:saved-by', {
    name: savedBy.name,
    when: formatInstant(savedAt, locale, zone),
  })
}

function scoreWords(score: FolderScore | null, t: Text) {
  return (
    score && {
      words: t('supervision-folder:score', { count: score.total }),
      suffices: t('supervision-folder:suffices', {
        list: sufficing[score.band].map((each) => conceptWord(each, t)).join('; '),
      }),
    }
  )
}

/** An earlier year's, as it stands: nothing in it is changed any more. */
export function earlierFolderPage(
  folder: Folder,
  model: Model,
  { locale, base }: Pick<Reader, 'locale' | 'base'>,
) {
  const t = textIn(locale)
  const score = scoreOf(folder.answers, model)
  const { concept, verdict, conclusion, name, title, next } = folder
  return {
    title: t('supervision-folder:title', { year: String(folder.year) }),
    state: folderState(folder, t),
    startUrl: `${base}/supervision`,
    filings: folder.filings.map((filing) =>
      filingShown(filing, folder.year, `${base}/supervision`, locale, t),
    ),
    facts: [
      ...parameters.map((each) => [t(`supervision-folder:question.${each}`), answerWord(each, folder, t)]),
      [
        t('supervision-folder:field.score'),
        score ? t('supervision-folder:score', { count: score.total }) : '',
      ],
      [t('supervision-folder:field.concept'), concept === null ? '' : conceptWord(concept, t)],
      [t('supervision-folder:field.verdict'), verdict ? t(`supervision-folder:verdict.${verdict}`) : ''],
      [t('supervision-folder:field.conclusion'), conclusion],
      [t('supervision-folder:field.name'), [name, title].filter(Boolean).join(', ')],
      [t('supervision-folder:field.next'), next ? formatDay(next, locale) : ''],
    ],
  }
}

function storedOf({ answers }: FolderContent, name: (typeof parameters)[number]): string {
  if (name === 'subjects') return answers.subjects ?? ''
  const answer = answers[name]
  return answer === null ? '' : answer ? 'yes' : 'no'
}

function withPoints(answer: string, points: number, t: Text): string {
  return t('supervision-folder:option', { answer, points: t('supervision-folder:points', { count: points }) })
}
