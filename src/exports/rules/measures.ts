/** The general description of the technical and organisational measures (Art. 30(2)(d), Art. 32), as it stood on a day. */
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'

/** The headings under which the agreement (C.2) promises measures. */
const measureAreas = ['encryption', 'operations', 'communications', 'physical', 'mobile', 'access'] as const
export type MeasureArea = (typeof measureAreas)[number]

/** `general`: what belongs under none of them, such as certificates. */
export type Measures = Record<'general' | MeasureArea, Bilingual>
export type DatedMeasures = { from: Day; text: Measures }

export const measureParts = ['general', ...measureAreas] as const

export const noMeasures: Measures = Object.fromEntries(
  measureParts.map((part) => [part, { da: '', en: '' }]),
) as Measures

/** Null before the first. `versions` are sorted by `from`. */
export function measuresOn(versions: readonly DatedMeasures[], day: Day): Measures | null {
  return versions.findLast(({ from }) => from <= day)?.text ?? null
}

/** One from the same day as another takes its place. */
export function withMeasures(versions: readonly DatedMeasures[], text: Measures, from: Day): DatedMeasures[] {
  return [...versions.filter((earlier) => earlier.from !== from), { from, text }].toSorted((a, b) =>
    a.from < b.from ? -1 : 1,
  )
}

/** Areas about which nothing is said in that language. */
export function areasMissing(text: Measures | null, locale: 'da' | 'en'): MeasureArea[] {
  return measureAreas.filter((area) => !text?.[area][locale])
}
