/** Charts as bars with their numbers beside them: the table is the chart. */
import type { Locale } from '../../base/context.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { dutyKinds, type DutyKind, type YearCount } from '../../supervision/rules.js'
import type { ByFooting, NoticeMonth, NoticeTally, Standing } from '../rules/charts.js'
import { monthName } from './year.js'

type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
type Bar = {
  label: string
  url: string | null
  total: string
  /** In hundredths of the longest bar. */
  parts: { tone: Tone; from: number; width: number }[]
  words: string[]
}
export type Chart = { id: string; title: string; lead: string; bars: Bar[]; note: string; empty: string }

type Given = {
  label: string
  url: string | null
  total: string
  parts: { tone: Tone; count: number; word: string }[]
}

export function noticeChart(months: readonly NoticeMonth[], year: number, locale: Locale): Chart {
  const t = textIn(locale)
  const uncounted = months.reduce((sum, each) => sum + each.uncounted, 0)
  return {
    id: 'notices',
    title: t('year:chart.notices'),
    lead: t('year:chart.notices-lead'),
    bars: barsOf(
      months
        .filter(({ notices }) => notices > 0)
        .map((counted) => ({
          label: monthName(counted.month, locale),
          url: `/year/notices?year=${year}&month=${counted.month}`,
          total: t('year:chart.notice-count', { count: counted.notices }),
          parts: partsOf(counted, t),
        })),
    ),
    note: uncounted > 0 ? t('year:chart.uncounted', { count: uncounted }) : '',
    empty: t('year:chart.no-notices'),
  }
}

type Fared = Pick<NoticeTally, 'kept' | 'consent' | 'short' | 'open'>

function partsOf({ kept, consent, short, open }: Fared, t: Text): Given['parts'] {
  return [
    { tone: 'good', count: kept, word: t('year:chart.kept', { count: kept }) },
    { tone: 'wait', count: consent, word: t('year:chart.consent', { count: consent }) },
    { tone: 'stop', count: short, word: t('year:chart.short', { count: short }) },
    { tone: 'calm', count: open, word: t('year:chart.open', { count: open }) },
  ]
}

/** The same of one notice. */
export function faredInWords(fared: Fared, locale: Locale): string {
  return wordsOf(partsOf(fared, textIn(locale))).join(' · ')
}

export function supervisionChart(duties: Record<DutyKind, YearCount>, year: number, locale: Locale): Chart {
  const t = textIn(locale)
  return {
    id: 'supervision',
    title: t('year:chart.supervision'),
    lead: t('year:chart.supervision-lead'),
    bars: barsOf(
      dutyKinds
        .filter((kind) => duties[kind].owed > 0)
        .map((kind) => {
          const { owed, done, overdue } = duties[kind]
          const left = Math.max(0, owed - done - overdue)
          return {
            label: t(`year:what.${kind}`),
            url: `/year/events?year=${year}&what=${kind}`,
            total: t('year:chart.of', { done, owed }),
            parts: [
              { tone: 'good', count: done, word: t('year:count.done', { count: done }) },
              { tone: 'stop', count: overdue, word: t('year:count.late', { count: overdue }) },
              { tone: 'info', count: left, word: t('year:count.coming', { count: left }) },
            ],
          }
        }),
    ),
    note: '',
    empty: t('year:chart.no-supervision'),
  }
}

const footingTones: Record<ByFooting[number]['footing'], Tone> = {
  unknown: 'calm',
  none: 'stop',
  'art-49': 'wait',
  bcr: 'info',
  scc: 'info',
  dpf: 'info',
  adequacy: 'info',
  eea: 'good',
}

export function standingName(footing: Standing, t: Text): string {
  return footing === 'unknown' ? t('year:chart.unknown') : t(`map:footing.${footing}`)
}

export function footingChart(counts: ByFooting, locale: Locale): Chart {
  const t = textIn(locale)
  return {
    id: 'bases',
    title: t('year:chart.bases'),
    lead: t('year:chart.bases-lead'),
    bars: barsOf(
      counts.map(({ footing, count }) => ({
        label: standingName(footing, t),
        // Not the register's own list: that one finds each basis somebody stands on, and not the weakest.
        url: `/year/bases?footing=${footing}`,
        total: String(count),
        parts: [{ tone: footingTones[footing], count, word: '' }],
      })),
    ),
    note: '',
    empty: t('year:chart.no-bases'),
  }
}

function barsOf(given: readonly Given[]): Bar[] {
  const sum = ({ parts }: Given) => parts.reduce((all, { count }) => all + count, 0)
  const longest = Math.max(1, ...given.map(sum))
  return given.map((bar) => {
    let from = 0
    const parts = bar.parts
      .filter(({ count }) => count > 0)
      .map(({ tone, count }) => {
        const width = Math.round((count / longest) * 1000) / 10
        const part = { tone, from: Math.round(from * 10) / 10, width }
        from += width
        return part
      })
    return { label: bar.label, url: bar.url, total: bar.total, parts, words: wordsOf(bar.parts) }
  })
}

function wordsOf(parts: Given['parts']): string[] {
  return parts.filter(({ count, word }) => count > 0 && word !== '').map(({ word }) => word)
}
