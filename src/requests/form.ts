import { z } from 'zod'
import type { Day } from '../base/day.js'
import {
  choice,
  day,
  listOf,
  optionalDay,
  optionalText,
  readForm,
  text,
  ticked,
  wholeNumber,
  type Read,
} from '../base/form.js'
import { kindRules, requestKinds, staffChannels, type RequestKind, type RequestTerms } from './rules.js'

const upTo = 6000
const time = optionalText(5).pipe(
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not-a-time')
    .optional(),
)

export type AskedFor = {
  once: string
  text: string | null
  engagements: string[]
  subjectAskedOn: Day | null
  wishedOn: Day | null
  authority: string | null
  instruction: string | null
}

/** What a request of that kind says, whoever fills it in. `offered`: the engagements that can be chosen. */
function said(kind: RequestKind, today: Day, offered: readonly string[]) {
  const { details, words } = kindRules[kind]
  const has = (detail: (typeof details)[number]) => details.includes(detail)
  const none = z
    .unknown()
    .optional()
    .transform(() => null)
  return {
    once: text(60),
    text: (words === 'needed' ? text(upTo) : optionalText(upTo)).transform((value) => value ?? null),
    engagements: has('engagements')
      ? listOf(z.string().refine((value) => offered.includes(value), 'choose-one'))
      : z
          .unknown()
          .optional()
          .transform((): string[] => []),
    subjectAskedOn: has('subject-day')
      ? optionalDay().refine((value) => value === null || value <= today, 'day-in-future')
      : none,
    wishedOn: has('wished-day')
      ? optionalDay().refine((value) => value === null || value >= today, 'day-in-past')
      : none,
    authority: has('authority') ? optionalText(200).transform((value) => value ?? null) : none,
    instruction: has('instruction')
      ? optionalText(20).transform((value) => value?.toUpperCase() ?? null)
      : none,
  }
}

/** On the customer's page. */
export function readAsked(
  body: unknown,
  kind: RequestKind,
  { today, offered }: { today: Day; offered: readonly string[] },
): Read<AskedFor> {
  return readForm(z.object(said(kind, today, offered)), body)
}

export type Registered = AskedFor & {
  customer: string
  channel: (typeof staffChannels)[number]
  askedBy: string
  receivedOn: Day
  receivedTime?: string | undefined
  filesFor: 'us' | 'customer'
}

/** Unless staff says otherwise what it puts on file is seen by staff only. */
const filesFor = optionalText(20).transform((value) =>
  value === 'customer' ? ('customer' as const) : ('us' as const),
)

/** Staff takes down what came by letter, mail or call: it cannot have come tomorrow. */
export function readRegistered(body: unknown, kind: RequestKind, today: Day): Read<Registered> {
  const schema = z.object({
    ...said(kind, today, []),
    customer: text(60),
    channel: choice(staffChannels),
    askedBy: text(200),
    receivedOn: day().refine((value) => value <= today, 'day-in-future'),
    receivedTime: time,
    filesFor,
  })
  return readForm(schema, body)
}

/** What we begin ourselves. */
export function readBegun(
  body: unknown,
  kind: RequestKind,
  today: Day,
): Read<AskedFor & { customer: string; receivedOn: Day; filesFor: 'us' | 'customer' }> {
  const schema = z.object({
    ...said(kind, today, []),
    customer: text(60),
    receivedOn: day().refine((value) => value <= today, 'day-in-future'),
    filesFor,
  })
  return readForm(schema, body)
}

/** `owners`: people who may work on it. */
export function readTaking(
  body: unknown,
  owners: readonly string[],
): Read<{ owner: string; assessment: string | null; dueOn: Day; because: string | null }> {
  const schema = z.object({
    owner: z
      .string()
      .default('')
      .refine((value) => owners.includes(value), 'choose-one'),
    assessment: optionalText(upTo).transform((value) => value ?? null),
    dueOn: day(),
    because: optionalText(2000).transform((value) => value ?? null),
  })
  return readForm(schema, body)
}

export function readAnswer(body: unknown): Read<{ answer: string; copies: string[]; declaration: string }> {
  const schema = z.object({
    answer: optionalText(upTo).transform((value) => value ?? ''),
    copies: listOf(z.string()),
    declaration: optionalText(60).transform((value) => value ?? ''),
  })
  return readForm(schema, body)
}

export function readDecline(body: unknown): Read<{ decline: string }> {
  return readForm(z.object({ decline: text(upTo) }), body)
}

export function readWithdrawal(body: unknown): Read<{ withdrawal: string }> {
  return readForm(z.object({ withdrawal: text(2000) }), body)
}

export function readMessage(
  body: unknown,
): Read<{ once: string; direction: 'to-customer' | 'from-customer' | 'internal'; message: string }> {
  const schema = z.object({
    once: text(60),
    direction: choice(['to-customer', 'from-customer', 'internal']),
    message: text(upTo),
  })
  return readForm(schema, body)
}

/** What the customer writes on its page. */
export function readOwnMessage(body: unknown): Read<{ once: string; message: string }> {
  return readForm(z.object({ once: text(60), message: text(upTo) }), body)
}

export function readConfirmation(body: unknown): Read<{ confirmName: string; confirmTitle: string }> {
  const schema = z.object({
    confirmName: text(200),
    confirmTitle: optionalText(200).transform((value) => value ?? ''),
  })
  return readForm(schema, body)
}

/** Days for each kind; where a box is ticked they are business days. What equals the table is left to the table. */
export function readTerms(body: unknown): Read<{ terms: RequestTerms; because: string }> {
  const each = z.object({ length: wholeNumber(1, 365), business: ticked() })
  const shape = Object.fromEntries(requestKinds.map((kind) => [kind, each])) as Record<
    RequestKind,
    typeof each
  >
  const read = readForm(z.object({ days: z.object(shape), because: text(2000) }), body)
  if (read.problems) return read
  const terms: RequestTerms = {}
  for (const kind of requestKinds) {
    const { length, business } = read.input.days[kind]
    const unit = business ? 'business-days' : 'days'
    const { due } = kindRules[kind]
    if (due.length !== length || due.unit !== unit) terms[kind] = { length, unit }
  }
  return { input: { terms, because: read.input.because } }
}
