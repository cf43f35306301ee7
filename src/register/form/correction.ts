import { z } from 'zod'
import { addDays, type Day } from '../../base/day.js'
import { choice, day, optionalDay, optionalText, readForm, text, ticked, type Read } from '../../base/form.js'
import { approvalFaults, type ApprovalFault, type ApprovalKind } from '../rules/list.js'

export type CorrectionForm = {
  from: Day
  /** The first day on which it was right again; null: it still is so. */
  to: Day | null
  because: string
  wronglyRecorded: boolean
  /** Its consequences have been shown. */
  confirmed: boolean
}

/** `until` on the form is the last day of it, as people say it; the rest of the house counts to the first day after. */
export function readCorrection(body: unknown, today: Day): Read<CorrectionForm> {
  const schema = z
    .object({
      from: day().refine((value) => value < today, 'day-not-past'),
      until: optionalDay().refine((value) => value === null || value < today, 'day-not-past'),
      because: text(1000),
      wronglyRecorded: ticked(),
      confirm: ticked(),
    })
    .refine(({ from, until }) => until === null || until >= from, {
      path: ['until'],
      message: 'ends-before-it-begins',
    })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { from, until, because, wronglyRecorded, confirm: confirmed } = read.input
  return {
    input: { from, to: until === null ? null : addDays(until, 1), because, wronglyRecorded, confirmed },
  }
}

export type ApprovalCorrectionForm = {
  fault: ApprovalFault
  /** What is corrected; null where one was missing. */
  approval: string | null
  engagement: string
  from: Day
  to: Day | null
  kind: ApprovalKind
  notice: string | null
  because: string
  wronglyRecorded: boolean
  confirmed: boolean
}

const kinds = ['baseline', 'no-objection', 'approved', 'consent'] as const satisfies readonly ApprovalKind[]

export function readApprovalCorrection(body: unknown, today: Day): Read<ApprovalCorrectionForm> {
  const began = optionalDay().refine((value) => value === null || value <= today, 'day-in-future')
  const ended = optionalDay().refine((value) => value === null || value < today, 'day-not-past')
  const schema = z
    .object({
      fault: choice(approvalFaults),
      approval: optionalText(200),
      engagement: optionalText(60),
      from: began,
      until: ended,
      kind: z.preprocess((value) => (value === undefined ? 'baseline' : value), choice(kinds)),
      notice: optionalText(20),
      because: text(1000),
      wronglyRecorded: ticked(),
      confirm: ticked(),
    })
    .superRefine(({ fault, approval, engagement, from, until, kind, notice }, check) => {
      const issue = (field: string, message: string) =>
        check.addIssue({ code: 'custom', path: [field], message })
      if (fault === 'missing' ? engagement === undefined : approval === undefined)
        issue(fault === 'missing' ? 'engagement' : 'approval', 'choose-one')
      if ((fault === 'missing' || fault === 'began') && from === null) issue('from', 'required')
      if (fault === 'missing' && from !== null && until !== null && until < from)
        issue('until', 'ends-before-it-begins')
      // What was not accepted at signing came of a notice, and is shown by it.
      if (fault === 'missing' && kind !== 'baseline' && !/^CN-\d{4}-\d{3,}$/i.test(notice ?? ''))
        issue('notice', 'notice-reference')
    })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { from, until, notice, approval, engagement, confirm: confirmed, ...rest } = read.input
  return {
    input: {
      ...rest,
      confirmed,
      approval: approval ?? null,
      engagement: engagement ?? '',
      from: from ?? '',
      to: until === null ? null : addDays(until, 1),
      notice: rest.kind === 'baseline' ? null : (notice?.toUpperCase() ?? null),
    },
  }
}
