import { z } from 'zod'
import type { Day } from '../base/day.js'
import { optionalDay, optionalText, readForm, text, ticked, type Read } from '../base/form.js'
import type { Answerable } from '../notices/rules/answers.js'
import type { Signer } from './rules/statement.js'

/** Reasons are the customer's own affair: clause 7.3 asks for none. */
export const objectionForm = z.object({ reasons: optionalText(5000) })

/** `once`: the form's own id, so that a double click is one message. */
export const messageForm = z.object({ text: text(5000), once: text(60) })

const signer = { name: text(200), title: text(200) }

/** `of`: which form of the page it is, where several ask for name and title. */
export function readSigner(body: unknown, of: string): Read<Signer> {
  const read = readForm(z.object({ [of]: z.object(signer).default({ name: '', title: '' }) }), body)
  if (read.problems) return read
  const found = read.input[of]
  return found ? { input: found } : { problems: [{ field: `${of}.name`, text: 'required' }] }
}

export const codeForm = z.object({ code: text(20) })

export const passOnForm = z.object({ to: text(60) })

/** `to`: a page below the customer's own, as pages of ours name it; anything else leads to the first one. */
export function readMailbox(body: unknown): { to: string } {
  const { to = '' } = readForm(z.object({ to: optionalText(200) }), body).input ?? {}
  const own = /^[\w%~.-]+(?:\/[\w%~.-]+){0,2}(?:\?to=[\w/-]*)?$/.test(to ?? '') && !to?.includes('..')
  return { to: own ? (to ?? '') : '' }
}

export type AnswerInput = {
  by: Signer
  lines: { line: string; answer: 'approved' | 'refused' }[]
  waive: boolean
  instruct: boolean
}

const signerForm = z.object(signer)

const answerForm = z.object({
  answers: z.record(z.string(), z.string()).default({}),
  waive: ticked(),
  instruct: ticked(),
})

/** An answer for each line that needs one, or 'later' where there are several; and something must be said at all. */
export function readAnswer(body: unknown, offered: Answerable): Read<AnswerInput> {
  const by = readForm(signerForm, body)
  const read = readForm(answerForm, body)
  if (read.problems) return read
  const { answers, waive, instruct } = read.input
  const missing = offered.approve
    .filter(
      (line) =>
        !['approved', 'refused', ...(offered.approve.length > 1 ? ['later'] : [])].includes(
          answers[line] ?? '',
        ),
    )
    .map((line) => ({ field: `answers.${line}`, text: 'choose-one' }))
  const lines = offered.approve.flatMap((line) => {
    const answer = answers[line]
    return answer === 'approved' || answer === 'refused' ? [{ line, answer } as const] : []
  })
  const given = {
    lines,
    waive: waive && offered.waive.length > 0,
    instruct: instruct && offered.instruct,
  }
  const nothing = missing.length === 0 && lines.length === 0 && !given.waive && !given.instruct
  const problems = [
    ...missing,
    ...(nothing ? [{ field: firstOffered(offered), text: 'answer-nothing' }] : []),
    ...(by.problems ?? []),
  ]
  return by.input && problems.length === 0 ? { input: { by: by.input, ...given } } : { problems }
}

function firstOffered({ approve, instruct }: Answerable): string {
  if (approve[0]) return `answers.${approve[0]}`
  return instruct ? 'instruct' : 'waive'
}

const daysForm = z.object({
  days: z.preprocess((value) => value || undefined, z.coerce.number().int().min(1).max(365).default(30)),
})

/** The notice a processor owes its own customers; 30 days unless it says otherwise. */
export function readDays(query: unknown): Read<{ days: number }> {
  return readForm(daysForm, query)
}

const togetherForm = z.object({
  customers: z.preprocess(
    (value) => (typeof value === 'string' ? [value] : (value ?? [])),
    z.array(z.string()).min(1, 'choose-some').max(1000),
  ),
  reasons: optionalText(5000),
})

/** For which of the customers a person acts who answers for several. */
export function readTogether(body: unknown): Read<{ customers: string[]; reasons?: string | undefined }> {
  return readForm(togetherForm, body)
}

/** One answer for several customers: to all that is asked of each. */
export type TogetherAnswer = {
  by: Signer
  customers: string[]
  answer: 'approved' | 'refused' | null
  waive: boolean
  instruct: boolean
}

const togetherAnswerForm = z.object({
  answer: z.preprocess((value) => value || null, z.enum(['approved', 'refused']).nullable()),
  waive: ticked(),
  instruct: ticked(),
})

/** `asked`: some of the customers have something to approve, so that an answer must be chosen unless an instruction or a waiver is given. */
export function readTogetherAnswer(body: unknown, asked: boolean): Read<TogetherAnswer> {
  const chosen = readTogether(body)
  const by = readForm(signerForm, body)
  const said = readForm(togetherAnswerForm, body)
  const nothing = said.input && !said.input.answer && !said.input.waive && !said.input.instruct
  const problems = [
    ...(chosen.problems ?? []),
    ...(said.problems ?? []),
    ...(nothing ? [{ field: asked ? 'answer' : 'instruct', text: 'answer-nothing' }] : []),
    ...(by.problems ?? []),
  ]
  if (!chosen.input || !by.input || !said.input || problems.length > 0) return { problems }
  return { input: { by: by.input, customers: chosen.input.customers, ...said.input } }
}

const listForm = z.object({ on: optionalDay() })

/** Which day's list is wanted: the one in the address, else today. */
export function readListDay(query: unknown, today: Day): Read<{ on: Day }> {
  const read = readForm(listForm, query)
  return read.problems ? read : { input: { on: read.input.on ?? today } }
}

/** How the chain is shown; a tree unless a table is asked for. */
export function readShape(query: unknown): 'tree' | 'table' {
  return (query as { as?: unknown } | null)?.as === 'table' ? 'table' : 'tree'
}
