import { z } from 'zod'
import { choice, optionalText, readForm, text, type Read } from '../base/form.js'
import { readings, shelves, type Shelf } from './rules.js'
import type { ReadingInput } from './actions/classify.js'

const readingForm = z
  .object({
    as: choice(readings),
    note: optionalText(5000),
    /** How a question was answered, when not by mail from here. */
    answeredHow: optionalText(5000),
    answer: optionalText(5000),
    reason: optionalText(1000),
    name: optionalText(200),
    title: optionalText(200),
  })
  .superRefine((value, check) => {
    // The right to approve is a person's, in a position (clause 7.2): both stand in what is registered.
    if (value.as === 'approval')
      for (const field of ['name', 'title'] as const)
        if (!value[field]) check.addIssue({ code: 'custom', path: [field], message: 'required' })
    // Answered by mail from here, or noted how it was.
    if (value.as === 'question' && !value.answer && !value.answeredHow)
      check.addIssue({ code: 'custom', path: ['answer'], message: 'reply-answer-or-note' })
  })

/** `again`: it was read before, so that why it is read anew must be said. */
export function readReading(body: unknown, again: boolean): Read<ReadingInput> {
  const read = readForm(readingForm, body)
  if (read.problems) return read
  const { as, note, answeredHow, answer, reason, name, title } = read.input
  if (again && !reason) return { problems: [{ field: 'reason', text: 'required' }] }
  return {
    input: {
      as,
      note: (as === 'question' ? answeredHow : note) ?? null,
      answer: answer ?? null,
      reason: reason ?? null,
      name: name ?? null,
      title: title ?? null,
    },
  }
}

const attachForm = z.object({
  part: optionalText(60),
  notice: optionalText(20),
  customer: optionalText(20),
})

/** Chosen among what the sender is known by ('CN-2026-001/C-0001'), or typed. */
export function readAttaching(body: unknown): Read<{ notice: string; customer: string }> {
  const read = readForm(attachForm, body)
  if (read.problems) return read
  const { part, notice, customer } = read.input
  const [chosenNotice, chosenCustomer] = (part ?? '').split('/')
  const wanted = {
    notice: (notice ?? chosenNotice ?? '').toUpperCase(),
    customer: (customer ?? chosenCustomer ?? '').toUpperCase(),
  }
  const missing = (['notice', 'customer'] as const).filter((field) => wanted[field] === '')
  if (missing.length > 0) return { problems: missing.map((field) => ({ field, text: 'required' })) }
  return { input: wanted }
}

export function readDismissal(body: unknown): Read<{ reason: string }> {
  return readForm(z.object({ reason: text(1000) }), body)
}

export type ReplyQuery = { shelf: Shelf | null; q: string; page: string | undefined }

/** What of the list is to be shown. Without a word: what waits to be read. */
export function readReplyQuery(query: Record<string, unknown>): ReplyQuery {
  const one = (name: string) => (typeof query[name] === 'string' ? query[name].slice(0, 500).trim() : '')
  const show = one('show')
  const shelf = show === 'all' ? null : (shelves.find((known) => known === show) ?? 'waiting')
  return { shelf, q: one('q'), page: one('page') || undefined }
}
