import { z } from 'zod'
import type { Locale } from '../base/context.js'
import type { Day } from '../base/day.js'
import { choice, day, readForm, type Read } from '../base/form.js'
import { columnChoices, formats, type Order } from './rules.js'

const form = z.object({
  on: day(),
  language: choice(['da', 'en']),
  columns: choice(columnChoices),
  format: choice(formats),
  known: choice(['then']).optional(),
})

/**
 * From the query of a download. What is not said is today, the reader's language, four columns, PDF. Forms send
 * `language`: `lang` in any address also chooses the language of the pages. Written by hand, `lang` will do.
 */
export function readOrder(query: unknown, usual: { today: Day; locale: Locale }): Read<Order> {
  const given = Object.fromEntries(
    Object.entries((query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== ''),
  )
  const language = given['language'] ?? given['lang'] ?? usual.locale
  return readForm(form, { on: usual.today, columns: 'b1', format: 'pdf', ...given, language })
}

/** Whether a file is asked for at all, or only the page that offers it. */
export function asksForFile(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'format' in query
}
