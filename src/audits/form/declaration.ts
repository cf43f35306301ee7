import { z } from 'zod'
import { confirmation } from '../../auth/form.js'
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import {
  bilingual,
  choice,
  day,
  optionalText,
  readForm,
  text,
  ticked,
  wholeNumber,
  type Read,
} from '../../base/form.js'
import type { Decision } from '../rules/audit.js'
import type { ReviewWords } from '../rules/review.js'

const longest = 10_000
const id = z.string().regex(/^[0-9a-z]{10,40}$/)

/** `participants`: one a line. Nothing has been reviewed on a day to come. */
export function readReview(body: unknown, today: Day): Read<ReviewWords & { seen: number }> {
  const read = readForm(
    z.object({
      on: day().refine((on) => on <= today, 'day-in-future'),
      participants: text(2000),
      review: bilingual(longest),
      seen: wholeNumber(0, 1_000_000),
    }),
    body,
  )
  if (read.problems) return read
  const { on, participants, review, seen } = read.input
  const names = participants
    .split('\n')
    .map((name) => name.trim())
    .filter(Boolean)
  return { input: { on, participants: names, text: review, seen } }
}

export function readDecision(body: unknown, people: readonly string[]): Read<Decision> {
  const read = readForm(
    z.object({
      once: id,
      decision: bilingual(2000),
      responsible: text(60).refine((person) => people.includes(person), 'choose-one'),
      dueOn: day(),
      about: optionalText(20),
    }),
    body,
  )
  if (read.problems) return read
  const { once, decision, responsible, dueOn, about } = read.input
  return { input: { id: once, text: decision, responsible, dueOn, about: about ?? null } }
}

export function readFreeze(body: unknown): Read<{ seen: number; lookedAt: boolean }> {
  return readForm(z.object({ seen: wholeNumber(0, 1_000_000), lookedAt: ticked() }), body)
}

export function readBecause(body: unknown): Read<{ because: string }> {
  return readForm(z.object({ because: text(2000) }), body)
}

export function readCorrection(body: unknown): Read<{ why: Bilingual }> {
  return readForm(z.object({ why: bilingual(2000) }), body)
}

export type SigningTyped = { title: string; password: string; code: string | undefined; hash: string }

/** `hash`: of what they saw. The box says that they have seen it all. */
export function readSigning(body: unknown, person: Parameters<typeof confirmation>[0]): Read<SigningTyped> {
  const read = readForm(
    z.object({
      title: text(120),
      ...confirmation(person),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      seen: ticked().refine((is) => is, 'confirm-first'),
    }),
    body,
  )
  if (read.problems) return read
  const { seen: _seen, ...signing } = read.input
  return { input: signing }
}

export function readCopy(body: unknown, today: Day): Read<{ on: Day; how: string }> {
  return readForm(z.object({ on: day().refine((on) => on <= today, 'day-in-future'), how: text(300) }), body)
}

/** What is chosen to send to: all, those a search finds, or those ticked. */
export type Chosen = { to: 'all' | 'found' | 'chosen'; q: string; ids: string[] }

const references = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,;]+/) : Array.isArray(value) ? value : []),
  z.array(z.string().max(20)).max(2000),
)

export function readChosen(query: unknown): Read<Chosen> {
  const read = readForm(
    z.object({
      to: choice(['all', 'found', 'chosen']),
      q: optionalText(200),
      ids: references.default([]),
    }),
    query,
  )
  if (read.problems) return read
  const { to, q = '', ids } = read.input
  const named = [...new Set(ids.filter((each) => /^C-\d+$/i.test(each)).map((each) => each.toUpperCase()))]
  if (to === 'chosen' && named.length === 0) return { problems: [{ field: 'ids', text: 'choose-one' }] }
  if (to === 'found' && q === '') return { problems: [{ field: 'q', text: 'required' }] }
  return { input: { to, q, ids: named } }
}

export function readSending(body: unknown): Read<Chosen & { once: string }> {
  const read = readForm(z.object({ once: id }), body)
  if (read.problems) return read
  const chosen = readChosen(body)
  return chosen.problems ? chosen : { input: { ...chosen.input, once: read.input.once } }
}
