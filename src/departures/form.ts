import { z } from 'zod'
import {
  choice,
  day,
  listOf,
  optionalDay,
  optionalText,
  readForm,
  text,
  wholeNumber,
  type Read,
} from '../base/form.js'
import type { Day } from '../base/day.js'
import { choices, type DepartureSettings, type Handling, type Retention } from './rules.js'

const upTo = 4000
const points = () => listOf(z.string().max(80)).pipe(z.array(z.string()).min(1, 'choose-one').max(500))

export type AnswerForm = {
  points: string[]
  outcome: 'done' | 'kept'
  on: Day
  how: string
  by: string
  retention: Retention | null
  known: string | null
}

/**
 * What was done at those points. With something the law keeps: the rule, known or in own words, which data, and until when; the
 * words of a known rule are filled in from the settings.
 */
export function readAnswer(
  body: unknown,
  settings: DepartureSettings,
  locale: 'da' | 'en',
): Read<AnswerForm> {
  const schema = z
    .object({
      points: points(),
      outcome: choice(['done', 'kept']),
      on: day(),
      how: text(upTo),
      by: text(200),
      known: optionalText(80),
      rule: optionalText(600),
      data: optionalText(1000),
      until: optionalDay(),
    })
    .superRefine((input, check) => {
      if (input.outcome === 'done') return
      const known = settings.retentions.some(({ id }) => id === input.known)
      if (!known && !input.rule) check.addIssue({ code: 'custom', path: ['rule'], message: 'required' })
      if (!known && !input.data) check.addIssue({ code: 'custom', path: ['data'], message: 'required' })
      if (input.until === null) check.addIssue({ code: 'custom', path: ['until'], message: 'required' })
    })
    .transform(({ rule, data, until, known, ...input }): AnswerForm => {
      const found = settings.retentions.find(({ id }) => id === known)
      const kept = input.outcome === 'kept' && until !== null
      return {
        ...input,
        known: kept && found ? found.id : null,
        retention: kept
          ? {
              rule: rule ?? found?.rule[locale] ?? '',
              data: data ?? found?.data[locale] ?? '',
              until,
            }
          : null,
      }
    })
  return readForm(schema, body)
}

export function readPoints(body: unknown): Read<{ points: string[] }> {
  return readForm(z.object({ points: points() }), body)
}

export function readBecause(body: unknown): Read<{ points: string[]; because: string }> {
  return readForm(z.object({ points: points(), because: text(upTo) }), body)
}

export function readDay(body: unknown): Read<{ points: string[]; dueOn: Day; because: string }> {
  return readForm(z.object({ points: points(), dueOn: day(), because: text(upTo) }), body)
}

/** By the customer on its page: what, and who says so on its behalf. */
export function readChoice(
  body: unknown,
): Read<{ handling: (typeof choices)[number]; name: string; title: string }> {
  return readForm(z.object({ handling: choice(choices), name: text(200), title: text(200) }), body)
}

/** Said to us by letter or telephone: by whom, and where it stands. */
export function readChoiceOfStaff(body: unknown): Read<{ handling: Handling; name: string; note: string }> {
  return readForm(z.object({ handling: choice(choices), name: text(200), note: text(upTo) }), body)
}

export function readReason(body: unknown): Read<{ reason: string }> {
  return readForm(z.object({ reason: text(upTo) }), body)
}

/** Of a customer or of an engagement: one of the two. */
export function readNew(
  body: unknown,
): Read<{ once: string; customer: string | null; engagement: string | null; endedOn: Day }> {
  const schema = z
    .object({
      once: text(60),
      customer: optionalText(60),
      engagement: optionalText(60),
      endedOn: day(),
    })
    .superRefine(({ customer, engagement }, check) => {
      if ((customer === undefined) === (engagement === undefined))
        check.addIssue({ code: 'custom', path: ['customer'], message: 'departure-one-of-two' })
    })
    .transform(({ once, customer, engagement, endedOn }) => ({
      once,
      customer: customer ?? null,
      engagement: engagement ?? null,
      endedOn,
    }))
  return readForm(schema, body)
}

const mostRetentions = 12

export function readSettings(body: unknown): Read<DepartureSettings> {
  const words = z.object({ da: optionalText(600), en: optionalText(600) })
  const row = z.object({
    id: optionalText(60),
    rule: words,
    data: words,
    months: optionalText(4),
  })
  const schema = z
    .object({
      daysToChoose: wholeNumber(0, 90),
      daysToDelete: wholeNumber(1, 365),
      daysForBackups: wholeNumber(1, 730),
      retentions: z.preprocess(
        (value) => (Array.isArray(value) ? value : Object.values((value as object | undefined) ?? {})),
        z.array(row).max(mostRetentions),
      ),
    })
    .superRefine(({ retentions }, check) => {
      for (const [place, { rule, data, months }] of retentions.entries()) {
        const given = [rule.da, rule.en, data.da, data.en]
        if (given.every((each) => each === undefined)) continue
        for (const [field, value] of [
          ['rule.da', rule.da],
          ['rule.en', rule.en],
          ['data.da', data.da],
          ['data.en', data.en],
        ] as const)
          if (value === undefined)
            check.addIssue({
              code: 'custom',
              path: ['retentions', place, ...field.split('.')],
              message: 'required',
            })
        const count = Number(months)
        if (!/^\d+$/.test(months ?? '') || count < 1 || count > 120)
          check.addIssue({
            code: 'custom',
            path: ['retentions', place, 'months'],
            message: 'not-in-range|least=1|most=120',
          })
      }
    })
    .transform(({ retentions, ...days }): DepartureSettings => ({
      ...days,
      retentions: retentions.flatMap(({ id, rule, data, months }, place) =>
        rule.da && rule.en && data.da && data.en
          ? [
              {
                id: id ?? `rule-${place + 1}`,
                rule: { da: rule.da, en: rule.en },
                data: { da: data.da, en: data.en },
                months: Number(months),
              },
            ]
          : [],
      ),
    }))
  return readForm(schema, body)
}
