import { z } from 'zod'
import { instantAt, isDay } from '../../base/day.js'
import { optionalText, readForm, text, type Problem, type Read } from '../../base/form.js'

const time = /^(?:[01]\d|2[0-3])[:.][0-5]\d$/

/** What a form of this room reads by: the clock on the wall, and now. */
export type Wall = { zone: string; now: Date }

/**
 * Two fields, `<name>Day` and `<name>Time`, as one instant that is not ahead. A time that comes twice when clocks go back is the first
 * of the two: hours that run from it then end sooner, never later.
 */
export function readMoment<Key extends string>(
  body: unknown,
  { zone, now }: Wall,
  name: string,
  key: Key,
): Read<Record<Key, Date>> {
  const schema = z
    .object({
      [`${name}Day`]: text(10).refine(isDay, 'not-a-day'),
      [`${name}Time`]: text(5).refine((value) => time.test(value), 'not-a-time'),
    })
    .transform((read) => instantOf(read, name, zone))
  const read = readForm(schema, body)
  if (read.problems) return read
  return read.input.getTime() > now.getTime()
    ? { problems: [{ field: `${name}Time`, text: 'moment-ahead' }] }
    : { input: { [key]: read.input } as Record<Key, Date> }
}

/** The same where nothing may be known; a day without a time is asked for its time. */
export function readOptionalMoment<Key extends string>(
  body: unknown,
  wall: Wall,
  name: string,
  key: Key,
): Read<Record<Key, Date | null>> {
  const typed = readForm(
    z.object({ [`${name}Day`]: optionalText(10), [`${name}Time`]: optionalText(10) }),
    body,
  )
  const nothing = typed.input && Object.values(typed.input).every((value) => value === undefined)
  return nothing
    ? { input: { [key]: null } as Record<Key, null> }
    : (readMoment(body, wall, name, key) as Read<Record<Key, Date | null>>)
}

/** Parts of a form that are read each by itself: all problems, or all input. */
export function joined<A extends object, B extends object>(a: Read<A>, b: Read<B>): Read<A & B> {
  if (a.problems || b.problems) return { problems: [...(a.problems ?? []), ...(b.problems ?? [])] }
  return { input: { ...a.input, ...b.input } }
}

/** What is wrong with parts that are right each by itself. */
export function checked<Input>(read: Read<Input>, wrong: (input: Input) => Problem[]): Read<Input> {
  if (read.problems) return read
  const problems = wrong(read.input)
  return problems.length > 0 ? { problems } : read
}

function instantOf(read: Record<string, string>, name: string, zone: string): Date {
  return instantAt(read[`${name}Day`] ?? '', (read[`${name}Time`] ?? '').replace('.', ':'), zone)
}
