import { z } from 'zod'
import type { Day } from '../base/day.js'
import {
  choice,
  day,
  optionalText,
  readForm,
  text,
  wholeNumber,
  type Problem,
  type Read,
} from '../base/form.js'
import { riskBands, subjectCounts } from '../register/rules.js'
import type { ActInput, ScoreInput } from './actions.js'
import {
  concepts,
  isWeaker,
  mostPoints,
  parameters,
  pointsOf,
  type Concept,
  type Model,
  type ModelValues,
  type Proposal,
  departures,
} from './rules.js'

export { readBoardQuery } from './rules.js'

const yesNo = choice(['yes', 'no'])
const conceptWords = concepts.map(String) as [string, ...string[]]

/** Reasons are asked for where the answers depart from the register, and where the way chosen is weaker than the guidance. */
export function readScore(body: unknown, proposal: Proposal, model: Model): Read<ScoreInput> {
  const schema = z.object({
    subjects: choice(subjectCounts),
    special: yesNo,
    other: yesNo,
    processing: yesNo,
    because: z.object(Object.fromEntries(parameters.map((name) => [name, optionalText(1000)]))).prefault({}),
    concept: choice(conceptWords),
    weakerBecause: optionalText(2000),
    seen: wholeNumber(0, 1_000_000),
  })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { subjects, because, weakerBecause, seen } = read.input
  const answers = {
    subjects,
    special: read.input.special === 'yes',
    other: read.input.other === 'yes',
    processing: read.input.processing === 'yes',
  }
  const concept = Number(read.input.concept) as Concept
  const problems: Problem[] = departures(answers, proposal)
    .filter((name) => !because[name])
    .map((name) => ({ field: `because.${name}`, text: 'say-why-departs' }))
  if (isWeaker(concept, pointsOf(answers, model).band) && !weakerBecause)
    problems.push({ field: 'weakerBecause', text: 'say-why-weaker' })
  if (problems.length > 0) return { problems }
  const reasons = Object.fromEntries(
    Object.entries(because).filter(([, why]) => why),
  ) as ScoreInput['reasons']
  return { input: { answers, reasons, concept, weakerBecause: weakerBecause ?? null, seen } }
}

export function readAct(body: unknown, today: Day): Read<ActInput> {
  return readForm(
    z.object({
      kind: choice(['inspection', 'follow-up']),
      on: day().refine((value) => value <= today, 'day-in-future'),
      note: text(4000),
      seen: wholeNumber(0, 1_000_000),
    }),
    body,
  )
}

const months = (): z.ZodType<number | null, unknown> =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? null : value),
    z.union([z.null(), wholeNumber(1, 120)]),
  )

/** The numbers of the model. The published scale ends at 10, so no engagement may reach more. */
export function readModel(body: unknown): Read<{ values: ModelValues; because: string; seen: number }> {
  const points = () => wholeNumber(0, 10)
  const schema = z.object({
    subjects: z.object(Object.fromEntries(subjectCounts.map((each) => [each, points()]))),
    special: points(),
    other: points(),
    processing: points(),
    months: z.object(Object.fromEntries(riskBands.map((band) => [band, months()]))),
    because: text(2000),
    seen: wholeNumber(1, 1_000_000),
  })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { because, seen, ...rest } = read.input
  const values = rest as ModelValues
  const most = mostPoints(values)
  const [few, some, many] = subjectCounts.map((each) => values.subjects[each])
  if ((few ?? 0) > (some ?? 0) || (some ?? 0) > (many ?? 0))
    return { problems: [{ field: 'subjects.over-10000', text: 'points-must-rise' }] }
  if (most > 10) return { problems: [{ field: 'processing', text: 'points-beyond-scale', facts: { most } }] }
  return { input: { values, because, seen } }
}
