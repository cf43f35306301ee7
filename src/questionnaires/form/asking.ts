import { z } from 'zod'
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import {
  choice,
  day,
  email,
  listOf,
  optionalText,
  readForm,
  text,
  ticked,
  wholeNumber,
  type Problem,
  type Read,
} from '../../base/form.js'
import type { VendorContact } from '../../register/rules.js'
import { ownerOf } from '../rules/asking.js'
import type { Owner, Questionnaire } from '../rules/questionnaire.js'
import type { ReminderDays } from '../rules/reminders.js'

export const whys = ['yearly', 'addition', 'replacement', 'other'] as const

/** In place of a contact's id: somebody who stands in no register. */
export const otherContact = 'other'

/** Engagements by their references. */
export type AskingInput = {
  year: number
  set: Questionnaire['set']
  engagements: string[]
  why: Questionnaire['why']
  owner: Owner
  dueOn: Day
}

const owner = {
  contact: optionalText(60),
  name: optionalText(200),
  email: optionalText(254),
  locale: optionalText(2),
}

const set = text(120).transform((value, context) => {
  const [id, version, more] = value.split(' ')
  if (id && version && more === undefined) return { id, version }
  context.addIssue({ code: 'custom', message: 'choose-one' })
  return z.NEVER
})

/** `contacts`: those of the vendor that have an address. */
export function readAsking(body: unknown, contacts: readonly VendorContact[]): Read<AskingInput> {
  const read = readForm(
    z.object({
      year: wholeNumber(2018, 2100),
      set,
      engagements: listOf(z.string().max(20)).pipe(
        z.array(z.string()).min(1, 'choose-at-least-one').max(100),
      ),
      why: choice(whys),
      dueOn: day(),
      ...owner,
    }),
    body,
  )
  const whom = ownerIn(body, contacts)
  if (read.problems || whom.problems)
    return { problems: [...(read.problems ?? []), ...(whom.problems ?? [])] }
  const { year, set: chosen, engagements, why, dueOn } = read.input
  return { input: { year, set: chosen, engagements, why, dueOn, owner: whom.input } }
}

export function readOwner(
  body: unknown,
  contacts: readonly VendorContact[],
): Read<{ owner: Owner; because: string }> {
  const read = readForm(z.object({ ownerBecause: text(1000) }), body)
  const whom = ownerIn(body, contacts)
  if (read.problems || whom.problems)
    return { problems: [...(whom.problems ?? []), ...(read.problems ?? [])] }
  return { input: { owner: whom.input, because: read.input.ownerBecause } }
}

/** One of the vendor's contacts, in the contact's own language unless another was chosen; or a name and an address. */
function ownerIn(body: unknown, contacts: readonly VendorContact[]): Read<Owner> {
  const read = readForm(z.object(owner), body)
  if (read.problems) return read
  const { contact, name, email: address, locale } = read.input
  const language: Locale | null = locale === 'da' || locale === 'en' ? locale : null
  const known = contacts.find(({ id }) => id === contact)
  if (known) {
    const chosen = ownerOf(known)
    return { input: { ...chosen, locale: language ?? chosen.locale } }
  }
  if (contact !== undefined && contact !== otherContact)
    return { problems: [{ field: 'contact', text: 'choose-one' }] }
  const problems: Problem[] = []
  if (!name) problems.push({ field: 'name', text: 'required' })
  const checked = readForm(z.object({ email: email() }), { email: address ?? '' })
  if (checked.problems) problems.push(...checked.problems)
  if (problems.length > 0 || !name || checked.problems) return { problems }
  return { input: { name, email: checked.input.email, locale: language ?? 'da', contact: null } }
}

export function readDue(body: unknown): Read<{ dueOn: Day; because: string }> {
  const read = readForm(z.object({ dueOn: day(), dueBecause: text(1000) }), body)
  return read.problems ? read : { input: { dueOn: read.input.dueOn, because: read.input.dueBecause } }
}

export function readWithdrawal(body: unknown): Read<{ because: string; words: string }> {
  const read = readForm(z.object({ withdrawBecause: text(1000), words: optionalText(4000) }), body)
  if (read.problems) return read
  return { input: { because: read.input.withdrawBecause, words: read.input.words ?? '' } }
}

/** A reason stops reminders, 'resume' takes them up again. */
export function readStop(body: unknown): Read<{ reason: string | null }> {
  const again = readForm(z.object({ resume: ticked() }), body)
  if (again.input?.resume) return { input: { reason: null } }
  return readForm(z.object({ reason: text(1000) }), body)
}

export type CampaignForm = {
  year: number
  dueOn: Day
  usual: Questionnaire['set']
  light: Questionnaire['set']
  vendors: string[]
}

export function readCampaign(body: unknown): Read<CampaignForm> {
  return readForm(
    z.object({
      year: wholeNumber(2018, 2100),
      dueOn: day(),
      usual: set,
      light: set,
      vendors: listOf(z.string().max(20)).pipe(
        z.array(z.string()).min(1, 'choose-at-least-one').max(4500, 'too-many|most=4500'),
      ),
    }),
    body,
  )
}

const daysApart = /^\d{1,3}(?:\s*[,; ]\s*\d{1,3})*$/

/** Days before and after the due date, each list in one field. */
export function readReminderDays(body: unknown): Read<ReminderDays> {
  const days = optionalText(60)
    .transform((value) => value ?? '')
    .refine((value) => value === '' || daysApart.test(value), 'not-days')
    .transform((value) => (value.match(/\d+/g) ?? []).map(Number))
    .refine((all) => all.length <= 8 && all.every((each) => each <= 180), 'not-days')
  const read = readForm(z.object({ before: days, after: days, escalate: wholeNumber(1, 180) }), body)
  if (read.problems) return read
  const { before, after, escalate } = read.input
  const offsets = [...new Set([...before.map((each) => -each || 0), ...after])]
  return { input: { offsets: offsets.toSorted((a, b) => a - b), escalate } }
}
