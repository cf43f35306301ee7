import { z } from 'zod'
import { isDay } from './day.js'

/** A field's problem: `field` is the input's name (dotted for nested ones), `text` a key below `problems:`. */
export type Problem = { field: string; text: string; facts?: Record<string, string | number> }

export type Read<Input> = { input: Input; problems?: undefined } | { input?: undefined; problems: Problem[] }

/**
 * Untrusted body -> `{ input }` or `{ problems }`. A schema's messages are keys below `problems:`
 * (`'required'`, `'not-an-email'`); facts follow as `key|name=value`.
 */
export function readForm<Schema extends z.ZodType>(schema: Schema, body: unknown): Read<z.output<Schema>> {
  const result = schema.safeParse(body ?? {})
  if (result.success) return { input: result.data }
  const seen = new Set<string>()
  const problems = result.error.issues.flatMap((issue): Problem[] => {
    const field = issue.path.map(String).join('.')
    if (seen.has(field)) return []
    seen.add(field)
    const [text = 'invalid', ...pairs] = issue.message.split('|')
    const known = /^[a-z0-9-]+$/.test(text) ? text : 'invalid'
    return [
      pairs.length === 0
        ? { field, text: known }
        : {
            field,
            text: known,
            facts: Object.fromEntries(pairs.map((pair) => pair.split('='))) as Record<string, string>,
          },
    ]
  })
  return { problems }
}

// A browser sends every text field, with CR LF line ends and whatever the person pasted around the value.
const cleaned = z
  .string()
  .default('')
  .transform((value) => value.normalize('NFC').replace(/\r\n?/g, '\n').trim())

/** Required text of at most `most` characters. */
export const text = (most = 200) =>
  cleaned.pipe(z.string().min(1, 'required').max(most, `too-long|most=${most}`))

/** Optional text: `''` becomes undefined. */
export const optionalText = (most = 2000) =>
  cleaned.pipe(z.string().max(most, `too-long|most=${most}`)).transform((value) => value || undefined)

export const email = () =>
  text(254)
    .transform((value) => value.toLowerCase())
    .pipe(z.string().regex(/^[^\s<>@,;"]+@[^\s<>@,;"]+\.[^\s<>@,;".]{2,}$/, 'not-an-email'))

/** One of a fixed set of words. */
export const choice = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: 'choose-one' })

/** A checkbox: present is true. */
export const ticked = () =>
  z
    .unknown()
    .optional()
    .transform((value) => value !== undefined && value !== '' && value !== 'no')

/** Checkboxes or a multiple select of one name: always a list. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(item),
  )

/** Both languages under `name.da` and `name.en` (inputs named `name[da]`, `name[en]`). */
export const bilingual = (most = 500) => z.object({ da: text(most), en: text(most) })

/** A day from a date field. */
export const day = () => text(10).refine(isDay, 'not-a-day')

/** An empty date field is null. */
export const optionalDay = () =>
  optionalText(10)
    .transform((value) => value ?? null)
    .refine((value) => value === null || isDay(value), 'not-a-day')

export const wholeNumber = (least: number, most: number) =>
  text(20)
    .transform((value) => (/^\d+$/.test(value) ? Number(value) : NaN))
    .refine((number) => number >= least && number <= most, `not-in-range|least=${least}|most=${most}`)
