import { z } from 'zod'
import { choice, readForm, type Read } from '../base/form.js'
import type { Sheet } from './reading/limits.js'
import { fieldsOf, registers, type Register } from './rules/fields.js'
import { guessColumns, guessMapping, type Mapping } from './rules/headings.js'

export function readRegisterChoice(body: unknown): Read<{ register: Register }> {
  return readForm(z.object({ register: choice(registers) }), body)
}

const schema = z.object({
  sheet: z.string().max(200).catch(''),
  heading: z.coerce.number().int().min(1).max(100).catch(1),
  columns: z.preprocess(
    (value) => (Array.isArray(value) ? value : Object.values((value ?? {}) as object)),
    z.array(z.string().max(60)).max(300).catch([]),
  ),
})

/**
 * The columns as chosen. With another sheet or heading row the choices were about something else: they are guessed anew and shown
 * `again`. A field chosen for two columns is read from the first.
 */
export function readMapping(
  body: unknown,
  { register, mapping }: { register: Register; mapping: Mapping },
  sheets: readonly Sheet[],
): { mapping: Mapping; headings: string[]; again: boolean } {
  const typed = readForm(schema, body).input ?? { sheet: '', heading: 1, columns: [] }
  const sheet =
    sheets.find(({ name }) => name === typed.sheet) ?? sheets.find(({ name }) => name === mapping.sheet)
  if (!sheet) return { mapping: guessMapping(register, sheets), headings: [], again: true }
  if (sheet.name !== mapping.sheet)
    return { mapping: guessMapping(register, [sheet]), headings: [], again: true }
  const heading = Math.min(typed.heading, sheet.rows.length) - 1
  const headings = sheet.rows[heading] ?? []
  if (heading !== mapping.heading)
    return {
      mapping: { sheet: sheet.name, heading, columns: guessColumns(register, headings).columns },
      headings,
      again: true,
    }
  const known = new Set(fieldsOf[register].map(({ id }) => id))
  const taken = new Set<string>()
  const columns = headings.map((_, place) => {
    const field = typed.columns[place] ?? ''
    if (!known.has(field) || taken.has(field)) return null
    taken.add(field)
    return field
  })
  return { mapping: { sheet: sheet.name, heading, columns }, headings, again: false }
}
