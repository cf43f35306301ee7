import { z } from 'zod'
import { addDays, type Day } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import {
  choice,
  day,
  email,
  listOf,
  optionalText,
  readForm,
  text,
  wholeNumber,
  type Read,
} from '../../base/form.js'
import {
  possibleEquivalents,
  shows,
  statementKinds,
  type Show,
  type SortOf,
  type StatementFilter,
  type Terms,
} from '../rules.js'

export type NewInput = { vendor: string; receivedOn: Day; fromName: string; note: string; replaces: string }

export function readNew(body: unknown, { today, files }: { today: Day; files: number }): Read<NewInput> {
  const schema = z.object({
    vendor: text(300),
    receivedOn: day().refine((value) => value <= today, 'day-in-future'),
    fromName: optionalText(200),
    note: optionalText(2000),
    replaces: optionalText(30),
  })
  const read = readForm(schema, body)
  if (files === 0) return { problems: [{ field: 'file', text: 'choose-file' }, ...(read.problems ?? [])] }
  if (read.problems) return read
  const { fromName = '', note = '', replaces = '', ...rest } = read.input
  return { input: { ...rest, fromName, note, replaces } }
}

export type RequestInput = {
  vendor: string
  what: string
  name: string
  email: string
  locale: Locale
  dueOn: Day
  once: string
}

const furthest = 400

export function readRequest(body: unknown, today: Day): Read<RequestInput> {
  const schema = z.object({
    vendor: text(300),
    what: text(300),
    name: text(200),
    email: email(),
    locale: choice(['da', 'en']),
    dueOn: day()
      .refine((value) => value > today, 'statement-due-later')
      .refine((value) => value <= addDays(today, furthest), 'statement-due-too-far'),
    once: text(60),
  })
  return readForm(schema, body)
}

export function readUpload(body: unknown, files: number): Read<{ note: string }> {
  const read = readForm(z.object({ note: optionalText(2000) }), body)
  if (files === 0) return { problems: [{ field: 'file', text: 'choose-file' }] }
  return read.problems ? read : { input: { note: read.input.note ?? '' } }
}

export type SettingsForm = { terms: Terms; equivalents: SortOf[]; clause: string }

export function readSettingsForm(body: unknown): Read<SettingsForm> {
  const schema = z
    .object({
      cycle: wholeNumber(6, 36),
      issue: wholeNumber(0, 12),
      bridge: wholeNumber(0, 6),
      typeOne: wholeNumber(1, 24),
      equivalents: listOf(choice(possibleEquivalents)),
      clause: optionalText(300),
    })
    .superRefine(({ equivalents, clause }, check) => {
      // C.2 names one kind: another counts only where the agreement says so.
      if (equivalents.length > 0 && !clause)
        check.addIssue({ code: 'custom', path: ['clause'], message: 'say-on-what-it-stands' })
    })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { equivalents, clause, ...terms } = read.input
  return { input: { terms, equivalents, clause: clause ?? '' } }
}

/** An address may hold anything: what does not fit is left out. */
export function readFilter(query: unknown): StatementFilter & { cursor: string | undefined } {
  const asked = (query ?? {}) as Record<string, unknown>
  const word = (name: string) => (typeof asked[name] === 'string' ? asked[name].trim().slice(0, 300) : '')
  const sorts = ['received', 'vendor', 'expected'] as const
  return {
    q: word('q').slice(0, 200),
    show: shows.find((show): show is Show => show === word('show')) ?? 'all',
    kind: statementKinds.find((kind) => kind === word('kind')) ?? null,
    sort: sorts.find((sort) => sort === word('sort')) ?? 'received',
    cursor: word('page') || undefined,
  }
}
