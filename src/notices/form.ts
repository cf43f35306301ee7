import { z } from 'zod'
import { endOfDay, type Day } from '../base/day.js'
import {
  bilingual,
  choice,
  day,
  optionalText,
  readForm,
  text,
  ticked,
  type Problem,
  type Read,
} from '../base/form.js'
import type { Bilingual } from '../base/context.js'
import { instantAt } from '../base/day.js'
import { correctedFor, correctedSchema } from './form/corrected.js'
import type { Corrected } from './rules/correction.js'
import { isChangedKind } from './rules/kinds.js'
import { asksApproved, goLives, lineKinds, type GoLive, type LineKind } from './rules/notice.js'
import { channels, writtenChannels, type Channel } from './rules/recipient.js'

/** Engagements by their references. */
export type LineInput = {
  kind: LineKind
  engagement: string
  replaces: string | null
  /** Of a correction: what is put right. */
  corrected?: Corrected | undefined
}

export type DraftInput = {
  lines: LineInput[]
  why: Bilingual
  /** Empty texts are filled in from the register. */
  safeguards: Bilingual
  plannedStart: Day
  goLive: GoLive
  togetherBecause: Bilingual | null
}

const longest = 4000

const lineSchema = z.object({
  kind: choice(lineKinds),
  engagement: optionalText(20),
  replaces: optionalText(20),
  corrected: correctedSchema.optional(),
})

const draftSchema = z
  .object({
    lines: z.array(lineSchema).max(20).default([]),
    why: bilingual(longest),
    safeguards: z.object({ da: optionalText(longest), en: optionalText(longest) }),
    plannedStart: day(),
    goLive: choice(goLives),
    togetherBecause: z
      .object({ da: optionalText(longest), en: optionalText(longest) })
      .default({ da: undefined, en: undefined }),
  })
  .superRefine((value, check) => {
    const need = (path: (string | number)[], message = 'required') =>
      check.addIssue({ code: 'custom', path, message })
    // A row that was left empty asks for nothing, but one line there must be.
    if (!value.lines.some(({ engagement }) => engagement))
      need(['lines', 0, 'engagement'], 'notice-line-missing')
    value.lines.forEach((line, row) => {
      if (line.engagement && line.kind === 'replacement' && !line.replaces) need(['lines', row, 'replaces'])
      if (line.engagement && mayReplace(line.kind) && line.replaces === line.engagement)
        need(['lines', row, 'replaces'], 'notice-replaces-itself')
    })
    const chosen = value.lines.flatMap(({ engagement }, row) => (engagement ? [{ engagement, row }] : []))
    for (const { engagement, row } of chosen)
      if (chosen.some((other) => other.row < row && other.engagement === engagement))
        need(['lines', row, 'engagement'], 'notice-line-twice')
    if (value.goLive === 'together')
      for (const locale of ['da', 'en'] as const)
        if (!value.togetherBecause[locale]) need(['togetherBecause', locale])
  })

export function readDraft(body: unknown): Read<DraftInput> {
  const { input, problems } = readForm(draftSchema, body)
  if (problems) return { problems }
  const { da, en } = input.togetherBecause
  return {
    input: {
      ...input,
      lines: input.lines.flatMap(({ kind, engagement, replaces, corrected }) =>
        engagement
          ? [
              {
                kind,
                engagement,
                replaces: mayReplace(kind) ? (replaces ?? null) : null,
                ...(kind === 'correction' ? { corrected: correctedFor(engagement, corrected) } : {}),
              },
            ]
          : [],
      ),
      safeguards: { da: input.safeguards.da ?? '', en: input.safeguards.en ?? '' },
      togetherBecause: input.goLive === 'together' ? { da: da ?? '', en: en ?? '' } : null,
    },
  }
}

/** With a change it is the engagement that is continued; the register mostly knows it. */
export function mayReplace(kind: LineKind): boolean {
  return kind === 'replacement' || isChangedKind(kind)
}

/** The engagements a line may name, by reference. */
export type Offered = { comes: ReadonlySet<string>; goes: ReadonlySet<string> }

export function lineProblems(lines: readonly LineInput[], offered: Offered): Problem[] {
  return lines.flatMap(({ kind, engagement, replaces }, row) => {
    const fits = (asksApproved(kind) ? offered.goes : offered.comes).has(engagement)
    return [
      ...(fits ? [] : [{ field: `lines.${row}.engagement`, text: `notice-not-offered-${kind}` }]),
      ...(replaces === null || offered.goes.has(replaces)
        ? []
        : [{ field: `lines.${row}.replaces`, text: 'notice-not-offered-replaced' }]),
    ]
  })
}

export type IssueInput = { version: number; otherChannel: boolean; laterStart: boolean }

const version = () => text(10).transform(Number).pipe(z.number().int().min(0, 'invalid'))

export function readIssue(body: unknown): Read<IssueInput> {
  return readForm(z.object({ version: version(), otherChannel: ticked(), laterStart: ticked() }), body)
}

export function readWithdrawal(body: unknown): Read<{ because: Bilingual }> {
  return readForm(z.object({ because: bilingual(longest) }), body)
}

const time = () =>
  optionalText(5).refine(
    (value) => value === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(value),
    'not-a-time',
  )

/** Without a time of day the doubt is the customer's: the end of the day. */
function instantOf(on: Day, at: string | undefined, zone: string): Date {
  return at === undefined ? new Date(endOfDay(on, zone).getTime() - 1000) : instantAt(on, at, zone)
}

type When = { now: Date; zone: string }

function notLater(at: Date, now: Date, field: string): Problem[] {
  return at > now ? [{ field, text: 'day-in-future' }] : []
}

export type DeliveryInput = { channel: Channel; at: Date }

export function readDelivery(body: unknown, { now, zone }: When): Read<DeliveryInput> {
  const read = readForm(z.object({ channel: choice(writtenChannels), on: day(), time: time() }), body)
  if (read.problems) return read
  const { channel, on, time: clock } = read.input
  const at = instantOf(on, clock, zone)
  const earliest = at > now && clock === undefined && instantAt(on, '00:00', zone) <= now ? now : at
  const problems = notLater(earliest, now, 'on')
  return problems.length > 0 ? { problems } : { input: { channel, at: earliest } }
}

export type AnswerInput = {
  answer: 'approved' | 'refused' | 'no-answer'
  lines: string[]
  channel: Channel | null
  at: Date
  on: Day
  by: { name: string; title: string } | null
  waivesRest: boolean
}

const answerSchema = z
  .object({
    answer: choice(['approved', 'refused', 'no-answer']),
    line: optionalText(40),
    channel: z.preprocess((value) => value || undefined, choice(channels).optional()),
    on: day(),
    time: time(),
    name: optionalText(200),
    title: optionalText(200),
    waivesRest: ticked(),
  })
  .superRefine((value, check) => {
    if (value.answer === 'no-answer') return
    for (const field of ['channel', 'name', 'title'] as const)
      if (!value[field]) check.addIssue({ code: 'custom', path: [field], message: 'required' })
  })

/** An answer the customer gave outside its page, as staff registers it. `line` empty: all that were asked about. */
export function readAnswer(body: unknown, { now, zone }: When): Read<AnswerInput> {
  const read = readForm(answerSchema, body)
  if (read.problems) return read
  const { answer, line, channel, on, time: clock, name, title, waivesRest } = read.input
  const end = instantOf(on, clock, zone)
  const at = clock === undefined && end > now && instantAt(on, '00:00', zone) <= now ? now : end
  const problems = notLater(at, now, 'on')
  if (problems.length > 0) return { problems }
  return {
    input: {
      answer,
      lines: line ? [line] : [],
      channel: channel ?? null,
      at,
      on,
      by: name && title ? { name, title } : null,
      waivesRest: answer === 'approved' && waivesRest,
    },
  }
}

export function readDay(body: unknown, today: Day): Read<{ on: Day }> {
  return readForm(z.object({ on: day().refine((value) => value <= today, 'day-in-future') }), body)
}
