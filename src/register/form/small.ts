import { z } from 'zod'
import { isDay, type Day } from '../../base/day.js'
import {
  bilingual,
  choice,
  day,
  listOf,
  optionalDay,
  readForm,
  text,
  wholeNumber,
  type Read,
} from '../../base/form.js'
import type { Bilingual } from '../../base/context.js'
import type { ChangeKind } from '../rules/changes.js'

export function readService(body: unknown): Read<{ name: Bilingual; order: number }> {
  return readForm(z.object({ name: bilingual(100), order: wholeNumber(1, 999) }), body)
}

/** Two days whose lists are compared, the earlier one first, whichever way round they were given. */
export function readPeriod(query: unknown, usual: { from: Day; to: Day }): Read<{ from: Day; to: Day }> {
  const read = readForm(z.object({ from: optionalDay(), to: optionalDay() }), query)
  if (read.problems) return read
  const [from = usual.from, to = usual.to] = [
    read.input.from ?? usual.from,
    read.input.to ?? usual.to,
  ].toSorted()
  return { input: { from, to } }
}

/** What has happened is recorded; what will happen is entered when it does. */
const dayUntil = (today: Day) => day().refine((value) => value <= today, 'day-in-future')

export function readEnd(body: unknown, today: Day): Read<{ on: Day; because: string }> {
  return readForm(z.object({ on: dayUntil(today), because: text(500) }), body)
}

export function readUse(body: unknown, today: Day): Read<{ since: Day }> {
  return readForm(z.object({ since: dayUntil(today) }), body)
}

/** The engagements of a list accepted at signing; `on` for all, or each customer from its own signing day. */
export type BaselineForm = { engagements: string[]; dated: 'signed' | 'day'; on: Day | null }

export function readBaseline(body: unknown, today: Day): Read<BaselineForm> {
  const schema = z
    .object({
      engagements: listOf(z.string().max(60)).refine((list) => list.length > 0, 'choose-at-least-one'),
      dated: choice(['signed', 'day']),
      on: z.string().trim().default(''),
    })
    .superRefine(({ dated, on }, check) => {
      if (dated === 'signed') return
      const problem = on === '' ? 'required' : !isDay(on) ? 'not-a-day' : on > today ? 'day-in-future' : null
      if (problem) check.addIssue({ code: 'custom', path: ['on'], message: problem })
    })
  const read = readForm(schema, body)
  if (read.problems) return read
  return { input: { ...read.input, on: read.input.dated === 'day' ? read.input.on : null } }
}

/** Why a change of what customers have approved is made without a notice: asked only where there is such a change. */
export function readChangeReason(body: unknown, changes: readonly ChangeKind[]): Read<string | undefined> {
  if (changes.length === 0) return { input: undefined }
  const schema = z.object({
    changeAcknowledged: z.literal('yes', { error: 'tick-to-confirm' }),
    changeBecause: text(1000),
  })
  const read = readForm(schema, body)
  return read.problems ? read : { input: read.input.changeBecause }
}

/** The version of the record the person had before them when they began to type. */
export function readVersion(body: unknown): number {
  const read = readForm(z.object({ version: wholeNumber(1, Number.MAX_SAFE_INTEGER) }), body)
  return read.problems ? 0 : read.input.version
}
