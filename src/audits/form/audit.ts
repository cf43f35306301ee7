import { z } from 'zod'
import {
  bilingual,
  choice,
  day,
  optionalDay,
  optionalText,
  readForm,
  text,
  wholeNumber,
  type Read,
} from '../../base/form.js'
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { severities, type Severity } from '../../findings/rules.js'
import type { Beginning } from '../rules/begin.js'
import type { Texts } from '../rules/merge.js'
import { problemsWithPeriod, type Part } from '../rules/parts.js'
import { textsOfRevisited } from '../rules/revisited.js'
import { typedMarks } from './testing.js'

const longest = 10_000

/** A text in both languages that need not be whole yet. */
const unfinished = (most = longest) =>
  z
    .object({ da: optionalText(most), en: optionalText(most) })
    .partial()
    .optional()
    .transform((value) => ({ da: value?.da ?? '', en: value?.en ?? '' }))

export function readBeginning(body: unknown, leads: readonly string[]): Read<Beginning> {
  const read = readForm(
    z.object({
      year: wholeNumber(2016, 2100),
      from: day(),
      to: day(),
      lead: text(60).refine((id) => leads.includes(id), 'choose-one'),
    }),
    body,
  )
  if (read.problems) return read
  const { year, from, to, lead } = read.input
  const problems = problemsWithPeriod(from, to)
  return problems.length > 0 ? { problems } : { input: { year, period: { from, to }, lead } }
}

/** Whether the lead and the days fit is looked at when it is saved, together with what others wrote. */
export function readPart(body: unknown, part: Part): Read<{ typed: Texts; marks: string }> {
  if (part === 'conclusion') {
    const read = readForm(
      z.object({ changesSinceLast: unfinished(), conclusion: unfinished(), marks: typedMarks }),
      body,
    )
    if (read.problems) return read
    const { changesSinceLast, conclusion, marks } = read.input
    const typed = { ...flat('changesSinceLast', changesSinceLast), ...flat('conclusion', conclusion) }
    return { input: { typed, marks } }
  }
  const read = readForm(
    z.object({
      lead: text(60),
      from: day(),
      to: day(),
      scope: unfinished(),
      plan: optionalText(20_000),
      independence: unfinished(5000),
      marks: typedMarks,
    }),
    body,
  )
  if (read.problems) return read
  const { lead, from, to, scope, plan = '', independence, marks } = read.input
  const typed = { lead, from, to, ...flat('scope', scope), plan, ...flat('independence', independence) }
  return { input: { typed, marks } }
}

/** `today`: nothing has been gone through on a day to come. */
export function readRevisited(body: unknown, today: Day): Read<{ id: string; typed: Texts; marks: string }> {
  const read = readForm(
    z.object({
      id: z.string().regex(/^[0-9a-z]{10,40}$/),
      what: bilingual(300),
      on: day().refine((on) => on <= today, 'day-in-future'),
      text: bilingual(longest),
      reference: optionalText(60),
      marks: typedMarks,
    }),
    body,
  )
  if (read.problems) return read
  const { id, what, on, text: said, reference, marks } = read.input
  return {
    input: { id, typed: textsOfRevisited({ what, on, text: said, reference: reference ?? null }), marks },
  }
}

export function readFinding(
  body: unknown,
  { owners, today }: { owners: readonly string[]; today: Day },
): Read<{ once: string; text: Bilingual; severity: Severity; owner: string; dueOn: Day | null }> {
  const read = readForm(
    z.object({
      once: z.string().regex(/^[0-9a-z]{10,40}$/),
      what: bilingual(5000),
      severity: choice(severities),
      owner: z
        .string()
        .default('')
        .refine((value) => value === '' || owners.includes(value), 'choose-one'),
      dueOn: optionalDay().refine((on) => on === null || on >= today, 'day-in-past'),
    }),
    body,
  )
  if (read.problems) return read
  const { what, ...rest } = read.input
  return { input: { ...rest, text: what } }
}

function flat(name: string, { da, en }: Bilingual): Texts {
  return { [`${name}.da`]: da, [`${name}.en`]: en }
}
