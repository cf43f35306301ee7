import { z } from 'zod'
import type { Day } from '../../base/day.js'
import {
  choice,
  email,
  listOf,
  optionalDay,
  optionalText,
  readForm,
  text,
  type Problem,
  type Read,
} from '../../base/form.js'
import { breachRoles, type BreachRole } from '../rules.js'
import { checked, joined, readMoment, readOptionalMoment, type Wall } from './moment.js'

export type { Wall } from './moment.js'

const ids = () => listOf(text(40))
const past = (today: Day) =>
  optionalDay().refine((value) => value === null || value <= today, 'day-in-future')

type Times = { vendorKnewAt: Date | null; vendorToldAt: Date | null; awareAt: Date }

/** The sub-processor knew before it told us, and nobody is told earlier than they know. */
function outOfOrder({ vendorKnewAt, vendorToldAt, awareAt }: Times): Problem[] {
  return [
    ...(vendorKnewAt && vendorToldAt && vendorKnewAt > vendorToldAt
      ? [{ field: 'toldTime', text: 'told-before-known' }]
      : []),
    ...(vendorToldAt && vendorToldAt < awareAt ? [{ field: 'awareTime', text: 'aware-after-told' }] : []),
  ]
}

function readThree(body: unknown, wall: Wall): Read<Times> {
  const vendor = joined(
    readOptionalMoment(body, wall, 'knew', 'vendorKnewAt'),
    readOptionalMoment(body, wall, 'told', 'vendorToldAt'),
  )
  return checked(joined(readMoment(body, wall, 'aware', 'awareAt'), vendor), outOfOrder)
}

export type ReportInput = Times & {
  once: string
  role: BreachRole
  report: string
  engagement: string | null
  services: string[]
}

export function readReport(body: unknown, wall: Wall): Read<ReportInput> {
  const schema = z.object({
    once: text(60),
    role: choice(breachRoles),
    report: text(8000),
    engagement: optionalText(40).transform((value) => value ?? null),
    services: ids(),
  })
  return joined(readThree(body, wall), readForm(schema, body))
}

export type DetailsInput = {
  role: BreachRole
  engagements: string[]
  services: string[]
  from: Day | null
  until: Day | null
  /** When we learnt that more is affected than was known first; null where that follows from what was known. */
  foundAt: Date | null
}

export function readDetails(body: unknown, today: Day, wall: Wall): Read<DetailsInput> {
  const schema = z
    .object({
      role: choice(breachRoles),
      engagements: ids(),
      services: ids(),
      from: past(today),
      until: past(today),
    })
    .superRefine(({ from, until }, check) => {
      if (from && until && until < from)
        check.addIssue({ code: 'custom', path: ['until'], message: 'ends-before-it-begins' })
    })
  return joined(readOptionalMoment(body, wall, 'found', 'foundAt'), readForm(schema, body))
}

export type TimesInput = Times & { because: string }

export function readTimes(body: unknown, wall: Wall): Read<TimesInput> {
  return joined(readThree(body, wall), readForm(z.object({ because: text(2000) }), body))
}

export type VendorReport = {
  once: string
  report: string
  engagements: string[]
  vendorKnewAt: Date
  contact: { name: string; phone: string; email: string }
}

/** What a sub-processor says by its link. */
export function readVendorReport(body: unknown, wall: Wall): Read<VendorReport> {
  const schema = z.object({
    once: text(60),
    report: text(8000),
    engagements: ids(),
    contact: z.object({ name: text(), phone: text(60), email: email() }),
  })
  return joined(readMoment(body, wall, 'knew', 'vendorKnewAt'), readForm(schema, body))
}
