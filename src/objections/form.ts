import { z } from 'zod'
import type { Day } from '../base/day.js'
import {
  choice,
  day,
  optionalDay,
  optionalText,
  readForm,
  text,
  type Problem,
  type Read,
} from '../base/form.js'
import { outcomes, requirements, staffChannels, type Outcome } from './rules.js'

const registrationForm = z.object({
  once: text(60),
  channel: choice(staffChannels),
  raisedBy: text(200),
  receivedOn: day(),
  receivedTime: optionalText(5).pipe(
    z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not-a-time')
      .optional(),
  ),
  reasons: optionalText(5000),
})
export type Registration = z.output<typeof registrationForm>

/** An objection cannot have come tomorrow, nor before there was anything to object to. */
export function readRegistration(
  body: unknown,
  known: { today: Day; issuedOn: Day | null },
): Read<Registration> {
  const read = readForm(registrationForm, body)
  if (read.problems) return read
  if (read.input.receivedOn > known.today)
    return { problems: [{ field: 'receivedOn', text: 'day-in-future' }] }
  if (known.issuedOn !== null && read.input.receivedOn < known.issuedOn)
    return { problems: [{ field: 'receivedOn', text: 'before-the-notice' }] }
  return read
}

const assessmentForm = z.object({ owner: text(60), answerBy: day(), assessment: text(5000) })

export function readAssessment(
  body: unknown,
  owners: readonly string[],
): Read<z.output<typeof assessmentForm>> {
  const read = readForm(assessmentForm, body)
  if (read.problems || owners.includes(read.input.owner)) return read
  return { problems: [{ field: 'owner', text: 'choose-one' }] }
}

export const messageForm = z.object({
  direction: choice(['to-customer', 'from-customer', 'internal']),
  text: text(5000),
})

const settlementForm = z.object({
  outcome: choice(outcomes),
  note: optionalText(5000),
  endsOn: optionalDay(),
})

export const remedyForm = z.object({ remedy: text(5000) })

export type SettlementInput = {
  outcome: Outcome
  note: string | null
  endsOn: Day | null
}

/** Each outcome asks for its own fields (`requirements`); what another outcome would need is left out. */
export function readSettlement(body: unknown, uploaded: number): Read<SettlementInput> {
  const read = readForm(settlementForm, body)
  if (read.problems) return read
  const { outcome, note, endsOn } = read.input
  const needs = requirements[outcome]
  const problems: Problem[] = []
  if (needs.note && !note) problems.push({ field: 'note', text: 'required' })
  if (needs.confirmation && uploaded === 0) problems.push({ field: 'files', text: 'confirmation-needed' })
  if (needs.endDay && !endsOn) problems.push({ field: 'endsOn', text: 'required' })
  if (problems.length > 0) return { problems }
  return {
    input: {
      outcome,
      note: note ?? null,
      endsOn: needs.endDay ? endsOn : null,
    },
  }
}
