import { z } from 'zod'
import type { Day } from '../base/day.js'
import type { Locale } from '../base/context.js'
import {
  choice,
  day,
  listOf,
  optionalDay,
  optionalText,
  readForm,
  text,
  wholeNumber,
  type Problem,
  type Read,
} from '../base/form.js'
import {
  changeKinds,
  gapStates,
  objectionOutcomes,
  objectionWays,
  verdicts,
  type ObjectionOutcome,
  type ObjectionWay,
  type UpstreamFacts,
  type Verdict,
} from './rules.js'

export type Received = {
  text: string | null
  from: string | null
  subject: string | null
  on: Day
  once: string
}

/** Either a file, or what was told, in words. */
export function readReceived(body: unknown, { today, files }: { today: Day; files: number }): Read<Received> {
  const schema = z.object({
    text: optionalText(40_000),
    from: optionalText(254),
    subject: optionalText(300),
    receivedOn: day().refine((value) => value <= today, 'day-in-future'),
    once: text(60),
  })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { text: words, from, subject, receivedOn, once } = read.input
  if (files === 0 && !words && !subject)
    return { problems: [{ field: 'file', text: 'upstream-file-or-text' }] }
  return {
    input: { text: words ?? null, from: from ?? null, subject: subject ?? null, on: receivedOn, once },
  }
}

/** Vendor and engagements by their references. */
export type FactsInput = Omit<UpstreamFacts, 'limitFrom' | 'vendor'> & { vendor: string }

export function readFacts(body: unknown, today: Day): Read<FactsInput> {
  const schema = z
    .object({
      vendor: text(200),
      engagements: listOf(z.string().max(20)).pipe(z.array(z.string()).max(50)),
      kinds: listOf(choice(changeKinds)).pipe(z.array(choice(changeKinds)).min(1, 'choose-at-least-one')),
      what: text(4000),
      further: optionalText(200),
      going: optionalText(20),
      startsOn: optionalDay(),
      receivedOn: day().refine((value) => value <= today, 'day-in-future'),
      objectUntil: optionalDay(),
    })
    .superRefine(({ kinds, going, objectUntil, receivedOn }, check) => {
      const need = (path: string, message: string) =>
        check.addIssue({ code: 'custom', path: [path], message })
      if (kinds.includes('removal') && !going) need('going', 'required')
      if (objectUntil !== null && objectUntil < receivedOn) need('objectUntil', 'ends-before-it-begins')
    })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { further, going, ...rest } = read.input
  return { input: { ...rest, further: further ?? null, going: going ?? null } }
}

export function readAssessment(body: unknown): Read<{ verdict: Verdict; because: string | null }> {
  const read = readForm(z.object({ verdict: choice(verdicts), because: optionalText(4000) }), body)
  if (read.problems) return read
  const { verdict, because } = read.input
  if (verdict === 'nothing-to-tell' && !because) return { problems: [{ field: 'because', text: 'say-why' }] }
  return { input: { verdict, because: because ?? null } }
}

export type ObjectionInput = {
  locale: Locale
  text: string
  how: ObjectionWay
  toName: string
  toAddress: string | null
  on: Day
}

/** A mail goes out today; what was handed in elsewhere has its own day. */
export function readObjection(body: unknown, today: Day): Read<ObjectionInput> {
  const schema = z.object({
    locale: choice(['da', 'en']),
    text: text(10_000),
    how: choice(objectionWays),
    toName: text(200),
    toAddress: optionalText(254),
    on: optionalDay().refine((value) => value === null || value <= today, 'day-in-future'),
  })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { how, toAddress, on, ...rest } = read.input
  const problems: Problem[] = []
  if (how === 'mail' && !/^[^\s<>@,;"]+@[^\s<>@,;"]+\.[^\s<>@,;".]{2,}$/.test(toAddress ?? ''))
    problems.push({ field: 'toAddress', text: 'not-an-email' })
  if (how !== 'mail' && on === null) problems.push({ field: 'on', text: 'required' })
  if (problems.length > 0) return { problems }
  return {
    input: { ...rest, how, toAddress: toAddress ?? null, on: how === 'mail' || on === null ? today : on },
  }
}

export type AnswerInput = {
  answer: { on: Day; text: string } | null
  outcome: ObjectionOutcome | null
  note: string | null
}

export function readAnswer(body: unknown, today: Day): Read<AnswerInput> {
  const schema = z.object({
    answeredOn: optionalDay().refine((value) => value === null || value <= today, 'day-in-future'),
    answer: optionalText(10_000),
    outcome: z.preprocess((value) => value || undefined, choice(objectionOutcomes).optional()),
    note: optionalText(4000),
  })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { answeredOn, answer, outcome, note } = read.input
  const problems: Problem[] = []
  if (!answer && !outcome) problems.push({ field: 'answer', text: 'required' })
  if (answer && answeredOn === null) problems.push({ field: 'answeredOn', text: 'required' })
  if ((outcome === 'refused' || outcome === 'alternative') && !note)
    problems.push({ field: 'note', text: 'say-what-we-do' })
  if (problems.length > 0) return { problems }
  return {
    input: {
      answer: answer && answeredOn ? { on: answeredOn, text: answer } : null,
      outcome: outcome ?? null,
      note: note ?? null,
    },
  }
}

export function readNote(body: unknown): Read<{ note: string }> {
  return readForm(z.object({ note: text(4000) }), body)
}

export function readLink(body: unknown): Read<{ notice: string }> {
  const notice = text(30)
    .transform((value) => value.toUpperCase())
    .pipe(z.string().regex(/^CN-\d{4}-\d{3,}$/, 'not-a-notice'))
  return readForm(z.object({ notice }), body)
}

export function readHandling(body: unknown): Read<{ days: number }> {
  return readForm(z.object({ days: wholeNumber(0, 60) }), body)
}

export type GapQuery = { q: string; state: (typeof gapStates)[number] | null; page: number }

/** An address may hold anything: what does not fit is left out. */
export function readGapQuery(query: unknown): GapQuery {
  const asked = (query ?? {}) as Record<string, unknown>
  const word = (name: string) => (typeof asked[name] === 'string' ? asked[name].trim().slice(0, 200) : '')
  return {
    q: word('q'),
    state: gapStates.find((state) => state === word('state')) ?? null,
    page: Math.max(1, Math.min(10_000, Number.parseInt(word('page'), 10) || 1)),
  }
}
