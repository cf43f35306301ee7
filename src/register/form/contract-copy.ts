import { z } from 'zod'
import type { Day } from '../../base/day.js'
import { day, optionalDay, optionalText, readForm, text, type Read } from '../../base/form.js'
import { given } from './given.js'

const fields = (today: Day) => ({
  sentOn: optionalDay().refine((value) => value === null || value <= today, 'day-in-future'),
  sentBy: optionalText(120),
  file: optionalText(60),
  note: optionalText(2000),
})

export type CopyForm = {
  /** As typed: a reference or the beginning of a name. */
  customer: string
  asked: { askedOn: Day; askedBy?: string; note?: string }
  sent: { sentOn: Day; sentBy: string; file: string } | null
}

/** What a customer asked for, and where it has been answered already what it was sent. */
export function readCopy(body: unknown, today: Day): Read<CopyForm> {
  const schema = z
    .object({
      customer: text(200),
      askedOn: day().refine((value) => value <= today, 'day-in-future'),
      askedBy: optionalText(200),
      ...fields(today),
    })
    .superRefine((typed, check) => {
      const { sentOn, sentBy, file, askedOn } = typed
      const issue = (field: string, message: string) =>
        check.addIssue({ code: 'custom', path: [field], message })
      if (sentOn === null && file === undefined) return
      if (sentOn === null) issue('sentOn', 'required')
      else if (sentOn < askedOn) issue('sentOn', 'sent-before-asked')
      if (file === undefined) issue('file', 'choose-one')
      if (sentBy === undefined) issue('sentBy', 'required')
    })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { customer, askedOn, askedBy, note, sentOn, sentBy = '', file } = read.input
  return {
    input: {
      customer,
      asked: { askedOn, ...given({ askedBy, note }) },
      sent: sentOn === null || file === undefined ? null : { sentOn, sentBy, file },
    },
  }
}

export function readSending(
  body: unknown,
  today: Day,
  askedOn: Day,
): Read<{ sentOn: Day; sentBy: string; file: string; note?: string }> {
  const schema = z.object({
    sentOn: day()
      .refine((value) => value <= today, 'day-in-future')
      .refine((value) => value >= askedOn, 'sent-before-asked'),
    sentBy: text(120),
    file: text(60),
    note: optionalText(2000),
  })
  const read = readForm(schema, body)
  if (read.problems) return read
  const { note, ...sent } = read.input
  return { input: { ...sent, ...given({ note }) } }
}
