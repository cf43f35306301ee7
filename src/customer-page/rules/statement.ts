/** What a contact confirms with a code from its mailbox, and who may. */
import { z } from 'zod'
import { choices } from '../../departures/rules.js'

/** The person who speaks for the customer. */
export type Signer = { name: string; title: string }

/**
 * As it stood on the page, word for word, when the code was asked for: the code confirms this and nothing else.
 * Kept with the code; `words` also goes into the mail with the code, so that who is sent one sees what it would confirm.
 */
const common = { by: z.object({ name: z.string(), title: z.string() }), words: z.array(z.string()) }

const said = {
  lines: z.array(z.object({ line: z.string(), answer: z.enum(['approved', 'refused']) })),
  waive: z.array(z.string()),
  instruction: z.object({ countries: z.array(z.string()), words: z.string() }).nullable(),
}

const statementShape = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('answer'), notice: z.string(), ...said }),
  // For several customers of one person: each with what is said about its own part.
  z.object({
    ...common,
    kind: z.literal('answers'),
    notice: z.string(),
    parts: z.array(z.object({ customer: z.string(), words: z.array(z.string()), ...said })),
  }),
  z.object({ ...common, kind: z.literal('withdraw'), notice: z.string(), objection: z.string() }),
  z.object({
    ...common,
    kind: z.literal('remedied'),
    notice: z.string(),
    objection: z.string(),
    remedy: z.string(),
  }),
  // D.1: what the customer orders beyond the agreement; `answer`: the offer it has read.
  z.object({ ...common, kind: z.literal('order'), request: z.string(), answer: z.string() }),
  // 28(3)(g), clause 11: what becomes of its data when a service has ended.
  z.object({ ...common, kind: z.literal('handling'), departure: z.string(), handling: z.enum(choices) }),
  // Binds nobody: the person reads that mailbox, so the others of its customers may be shown. `to`: where it was asked.
  z.object({ ...common, kind: z.literal('mailbox'), to: z.string() }),
])
export type Statement = z.output<typeof statementShape>
export type AnswerStatement = Extract<Statement, { kind: 'answer' }>
export type AnswersStatement = Extract<Statement, { kind: 'answers' }>
export type OrderStatement = Extract<Statement, { kind: 'order' }>
export type HandlingStatement = Extract<Statement, { kind: 'handling' }>
export type MailboxStatement = Extract<Statement, { kind: 'mailbox' }>
/** Those that are not about a notice. */
export type CaseStatement = OrderStatement | HandlingStatement | MailboxStatement
export type Part = AnswersStatement['parts'][number]

export function readStatement(what: unknown): Statement {
  return statementShape.parse(what)
}

/** Below the customer's page: where what was confirmed is shown. */
export function pathOf(statement: Statement): string {
  if (statement.kind === 'order') return `requests/${statement.request}`
  if (statement.kind === 'handling') return `departures/${statement.departure}`
  if (statement.kind === 'mailbox') return statement.to
  if (statement.kind === 'answers') return `together/${statement.notice}`
  return statement.kind === 'answer' ? `notices/${statement.notice}` : `objections/${statement.objection}`
}

/** 'jens@kunde.example' as 'j…@kunde.example': enough to know one's mailbox by, for whoever was forwarded a link not all of it. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, Math.min(1, at))}…${address.slice(at)}`
}
