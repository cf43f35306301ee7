import { z } from 'zod'
import { choice, optionalText, readForm, text, ticked, type Read } from '../base/form.js'
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
    others: ticked(),
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

/** `others`: the same is said of the mail for the other customers it is about. `again`: it was read before, so that why it is read anew must be said. */
export function readReading(body: unknown, again: boolean): Read<ReadingInput & { others: boolean }> {
  const read = readForm(readingForm, body)
  if (read.problems) return read
  const { as, note, answeredHow, answer, reason, name, title, others } = read.input
  if (again && !reason) return { problems: [{ field: 'reason', text: 'required' }] }
  return {
    input: {
      as,
      note: (as === 'question' ? answeredHow : note) ?? null,
      answer: answer ?? null,
      reason: reason ?? null,
      name: name ?? null,
      title: title ?? null,
      others,
    },
  }
}

const attachForm = z.object({
  part: z.preprocess(
    (given) => (given === undefined || given === '' ? [] : [given].flat()),
    z.array(z.string().max(60)).max(200),
  ),
  notice: optionalText(20),
  customer: optionalText(20),
})

/** 'RQ-2026-001' */
export function readAttachingCase(body: unknown): Read<{ case: string }> {
  const read = readForm(z.object({ case: text(20) }), body)
  return read.problems ? read : { input: { case: read.input.case.toUpperCase() } }
}

type Whose = { notice: string; customer: string }

/** Chosen among what the sender is known by ('CN-2026-001/C-0001'), any number of them, or typed. */
export function readAttaching(body: unknown): Read<Whose[]> {
  const read = readForm(attachForm, body)
  if (read.problems) return read
  const { part, notice, customer } = read.input
  const chosen = part.map((each): Whose => {
    const [chosenNotice = '', chosenCustomer = ''] = each.toUpperCase().split('/')
    return { notice: chosenNotice, customer: chosenCustomer }
  })
  if (chosen.length > 0 && !notice && !customer) return { input: chosen }
  const typed = { notice: (notice ?? '').toUpperCase(), customer: (customer ?? '').toUpperCase() }
  const missing = (['notice', 'customer'] as const).filter((field) => typed[field] === '')
  if (missing.length > 0) return { problems: missing.map((field) => ({ field, text: 'required' })) }
  return { input: [...chosen, typed] }
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
