import { z } from 'zod'
import type { Day } from '../../base/day.js'
import { choice, day, optionalDay, optionalText, readForm, text, type Read } from '../../base/form.js'
import { periodUnits } from '../../base/period.js'
import {
  checkPoints,
  checkResults,
  contradictedPoints,
  mayBeLeftOut,
  type CheckPoint,
  type ContractCheck,
} from '../rules/contract-check.js'
import type { ContractFacts, RedactedCopy } from '../rules/contract.js'
import { contractTemplates } from '../rules/engagement.js'
import { given } from './given.js'

const dayUntil = (today: Day) => day().refine((value) => value <= today, 'day-in-future')
const optionalDayUntil = (today: Day) =>
  optionalDay().refine((value) => value === null || value <= today, 'day-in-future')

export function readContract(body: unknown, today: Day): Read<ContractFacts> {
  const schema = z
    .object({
      dpaVersion: optionalText(100),
      template: choice(contractTemplates),
      signedOn: optionalDayUntil(today),
      from: optionalDay(),
      until: optionalDay(),
      note: optionalText(2000),
    })
    .superRefine(({ signedOn, from, until }, check) => {
      const begin = from ?? signedOn
      if (until !== null && begin !== null && until <= begin)
        check.addIssue({ code: 'custom', path: ['until'], message: 'ends-before-it-begins' })
    })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { template, dpaVersion, note, signedOn, from, until } = read.input
  return {
    input: {
      template,
      ...given({ dpaVersion, note }),
      ...(signedOn === null ? {} : { signedOn }),
      ...(from === null ? {} : { from }),
      ...(until === null ? {} : { until }),
    },
  }
}

export function readRedacted(body: unknown, today: Day, hasFile: boolean): Read<Omit<RedactedCopy, 'file'>> {
  const read = readForm(z.object({ madeOn: dayUntil(today), madeBy: text(120), leftOut: text(2000) }), body)
  if (hasFile) return read
  return { problems: [...(read.problems ?? []), { field: 'file', text: 'choose-file' }] }
}

/** Why the version is no contract of this engagement. */
export function readMistake(body: unknown): Read<{ because: string }> {
  return readForm(z.object({ because: text(500) }), body)
}

const answer = z.object({
  result: choice(checkResults),
  clause: optionalText(200),
  note: optionalText(2000),
})

const points = Object.fromEntries(checkPoints.map((point) => [point, answer])) as Record<
  CheckPoint,
  typeof answer
>

const hours = optionalText(5).refine(
  (value) => value === undefined || (/^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 8760),
  { error: 'not-in-range|least=1|most=8760', abort: true },
)
const length = optionalText(4).refine((value) => value === undefined || /^[1-9]\d{0,2}$/.test(value), {
  error: 'not-in-range|least=1|most=999',
  abort: true,
})

/** `owed`: what we owe customers, against which two of the points are measured. */
export function readCheck(
  body: unknown,
  today: Day,
  owed: ContractCheck['owed'],
): Read<Omit<ContractCheck, 'owed'>> {
  const schema = z
    .object({
      on: dayUntil(today),
      by: text(120),
      breachHours: hours,
      noticeLength: length,
      noticeUnit: choice(periodUnits),
      points: z.object(points),
    })
    .superRefine((typed, check) => {
      for (const point of checkPoints) {
        const issue = (field: string, message: string) =>
          check.addIssue({ code: 'custom', path: ['points', point, field], message })
        const { result, clause, note } = typed.points[point]
        if (result === 'not-applicable' && !mayBeLeftOut(point)) issue('result', 'point-in-every-contract')
        else if (result !== 'met' && note === undefined) issue('note', 'say-why')
        if ((result === 'met' || result === 'partly') && clause === undefined) issue('clause', 'say-where')
      }
      for (const point of contradictedPoints({ ...checkOf(typed), owed })) {
        const message = point === 'breach' ? 'point-breach-too-late' : 'point-notice-too-short'
        check.addIssue({ code: 'custom', path: ['points', point, 'result'], message })
      }
    })
    .transform(checkOf)
  return readForm(schema, body)
}

type Typed = {
  on: Day
  by: string
  breachHours?: string | undefined
  noticeLength?: string | undefined
  noticeUnit: (typeof periodUnits)[number]
  points: Record<CheckPoint, z.output<typeof answer>>
}

function checkOf(typed: Typed): Omit<ContractCheck, 'owed'> {
  const { on, by, breachHours, noticeLength, noticeUnit } = typed
  return {
    on,
    by,
    answers: checkPoints.map((point) => {
      const { result, clause, note } = typed.points[point]
      return { point, result, ...given({ clause, note }) }
    }),
    theirs: {
      ...(breachHours === undefined ? {} : { breachHours: Number(breachHours) }),
      ...(noticeLength === undefined ? {} : { notice: { length: Number(noticeLength), unit: noticeUnit } }),
    },
  }
}
