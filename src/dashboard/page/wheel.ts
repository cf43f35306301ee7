/** The year wheel as shapes for a template: twelve months, a ring for each kind of thing. */
import { DateTime } from 'luxon'
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { foremost, shareOf, type YearMonth, type YearState } from '../rules/year.js'

const inner = 108
const thick = 34
const wheelSize = 690
const middle = wheelSize / 2

export const tones: Record<YearState, 'stop' | 'info' | 'good'> = {
  late: 'stop',
  coming: 'info',
  done: 'good',
}
/** The same as a sign, for those who see no colour. */
export const signs: Record<YearState, string> = { late: '!', coming: '○', done: '✓' }

/** `urlOf`: where a cell leads; `hintOf`: what it says in words. Rings are from the outside in, as the kinds are. */
export function wheelShown(
  months: readonly YearMonth[],
  { year, today, locale }: { year: number; today: Day; locale: Locale },
  urlOf: (month: number, ring: number) => string,
  hintOf: (month: number, ring: number) => string,
) {
  const rings = months[0]?.cells.length ?? 0
  const outer = inner + rings * thick
  const share = shareOf(year, today)
  return {
    size: wheelSize,
    middle,
    year,
    cells: months.flatMap((month) =>
      month.cells.map((cell, ring) => {
        const state = foremost(cell)
        const [from, to] = [angle(month.month - 1), angle(month.month)]
        const far = outer - ring * thick
        const middleOf = point((from + to) / 2, far - thick / 2)
        return {
          d: sector(from, to, far - thick + 1.5, far - 1.5),
          tone: state === null ? 'none' : tones[state],
          text: state === null ? '' : `${signs[state]} ${cell.counts[state]}`,
          ...middleOf,
          url: state === null ? null : urlOf(month.month, ring),
          hint: state === null ? '' : hintOf(month.month, ring),
        }
      }),
    ),
    labels: months.map(({ month }) => ({
      ...point(angle(month - 0.5), outer + 17),
      text: DateTime.utc(2026, month, 1).setLocale(locale).toFormat('LLL').replace('.', ''),
      now: today.startsWith(`${year}-${String(month).padStart(2, '0')}`),
    })),
    /** Which ring is which: written where the year begins. */
    numbers: months[0]?.cells.map((_, ring) => ({
      ...point(0, outer - ring * thick - thick / 2),
      text: String(ring + 1),
    })),
    today:
      share === null
        ? null
        : { from: point(share * 2 * Math.PI, inner - 8), to: point(share * 2 * Math.PI, outer + 5) },
  }
}

function angle(months: number): number {
  return (months * Math.PI) / 6
}

/** Clockwise from the top. */
function point(at: number, radius: number): { x: number; y: number } {
  return { x: rounded(middle + radius * Math.sin(at)), y: rounded(middle - radius * Math.cos(at)) }
}

function sector(from: number, to: number, near: number, far: number): string {
  // A gap of the same width on every ring.
  const gap = (radius: number) => 1.5 / radius
  const [a, b] = [point(from + gap(far), far), point(to - gap(far), far)]
  const [c, d] = [point(to - gap(near), near), point(from + gap(near), near)]
  return `M${a.x} ${a.y}A${far} ${far} 0 0 1 ${b.x} ${b.y}L${c.x} ${c.y}A${near} ${near} 0 0 0 ${d.x} ${d.y}Z`
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100
}
