import { z } from 'zod'
import type { Bilingual } from '../base/context.js'
import type { Day } from '../base/day.js'
import {
  bilingual,
  choice,
  day,
  listOf,
  optionalText,
  readForm,
  text,
  type Problem,
  type Read,
} from '../base/form.js'
import {
  instructionChannels,
  instructionSubjects,
  type InstructionChannel,
  type InstructionSubject,
} from './rules.js'

export type InstructionForm = {
  once: string
  customer: string
  subject: InstructionSubject
  engagement: string | null
  service: string | null
  countries: string[]
  text: string
  name: string
  title: string
  channel: Exclude<InstructionChannel, 'page'>
  givenOn: Day
  replaces: string | null
}

/** `services`, `countries`: what can be chosen. `files`: how many came along; clause 4.1 asks for one at least. */
export function readInstruction(
  body: unknown,
  {
    today,
    files,
    services,
    countries,
  }: { today: Day; files: number; services: readonly string[]; countries: readonly string[] },
): Read<InstructionForm> {
  const orNull = (most: number) => optionalText(most).transform((value) => value ?? null)
  const schema = z.object({
    once: text(60),
    customer: text(60),
    subject: choice(instructionSubjects),
    engagement: orNull(60),
    service: orNull(60).refine((value) => value === null || services.includes(value), 'choose-one'),
    countries: listOf(z.string().refine((value) => countries.includes(value), 'choose-one')),
    text: text(6000),
    name: text(200),
    title: optionalText(200).transform((value) => value ?? ''),
    channel: choice(instructionChannels),
    givenOn: day().refine((value) => value <= today, 'day-in-future'),
    replaces: orNull(20),
  })
  const read = readForm(schema, body)
  const missing: Problem[] = files === 0 ? [{ field: 'files', text: 'required' }] : []
  if (read.problems) return { problems: [...read.problems, ...missing] }
  return missing.length > 0 ? { problems: missing } : read
}

export function readEnd(body: unknown): Read<{ on: Day; because: string }> {
  return readForm(z.object({ on: day(), because: text(2000) }), body)
}

export function readVersionLine(
  body: unknown,
  today: Day,
): Read<{ number: string; change: Bilingual; publishedOn: Day }> {
  const schema = z.object({
    number: text(20),
    change: bilingual(1000),
    publishedOn: day().refine((value) => value <= today, 'day-in-future'),
  })
  return readForm(schema, body)
}
