import { z } from 'zod'
import {
  choice,
  optionalText,
  readForm,
  text,
  wholeNumber,
  type Problem,
  type Read,
} from '../../base/form.js'
import { severities } from '../../findings/rules.js'
import { rowsOf } from '../../register/form/rows.js'
import {
  checkAnswers,
  checkPoints,
  mayNotApply,
  pointsFor,
  verdicts,
  type Checklist,
  type CuecState,
  type ExceptionState,
  type Relevance,
  type StatementKind,
  type Verdict,
} from '../rules.js'
import type { Severity } from '../../findings/rules.js'

const unless = <Words extends readonly [string, ...string[]]>(words: Words) =>
  z.preprocess((value) => (value === '' ? undefined : value), choice(words).optional())

export const cuecStates = ['open', 'in-place', 'not-relevant'] as const satisfies readonly CuecState[]
export const exceptionStates = ['open', 'fixed', 'accepted'] as const satisfies readonly ExceptionState[]
export const relevances = ['relevant', 'not-relevant'] as const satisfies readonly Relevance[]

const always = ['id'] as const
const id = z.string().max(40)

const exception = z.object({
  id,
  relevance: unless(relevances),
  why: optionalText(2000),
  followUp: optionalText(2000),
  severity: unless(severities),
})
const subservice = z.object({ id, vendor: optionalText(60), note: optionalText(1000) })
const cuec = z.object({ id, owner: optionalText(60), state: choice(cuecStates), note: optionalText(1000) })

export type ReviewInput = {
  checklist: Checklist
  exceptions: { id: string; relevance: Relevance | null; why: string; followUp: string; severity: Severity }[]
  subservices: { id: string; vendor: string | null; note: string }[]
  cuecs: { id: string; owner: string | null; state: CuecState; note: string }[]
  seen: number
}

/** A review may be kept half done: what is still open stops the conclusion, not the keeping. */
export function readReview(body: unknown, kind: StatementKind): Read<ReviewInput> {
  const points = z.object(
    Object.fromEntries(
      checkPoints.map((point) => [
        point,
        z.object({ answer: unless(checkAnswers), note: optionalText(2000) }).optional(),
      ]),
    ),
  )
  const schema = z.object({
    check: points.default({}),
    exceptions: rowsOf(exception, always),
    subservices: rowsOf(subservice, always),
    cuecs: rowsOf(cuec, always),
    version: wholeNumber(0, 1_000_000),
  })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { check, exceptions, subservices, cuecs, version } = read.input
  const problems: Problem[] = []
  const checklist: Checklist = {}
  for (const point of pointsFor(kind)) {
    const { answer, note = '' } = check[point] ?? {}
    if (answer === undefined) continue
    if (answer !== 'yes' && note === '') problems.push({ field: `check.${point}.note`, text: 'say-why' })
    if (answer === 'not-applicable' && !mayNotApply(point))
      problems.push({ field: `check.${point}.answer`, text: 'choose-one' })
    checklist[point] = { answer, note }
  }
  exceptions.forEach(({ relevance, why, followUp }, row) => {
    if (relevance !== undefined && !why) problems.push({ field: `exceptions.${row}.why`, text: 'say-why' })
    if (relevance === 'relevant' && !followUp)
      problems.push({ field: `exceptions.${row}.followUp`, text: 'say-what-we-do' })
  })
  cuecs.forEach(({ state, owner }, row) => {
    if (state === 'open' && !owner) problems.push({ field: `cuecs.${row}.owner`, text: 'choose-one' })
  })
  if (problems.length > 0) return { problems }
  return {
    input: {
      checklist,
      exceptions: exceptions.map(
        ({ relevance = null, why = '', followUp = '', severity = 'medium', ...rest }) => ({
          ...rest,
          relevance,
          why,
          followUp,
          severity,
        }),
      ),
      subservices: subservices.map(({ vendor = null, note = '', ...rest }) => ({ ...rest, vendor, note })),
      cuecs: cuecs.map(({ owner = null, note = '', ...rest }) => ({ ...rest, owner, note })),
      seen: version,
    },
  }
}

export function readConclusion(body: unknown): Read<{ verdict: Verdict; because: string; seen: number }> {
  const schema = z.object({
    verdict: choice(verdicts),
    because: optionalText(4000),
    version: wholeNumber(0, 1_000_000),
  })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { verdict, because = '', version } = read.input
  // What is simply accepted explains itself by the checklist.
  if (verdict !== 'accepted' && because === '') return { problems: [{ field: 'because', text: 'say-why' }] }
  return { input: { verdict, because, seen: version } }
}

export type FollowUpInput = {
  exceptions: { id: string; state: ExceptionState; followUp: string }[]
  cuecs: { id: string; owner: string | null; state: CuecState; note: string }[]
  seen: number
}

export function readFollowUp(body: unknown): Read<FollowUpInput> {
  const schema = z.object({
    exceptions: rowsOf(
      z.object({ id, state: choice(exceptionStates), followUp: optionalText(2000) }),
      always,
    ),
    cuecs: rowsOf(cuec, always),
    version: wholeNumber(0, 1_000_000),
  })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { exceptions, cuecs, version } = read.input
  return {
    input: {
      exceptions: exceptions.map(({ followUp = '', ...rest }) => ({ ...rest, followUp })),
      cuecs: cuecs.map(({ owner = null, note = '', ...rest }) => ({ ...rest, owner, note })),
      seen: version,
    },
  }
}

export function readBecause(body: unknown): Read<{ because: string }> {
  return readForm(z.object({ because: text(2000) }), body)
}
