import { z } from 'zod'
import type { Day } from '../base/day.js'
import type { Bilingual } from '../base/context.js'
import { bilingual, choice, day, optionalDay, readForm, text, type Read } from '../base/form.js'
import { channels, type Channel } from './rules.js'

const past = (today: Day) => day().refine((value) => value <= today, 'day-in-future')

export type OpenInput = { engagement: string; since: Day; discoveredOn: Day; how: string; once: string }

export function readOpening(body: unknown, today: Day): Read<OpenInput> {
  const schema = z
    .object({
      engagement: text(40),
      since: past(today),
      discoveredOn: past(today),
      how: text(4000),
      once: text(60),
    })
    .superRefine(({ since, discoveredOn }, check) => {
      if (discoveredOn < since)
        check.addIssue({ code: 'custom', path: ['discoveredOn'], message: 'ends-before-it-begins' })
    })
  return readForm(schema, body)
}

export function readStop(body: unknown, today: Day): Read<{ stoppedOn: Day; stoppedHow: string }> {
  return readForm(z.object({ stoppedOn: past(today), stoppedHow: text(2000) }), body)
}

export function readWords(body: unknown): Read<{ what: Bilingual; done: Bilingual }> {
  return readForm(z.object({ what: bilingual(6000), done: bilingual(6000) }), body)
}

export function readAdding(
  body: unknown,
  today: Day,
): Read<{ customer: string; from: Day; because: string }> {
  return readForm(z.object({ customer: text(200), from: past(today), because: text(2000) }), body)
}

export function readReason(body: unknown): Read<{ because: string }> {
  return readForm(z.object({ because: text(2000) }), body)
}

export function readTold(body: unknown, today: Day): Read<{ channel: Channel; on: Day }> {
  return readForm(z.object({ channel: choice(channels), on: past(today) }), body)
}

export function readLesson(body: unknown): Read<{ lesson: string }> {
  return readForm(z.object({ lesson: text(6000) }), body)
}

/** The day a link from somewhere else proposes. */
export function readProposed(query: unknown): { engagement: string; since: Day | null } {
  const read = readForm(z.object({ engagement: z.string().max(40).default(''), since: optionalDay() }), query)
  return read.problems ? { engagement: '', since: null } : read.input
}
