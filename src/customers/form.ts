import { z } from 'zod'
import { locales } from '../base/context.js'
import type { Day } from '../base/day.js'
import {
  choice,
  day,
  email,
  listOf,
  optionalDay,
  optionalText,
  readForm,
  text,
  ticked,
  wholeNumber,
  type Problem,
  type Read,
} from '../base/form.js'
import { periodUnits } from '../base/period.js'
import { numberChecksOut, registrationKinds, type Registration } from '../base/registration.js'
import type { TransferInstruction } from '../transfers/rules.js'
import { authorisations, countsFrom, objectionLimits, type Agreement } from './rules/agreement.js'
import type { ContactContent } from './rules/contacts.js'
import type { CustomerChange } from './rules/several.js'

export type GeneralInput = {
  name: string
  registration?: Registration
  caseNumber?: string
  isProcessor: boolean
}
export type AgreementInput = { agreement: Agreement; from: Day }
export type ContactInput = { contact: ContactContent; from: Day }
export type NewCustomerInput = {
  general: GeneralInput
  agreement: AgreementInput
  contact: ContactInput
  services: string[]
}

const locale = choice(locales as ['da', 'en'])

// What has happened is recorded; what will happen is entered when it does. So "now" needs no date in any query of contacts
// and agreements, and nobody is written to who has not begun.
const dayUntil = (today: Day) => day().refine((value) => value <= today, 'day-in-future')

const generalSchema = z.object({
  name: text(200),
  caseNumber: optionalText(100),
  isProcessor: ticked(),
})

const registrationSchema = z
  .object({
    registrationKind: choice(registrationKinds),
    registrationNumber: optionalText(60),
    keptBecause: optionalText(500),
  })
  .superRefine((value, check) => {
    if (value.registrationNumber === undefined || value.keptBecause !== undefined) return
    if (numberChecksOut(value.registrationKind, value.registrationNumber)) return
    check.addIssue({ code: 'custom', path: ['registrationNumber'], message: 'number-check-failed' })
  })
  .transform((value): { registration?: Registration } => {
    const { registrationKind: kind, registrationNumber: number, keptBecause } = value
    if (number === undefined) return {}
    // A reason that is no longer needed would claim that a sound number is wrong.
    if (keptBecause === undefined || numberChecksOut(kind, number)) return { registration: { kind, number } }
    return { registration: { kind, number, keptBecause } }
  })

const agreementSchema = (today: Day) =>
  z.object({
    from: dayUntil(today),
    dpaVersion: text(40),
    signedOn: optionalDay(),
    authorisation: choice(authorisations),
    noticeLength: wholeNumber(1, 365),
    noticeUnit: choice(periodUnits),
    objectionUntil: choice(objectionLimits),
    counts: choice(countsFrom),
    replacementNeedsApproval: ticked(),
    commonList: ticked(),
    breachHours: wholeNumber(1, 720),
  })

const transferSchema = z
  .object({
    transferKind: choice(['scc-only', 'any-valid', 'countries', 'none']),
    transferCountries: listOf(z.string().regex(/^[A-Z]{2}$/, 'invalid')),
  })
  .superRefine((value, check) => {
    if (value.transferKind === 'countries' && value.transferCountries.length === 0)
      check.addIssue({ code: 'custom', path: ['transferCountries'], message: 'choose-countries' })
  })
  .transform((value): TransferInstruction => ({
    kind: value.transferKind,
    countries: value.transferKind === 'countries' ? value.transferCountries : [],
  }))

const contactSchema = (today: Day) =>
  z.object({
    name: text(120),
    title: optionalText(120),
    email: email(),
    phone: optionalText(40),
    locale,
    dataProtection: ticked(),
    mayApprove: ticked(),
    from: dayUntil(today),
  })

export function readGeneral(body: unknown): Read<GeneralInput> {
  const read = together({
    general: readForm(generalSchema, body),
    number: readForm(registrationSchema, body),
  })
  if (read.problems) return read
  return { input: { ...given(read.input.general), ...read.input.number } }
}

export function readAgreement(body: unknown, today: Day): Read<AgreementInput> {
  const read = together({
    terms: readForm(agreementSchema(today), body),
    transferInstruction: readForm(transferSchema, body),
  })
  if (read.problems) return read
  const { from, noticeLength, noticeUnit, ...terms } = read.input.terms
  const { transferInstruction } = read.input
  return {
    input: {
      from,
      agreement: { ...terms, notice: { length: noticeLength, unit: noticeUnit }, transferInstruction },
    },
  }
}

export function readContact(body: unknown, today: Day): Read<ContactInput> {
  const read = readForm(contactSchema(today), body)
  if (read.problems) return read
  const { from, ...contact } = read.input
  return { input: { contact: given(contact), from } }
}

/** The first contact's inputs are named `contact[name]`; its problems stand at `contact.name`. */
export function readNewCustomer(body: unknown, today: Day): Read<NewCustomerInput> {
  const typed = (body ?? {}) as Record<string, unknown>
  // One date for the agreement, its services and its contact: they begin together when a customer signs.
  const contact = readContact({ ...(typed['contact'] as object), from: typed['from'] }, today)
  const read = together({
    general: readGeneral(body),
    agreement: readAgreement(body, today),
    contact: contact.problems
      ? { problems: contact.problems.filter(({ field }) => field !== 'from').map(belowContact) }
      : contact,
    bought: readForm(z.object({ services: listOf(z.string().max(60)) }), body),
  })
  if (read.problems) return read
  const { bought, ...rest } = read.input
  return { input: { ...rest, services: bought.services } }
}

/** `known`: ids of the services that can be bought. */
export function readBoughtService(
  body: unknown,
  known: readonly string[],
): Read<{ service: string; from: Day }> {
  const service = z.string({ error: 'choose-one' }).refine((id) => known.includes(id), 'choose-one')
  return readForm(z.object({ service, from: day() }), body)
}

/** One change of several customers. `known`: ids of the services that can be bought. */
export function readCustomerChange(
  kind: string,
  body: unknown,
  known: readonly string[],
  today: Day,
): Read<CustomerChange> {
  if (kind === 'buy-service') {
    const service = z.string({ error: 'choose-one' }).refine((id) => known.includes(id), 'choose-one')
    const read = readForm(z.object({ service, boughtFrom: day() }), body)
    return read.problems
      ? read
      : { input: { kind, service: read.input.service, from: read.input.boughtFrom } }
  }
  if (kind === 'language') {
    const read = readForm(z.object({ locale }), body)
    return read.problems ? read : { input: { kind, locale: read.input.locale } }
  }
  const shape = z.object({ dpaVersion: text(40), signedOn: optionalDay(), holdsFrom: dayUntil(today) })
  const read = readForm(shape, body)
  if (read.problems) return read
  const { dpaVersion, signedOn, holdsFrom } = read.input
  return { input: { kind: 'version', dpaVersion, signedOn, from: holdsFrom } }
}

export function readServiceEnd(body: unknown): Read<{ to: Day }> {
  return readForm(z.object({ to: day() }), body)
}

export function readContactEnd(body: unknown, today: Day): Read<{ on: Day }> {
  return readForm(z.object({ on: dayUntil(today) }), body)
}

export function readCustomerEnd(body: unknown): Read<{ on: Day; because: string }> {
  return readForm(z.object({ on: day(), because: text(500) }), body)
}

/** The version of the record the person had before them when they began to type. */
export function readVersion(body: unknown): number {
  const read = readForm(z.object({ version: wholeNumber(1, Number.MAX_SAFE_INTEGER) }), body)
  return read.problems ? 0 : read.input.version
}

function belowContact(problem: Problem): Problem {
  return { ...problem, field: `contact.${problem.field}` }
}

type Inputs<Parts> = { [Part in keyof Parts]: Parts[Part] extends Read<infer Input> ? Input : never }

/** Several readings of one form: all their problems at once, or all their inputs. */
function together<Parts extends Record<string, Read<unknown>>>(parts: Parts): Read<Inputs<Parts>> {
  const problems = Object.values(parts).flatMap((part) => part.problems ?? [])
  if (problems.length > 0) return { problems }
  return {
    input: Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, part.input]),
    ) as Inputs<Parts>,
  }
}

type Given<Value> = { [Key in keyof Value as undefined extends Value[Key] ? never : Key]: Value[Key] } & {
  [Key in keyof Value as undefined extends Value[Key] ? Key : never]?: Exclude<Value[Key], undefined>
}

/** Leaves out what was not filled in, so that a field is either there or absent, never undefined. */
function given<Value extends object>(value: Value): Given<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Given<Value>
}
