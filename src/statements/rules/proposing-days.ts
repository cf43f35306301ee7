/** Days and periods as reports write them, in Danish and English. */
import { addDays, addMonths, isDay, type Day } from '../../base/day.js'

export type FoundDay = { day: Day; at: number; end: number; doubtful: boolean }
export type FoundPeriod = { from: Day; to: Day; at: number; end: number; doubtful: boolean }

const names: readonly (readonly string[])[] = [
  ['january', 'januar', 'jan'],
  ['february', 'februar', 'feb'],
  ['march', 'marts', 'mar'],
  ['april', 'apr'],
  ['may', 'maj'],
  ['june', 'juni', 'jun'],
  ['july', 'juli', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['october', 'oktober', 'oct', 'okt'],
  ['november', 'nov'],
  ['december', 'dec'],
]
const months = new Map(names.flatMap((all, at) => all.map((name) => [name, at + 1] as const)))
const month = `(${[...months.keys()].toSorted((a, b) => b.length - a.length).join('|')})\\.?`
const ordinal = '(\\d{1,2})(?:\\.|st|nd|rd|th)?'

type Parts = { year: number | null; month: number; date: number; doubtful?: boolean }
const american = /\b\d{1,2}\/(?:1[3-9]|2\d|3[01])[/-]\d{4}\b/
const shapes: readonly (readonly [RegExp, (parts: string[], text: string) => Parts])[] = [
  [
    /\b(\d{4})[-/](\d{2})[-/](\d{2})\b/g,
    ([y, m, d]) => ({ year: Number(y), month: Number(m), date: Number(d) }),
  ],
  [
    new RegExp(`\\b${ordinal}(?: of)?[ -]${month},?[ -](\\d{4})\\b`, 'gi'),
    ([d, m, y]) => ({ year: Number(y), month: named(m), date: Number(d) }),
  ],
  [
    new RegExp(`\\b${month} ${ordinal},? (\\d{4})\\b`, 'gi'),
    ([m, d, y]) => ({ year: Number(y), month: named(m), date: Number(d) }),
  ],
  [
    /\b(\d{1,2})[.-](\d{1,2})[.-](\d{4})\b/g,
    ([d, m, y]) => ({ year: Number(y), month: Number(m), date: Number(d) }),
  ],
  [
    // 3/1/2025 is March in America and January here; another day in the sentence may tell which.
    /\b(\d{1,2})\/(\d{1,2})[/-](\d{4})\b/g,
    ([a, b, y], text) => {
      const ours = Number(b) <= 12 && !american.test(text)
      const [d, m] = ours ? [a, b] : [b, a]
      const either = Number(a) <= 12 && Number(b) <= 12 && a !== b
      return { year: Number(y), month: Number(m), date: Number(d), doubtful: either }
    },
  ],
  [
    new RegExp(`\\b${ordinal} ${month}`, 'gi'),
    ([d, m]) => ({ year: null, month: named(m), date: Number(d) }),
  ],
  [
    new RegExp(`\\b${month} ${ordinal}\\b`, 'gi'),
    ([m, d]) => ({ year: null, month: named(m), date: Number(d) }),
  ],
]

type Placed = Parts & { at: number; end: number }

/** Every day that is written whole. */
export function daysIn(text: string): FoundDay[] {
  return placedIn(text).flatMap((each) => {
    const day = dayOf(each, each.year)
    return day === null ? [] : [{ day, at: each.at, end: each.end, doubtful: each.doubtful === true }]
  })
}

const between =
  /^[\s,]*(?:to|through|thru|until|til(?: og med)?|t\.?o\.?m\.?|–|-|—|and|og)\s*(?:and including\s*)?(?:den\s|the\s)?\s*$/i
const yearEnded =
  /(?:(?:twelve|12)[- ]months?(?: period)?|year|året|perioden på 12 måneder) (?:ended|ending|then ended|der sluttede|med udløb)(?: on| den)?\s*$/i
const calendarYear = /\b(?:kalenderåret|calendar year)\s+(\d{4})\b/gi

/** From one day to another; '1 January – 31 December 2025' has its year once. */
export function periodsIn(text: string): FoundPeriod[] {
  const days = placedIn(text)
  const found: FoundPeriod[] = []
  for (const [index, first] of days.entries()) {
    const last = days[index + 1]
    if (yearEnded.test(text.slice(Math.max(0, first.at - 60), first.at))) {
      const to = dayOf(first, first.year)
      if (to)
        found.push({
          from: addDays(addMonths(to, -12), 1),
          to,
          at: first.at,
          end: first.end,
          doubtful: false,
        })
    }
    if (!last || !between.test(text.slice(first.end, last.at))) continue
    const to = dayOf(last, last.year)
    const year = first.year ?? (last.year === null ? null : last.year - (isLater(first, last) ? 1 : 0))
    const from = dayOf(first, year)
    // Two days joined by 'and' are a period only where it is 'between'.
    const joined = /^[\s,]*(?:and|og)\b/i.test(text.slice(first.end, last.at))
    const opened = /(?:between|mellem)(?: den)?\s*$/i.test(text.slice(Math.max(0, first.at - 16), first.at))
    if (from && to && from < to && (!joined || opened)) {
      const doubtful = first.doubtful === true || last.doubtful === true
      found.push({ from, to, at: first.at, end: last.end, doubtful })
    }
  }
  for (const match of text.matchAll(calendarYear)) {
    const [from, to] = [`${match[1]}-01-01`, `${match[1]}-12-31`]
    if (isDay(from) && isDay(to))
      found.push({ from, to, at: match.index, end: match.index + match[0].length, doubtful: false })
  }
  return found
}

function placedIn(text: string): Placed[] {
  const found: Placed[] = []
  for (const [pattern, read] of shapes)
    for (const match of text.matchAll(pattern)) {
      const [at, end] = [match.index, match.index + match[0].length]
      if (found.some((other) => at < other.end && end > other.at)) continue
      const parts = read(match.slice(1).map(String), text)
      if (dayOf(parts, parts.year ?? 2024) !== null) found.push({ ...parts, at, end })
    }
  return found.toSorted((a, b) => a.at - b.at)
}

function isLater(a: Parts, b: Parts): boolean {
  return a.month > b.month || (a.month === b.month && a.date > b.date)
}

function dayOf({ month: m, date }: Parts, year: number | null): Day | null {
  if (year === null || year < 1990 || year > 2100) return null
  const day = `${year}-${String(m).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return isDay(day) ? day : null
}

function named(name = ''): number {
  return months.get(name.toLowerCase().replace('.', '')) ?? 0
}
