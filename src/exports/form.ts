import { z } from 'zod'
import type { Locale } from '../base/context.js'
import type { Day } from '../base/day.js'
import { choice, day, readForm, wholeNumber, type Read } from '../base/form.js'
import { measureParts, type Measures } from './rules/measures.js'
import { recordFormats, type RecordFormat } from './rules/record.js'

export type RecordAsked = { on: Day; language: Locale; format: RecordFormat }

const recordForm = z.object({ on: day(), language: choice(['da', 'en']), format: choice(recordFormats) })

/** From the query of a download: what is not said is today, the reader's language, PDF. */
export function readRecordOrder(query: unknown, usual: { today: Day; locale: Locale }): Read<RecordAsked> {
  const given = Object.fromEntries(
    Object.entries(Object(query) as object).filter(([, value]) => value !== ''),
  )
  return readForm(recordForm, { on: usual.today, format: 'pdf', language: usual.locale, ...given })
}

/** Whether a file is asked for, or only the page that offers it. */
export function asksForRecord(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'format' in query
}

const longText = z
  .string()
  .default('')
  .transform((value) => value.normalize('NFC').replace(/\r\n?/g, '\n').trim())
  .pipe(z.string().max(4000, 'too-long|most=4000'))
const inBoth = z.object({ da: longText, en: longText }).default({ da: '', en: '' })

const measuresForm = z.object({
  version: wholeNumber(0, 1_000_000),
  ...(Object.fromEntries(measureParts.map((part) => [part, inBoth])) as Record<
    keyof Measures,
    typeof inBoth
  >),
})

/** `version`: as the page showed it. */
export function readMeasuresForm(body: unknown): Read<{ text: Measures; version: number }> {
  const read = readForm(measuresForm, body)
  if (read.problems) return { problems: read.problems }
  const { version, ...text } = read.input
  return { input: { text, version } }
}
