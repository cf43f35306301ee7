import { z } from 'zod'
import type { Bilingual } from '../base/context.js'
import type { Day } from '../base/day.js'
import { bilingual, choice, day, optionalDay, readForm, text, ticked, type Read } from '../base/form.js'
import { severities, type Severity } from './rules.js'

const upTo = 6000

export function readNote(body: unknown): Read<{ text: string; external: boolean }> {
  return readForm(z.object({ text: text(upTo), external: ticked() }), body)
}

export function readAnswer(body: unknown): Read<{ text: string }> {
  return readForm(z.object({ text: text(upTo) }), body)
}

export function readQuestion(body: unknown): Read<{ question: string }> {
  return readForm(z.object({ question: text(upTo) }), body)
}

export function readClosing(body: unknown): Read<{ closing: string; elsewhere: boolean; external: boolean }> {
  return readForm(z.object({ closing: text(upTo), elsewhere: ticked(), external: ticked() }), body)
}

export function readAcceptance(body: unknown): Read<{ because: string; external: boolean }> {
  return readForm(z.object({ because: text(upTo), external: ticked() }), body)
}

export function readReopening(body: unknown): Read<{ again: string; againOn: Day }> {
  return readForm(z.object({ again: text(upTo), againOn: day() }), body)
}

export function readReason(body: unknown): Read<{ reason: string }> {
  return readForm(z.object({ reason: text(2000) }), body)
}

export function readNew(
  body: unknown,
): Read<{ once: string; what: Bilingual; severity: Severity; dueOn: Day | null }> {
  const schema = z.object({
    once: text(60),
    what: bilingual(upTo),
    severity: choice(severities),
    dueOn: optionalDay(),
  })
  return readForm(schema, body)
}

/** `owner`: one of the values on offer, or none. */
export function readChange(
  body: unknown,
  owners: readonly string[],
): Read<{ owner: string; dueOn: Day; severity: Severity; why: string }> {
  const schema = z.object({
    owner: z
      .string()
      .default('')
      .refine((value) => value === '' || owners.includes(value), 'choose-one'),
    dueOn: day(),
    severity: choice(severities),
    why: text(2000),
  })
  return readForm(schema, body)
}
