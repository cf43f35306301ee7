/** What a sub-processor's papers cover, as a picture and as a table with the same in words. */
import type { Locale } from '../../base/context.js'
import { addDays, addMonths, daysBetween, earlierOf, laterOf, type Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { lengthOf, type Interval, type Lane, type Span } from '../rules.js'
import { sortInWords, type State } from './words.js'

const width = 760
const laneHeight = 50
const barHeight = 18
const top = 22
/** Below so many units a number of days does not fit in its bar. */
const leastForWords = 56
const mostYears = 5
const wordWidth = 48

export function timelinePage(lanes: readonly Lane[], today: Day, locale: Locale) {
  return {
    picture: lanes.length === 0 ? null : pictureOf(lanes, today, locale),
    lanes: lanes.map((lane) => laneInWords(lane, today, locale)),
  }
}

function laneInWords(lane: Lane, today: Day, locale: Locale) {
  const t = textIn(locale)
  const day = (on: Day) => formatShortDay(on, locale)
  const interval = ({ from, to }: Interval) => (from === to ? day(from) : `${day(from)} – ${day(to)}`)
  const rows = [
    ...lane.spans.map((span) => ({
      from: span.from,
      days: interval(span),
      what: t(`statements:line.${span.kind}`),
      state: spanState(span, locale),
      reference: span.reference,
      url: `/statements/${span.reference}`,
      length: span.kind === 'day' ? '' : t('statements:line.days', { count: lengthOf(span) }),
    })),
    ...lane.gaps.map((gap) => ({
      from: gap.from,
      days: interval(gap),
      what: t('statements:line.gap'),
      state: { tone: 'stop', word: t('statements:line.gap-days', { count: lengthOf(gap) }) } as State,
      reference: '',
      url: '',
      length: '',
    })),
    ...(lane.waiting === null
      ? []
      : [
          {
            from: lane.waiting.from,
            days: interval(lane.waiting),
            what: t('statements:line.waiting'),
            state: {
              tone: 'wait',
              word: t('statements:line.waiting-days', { count: lengthOf(lane.waiting) }),
            } as State,
            reference: '',
            url: '',
            length: '',
          },
        ]),
  ].toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return {
    title: sortInWords(lane.sort, t),
    rows,
    covered:
      lane.coveredTo === null
        ? t('statements:line.nothing')
        : t('statements:line.covered-to', { day: day(lane.coveredTo) }),
    expected:
      lane.expectedOn === null
        ? null
        : ({
            tone: lane.overdue ? 'stop' : 'info',
            word: t(`statements:line.${lane.overdue ? 'overdue' : 'expected'}`, {
              day: day(lane.expectedOn),
              count: Math.abs(daysBetween(lane.expectedOn, today)),
            }),
          } as State),
  }
}

function spanState({ kind, accepted }: Span, locale: Locale): State {
  const t = textIn(locale)
  if (!accepted) return { tone: 'wait', word: t('statements:line.not-accepted') }
  if (kind === 'beyond') return { tone: 'stop', word: t('statements:line.not-counted') }
  if (kind === 'bridge') return { tone: 'info', word: t('statements:line.management') }
  return { tone: 'good', word: t(kind === 'day' ? 'statements:line.design-only' : 'statements:line.counts') }
}

/** Everything in units of the picture, so that the template only prints. */
function pictureOf(lanes: readonly Lane[], today: Day, locale: Locale) {
  const t = textIn(locale)
  const [from, to] = rangeOf(lanes, today)
  const total = daysBetween(from, to) + 1
  const x = (day: Day) => round((daysBetween(from, day) / total) * width)
  const bar = ({ from: first, to: last }: Interval) => {
    const begins = laterOf(first, from)
    const ends = earlierOf(last, to)
    return { x: x(begins), width: Math.max(3, round(((daysBetween(begins, ends) + 1) / total) * width)) }
  }
  const years: { x: number; text: string }[] = []
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    const first = `${year}-01-01`
    // Where today's own word stands, the year's would run into it.
    const near = Math.abs(x(first) - x(today)) < wordWidth
    if (first >= from && first <= to) years.push({ x: x(first), text: near ? '' : String(year) })
  }
  const shown = (each: Interval) => each.to >= from && each.from <= to
  return {
    width,
    height: top + lanes.length * laneHeight + 6,
    years,
    today: { x: x(today), text: t('statements:line.today'), end: x(today) > width - 60 },
    lanes: lanes.map((lane, place) => {
      const y = top + place * laneHeight
      return {
        y,
        label: { y: y + 14, text: sortInWords(lane.sort, t) },
        bars: [
          ...(lane.waiting && shown(lane.waiting)
            ? [{ ...bar(lane.waiting), y: y + 20, height: barHeight, tone: 'waiting' }]
            : []),
          ...lane.spans.filter(shown).map((span) => ({
            ...bar(span),
            y: y + 20,
            height: barHeight,
            tone: span.accepted ? span.kind : `${span.kind} open`,
          })),
        ],
        gaps: lane.gaps.filter(shown).map((gap) => {
          const drawn = bar(gap)
          const words = t('statements:line.gap-short', { count: lengthOf(gap) })
          return { ...drawn, y: y + 20, height: barHeight, words: drawn.width >= leastForWords ? words : '' }
        }),
        expected:
          lane.expectedOn === null
            ? null
            : {
                x: x(lane.expectedOn),
                y: y + 18,
                late: lane.overdue,
                text: t('statements:line.expected-short'),
                end: x(lane.expectedOn) > width - 90,
              },
      }
    }),
    label: t('statements:line.picture', {
      from: formatShortDay(from, locale),
      to: formatShortDay(to, locale),
    }),
  }
}

function rangeOf(lanes: readonly Lane[], today: Day): [Day, Day] {
  const firsts = lanes.flatMap(({ spans }) => spans.map((span) => span.from))
  const lasts = lanes.flatMap(({ spans, expectedOn }) => [
    ...spans.map((span) => span.to),
    expectedOn ?? today,
  ])
  const earliest = [today, ...firsts].toSorted()[0] ?? today
  const latest = [today, ...lasts].toSorted().at(-1) ?? today
  const from = laterOf(addDays(earliest, -10), addMonths(today, -12 * mostYears))
  return [from, addDays(earlierOf(latest, addMonths(today, 36)), 15)]
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}
