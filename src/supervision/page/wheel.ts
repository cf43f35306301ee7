/** The year wheel: twelve months, each with what falls due in it, as shapes for a template and as words. */
import { DateTime } from 'luxon'
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { boardParams, progresses, type BoardQuery, type BoardSummary, type Progress } from '../rules.js'
import { progressTones, type Tone } from './words.js'

const outer = 100
const inner = 46
const size = 230
const middle = size / 2

export type Wheel = {
  size: number
  year: number
  months: {
    /** The part of a ring for each state, from the inside out; one calm part where nothing is due. */
    parts: { path: string; tone: Tone | 'none' }[]
    label: { x: number; y: number; text: string }
    count: { x: number; y: number; text: string } | null
    now: boolean
    name: string
    url: string
    words: string
  }[]
}

export function wheelOf({ months }: BoardSummary, query: BoardQuery, today: string, locale: Locale): Wheel {
  const t = textIn(locale)
  return {
    size,
    year: query.year,
    months: months.map(({ month, counts }) => {
      const from = ((month - 1) * Math.PI) / 6
      const to = (month * Math.PI) / 6
      const total = progresses.reduce((sum, each) => sum + counts[each], 0)
      const between = (from + to) / 2
      const name = DateTime.utc(2026, month, 1).setLocale(locale).toFormat('LLLL')
      const said = progresses.flatMap((each) =>
        counts[each] === 0 ? [] : [t(`supervision:progress-count.${each}`, { count: counts[each] })],
      )
      return {
        parts:
          total === 0
            ? [{ path: ring(from, to, inner, outer), tone: 'none' }]
            : partsOf(counts, total, from, to),
        label: {
          ...at(between, outer + 9),
          text: DateTime.utc(2026, month, 1).setLocale(locale).toFormat('LLLLL'),
        },
        count: total === 0 ? null : { ...at(between, inner - 9), text: String(total) },
        now: today.startsWith(`${query.year}-${String(month).padStart(2, '0')}`),
        name,
        url: `/supervision?${boardParams({ ...query, month, page: '' })}`,
        words: total === 0 ? t('supervision:wheel.none') : said.join(', '),
      }
    }),
  }
}

function partsOf(counts: Record<Progress, number>, total: number, from: number, to: number) {
  let radius = inner
  return progresses.flatMap((each) => {
    if (counts[each] === 0) return []
    const next = radius + ((outer - inner) * counts[each]) / total
    const part = { path: ring(from, to, radius, next), tone: progressTones[each] }
    radius = next
    return [part]
  })
}

/** A piece of a ring between two angles, clockwise from the top. */
function ring(from: number, to: number, near: number, far: number): string {
  const gap = 0.015
  const [a, b] = [from + gap, to - gap]
  const [p, q, r, s] = [at(a, far), at(b, far), at(b, near), at(a, near)]
  return `M${p.x} ${p.y}A${far} ${far} 0 0 1 ${q.x} ${q.y}L${r.x} ${r.y}A${near} ${near} 0 0 0 ${s.x} ${s.y}Z`
}

function at(angle: number, radius: number): { x: number; y: number } {
  const round = (value: number) => Math.round(value * 10) / 10
  return { x: round(middle + radius * Math.sin(angle)), y: round(middle - radius * Math.cos(angle)) }
}
