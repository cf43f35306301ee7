import { z } from 'zod'
import { isDay, type Day } from '../base/day.js'
import { choice, readForm, ticked, type Read } from '../base/form.js'
import type { Sheet } from './reading/limits.js'
import type { Choosing } from './actions/choose.js'
import type { DayListQuery } from './actions/day-list.js'
import type { Format } from './actions/export.js'
import { shownRows, type Shown } from './page/run.js'
import { fieldsOf, registers, type Register } from './rules/fields.js'
import type { ServiceNames } from './rules/fits.js'
import { headingsOf } from './rules/heading-rows.js'
import { guessAt, guessMapping, type Mapping, type Remembered } from './rules/headings.js'
import { waysForSeveral, type SeveralAsked } from './rules/several.js'

export function readRegisterChoice(body: unknown): Read<{ register: Register }> {
  return readForm(z.object({ register: choice(registers) }), body)
}

/** `whole`: everything there is, instead of what the list shows. */
export function readExport(query: unknown): { format: Format; whole: boolean } {
  const asked = z.object({ format: z.enum(['xlsx', 'csv']).catch('xlsx'), whole: z.string().catch('') })
  const { format, whole } = readForm(asked, query).input ?? { format: 'xlsx' as const, whole: '' }
  return { format, whole: whole === 'yes' }
}

/** The address of the list on a day: see its page. */
export function readDayList(query: unknown, today: Day): DayListQuery {
  const text = z.string().trim().max(200).catch('')
  const asked = z.object({ on: text, customer: text, service: text, q: text, country: text, known: text })
  const given = readForm(asked, query).input
  const { on = '', customer = '', service = '', q = '', country = '', known = '' } = given ?? {}
  return {
    on: isDay(on) ? on : today,
    customer: /^c-\d+$/i.test(customer) ? customer.toUpperCase() : '',
    service: service.toUpperCase(),
    search: q,
    country: country.toUpperCase(),
    asKnownThen: known === 'then',
  }
}

/** Which rows of the dry run are asked for; what is no such address is the first page. */
export function readShown(query: unknown): { show: Shown | undefined; from: number } {
  const shown = z.object({
    show: z.enum(shownRows).optional().catch(undefined),
    from: z.coerce.number().int().min(1).catch(1),
  })
  const { show, from } = readForm(shown, query).input ?? { show: undefined, from: 1 }
  return { show, from }
}

export function readChoosing(body: unknown): Choosing {
  const text = z.string().trim().max(60).catch('')
  const choosing = z.object({
    out: z.string().catch('no'),
    whole: text,
    part: text,
    reference: text,
    cells: z
      .record(z.string().regex(/^[A-Z]{1,3}$/), z.string().max(20_000))
      .optional()
      .catch(undefined),
  })
  const { out, cells, ...rest } = readForm(choosing, body).input ?? {
    out: 'no',
    whole: '',
    part: '',
    reference: '',
  }
  // A number that is written goes over a choice only where 'another record' was chosen.
  return {
    out: out === 'yes',
    ...rest,
    reference: rest.whole === 'other' ? rest.reference : '',
    ...(cells ? { cells } : {}),
  }
}

export function readSeveral(body: unknown): SeveralAsked {
  const asked = z.object({
    text: z.string().max(60).catch(''),
    letter: z.string().max(3).catch(''),
    way: z.enum(waysForSeveral).catch('out'),
  })
  return readForm(asked, body).input ?? { text: '', letter: '', way: 'out' }
}

const schema = z.object({
  sheet: z.string().max(200).optional().catch(undefined),
  heading: z.coerce.number().int().min(1).max(100).catch(1),
  depth: z.enum(['1', '2']).optional().catch(undefined),
  fill: ticked(),
  split: ticked(),
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
  remembered: Remembered = new Map(),
  services: ServiceNames = null,
): { mapping: Mapping; headings: string[]; again: boolean } {
  const typed = readForm(schema, body).input ?? { heading: 1, columns: [], fill: false, split: false }
  const sheet =
    sheets.find(({ name }) => name === typed.sheet) ?? sheets.find(({ name }) => name === mapping.sheet)
  if (!sheet)
    return { mapping: guessMapping(register, sheets, remembered, services), headings: [], again: true }
  if (sheet.name !== mapping.sheet)
    return { mapping: guessMapping(register, [sheet], remembered, services), headings: [], again: true }
  const heading = Math.min(typed.heading, sheet.rows.length) - 1
  const depth = typed.depth === '2' && heading > 0 ? (2 as const) : undefined
  const headings = headingsOf(sheet, { heading, depth })
  if (heading !== mapping.heading || depth !== mapping.depth)
    return {
      mapping: guessAt(register, sheet, { heading, depth }, remembered, services),
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
  const ways = {
    ...(typed.fill ? { fill: true as const } : {}),
    ...(typed.split ? { split: true as const } : {}),
  }
  return {
    mapping: { sheet: sheet.name, heading, ...(depth ? { depth } : {}), columns, ...ways },
    headings,
    again: false,
  }
}
