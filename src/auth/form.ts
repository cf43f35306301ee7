import { z } from 'zod'
import { locales } from '../base/context.js'
import { choice, email, listOf, optionalText, readForm, text, type Read } from '../base/form.js'
import { numberChecksOut } from '../base/registration.js'
import type { OrganisationInput } from './organisation.js'
import { roles, type Role } from './permissions.js'
import type { Person } from './request.js'
import { passwordProblem, safePath } from './rules.js'

const localeChoice = choice(locales as ['da', 'en'])

// A password is taken as typed: blanks at its ends count, line ends do not occur.
const password = z.string({ error: 'required' }).min(1, 'required').max(1000, 'password-too-long')

export const signInForm = z.object({
  email: text(254).transform((value) => value.toLowerCase()),
  password,
  next: z.unknown().optional().transform(safePath),
})

const personForm = z.object({ name: text(120), email: email(), role: choice(roles), locale: localeChoice })

export const languageForm = z.object({
  locale: localeChoice,
  next: z.unknown().optional().transform(safePath),
})

const organisationFields = {
  name: text(200),
  cvr: text(40).transform((value) => value.replaceAll(/\s/g, '')),
  keptBecause: optionalText(500),
  address: text(500),
  dpo: z.object({ name: text(120), email: email(), phone: text(60) }),
  locales: listOf(localeChoice).pipe(z.array(localeChoice).min(1, 'choose-one')),
  replyTo: email(),
}

const organisationForm = z.object(organisationFields).superRefine(numberOrReason).transform(organisationOf)

const setUpForm = z
  .object({
    ...organisationFields,
    person: z.object({ name: text(120), email: email(), locale: localeChoice, password }),
  })
  .superRefine(numberOrReason)
  .superRefine(({ person }, check) => {
    const message = passwordProblem(person.password, person)
    if (message) check.addIssue({ code: 'custom', path: ['person', 'password'], message })
  })
  .transform(({ person, ...organisation }) => ({ person, organisation: organisationOf(organisation) }))

export function readOrganisationForm(body: unknown): Read<OrganisationInput> {
  return readForm(organisationForm, body)
}

export function readSetUp(body: unknown) {
  return readForm(setUpForm, body)
}

export function readPersonForm(body: unknown) {
  return readForm(personForm, body)
}

/** A new password, judged against whom it is for. */
export function readNewPassword(body: unknown, person: { email: string; name: string }) {
  return readForm(newPasswordForm(person), body)
}

export function readPasswordChange(body: unknown, person: Person) {
  return readForm(newPasswordForm(person).and(z.object({ present: password, code: codeOf(person) })), body)
}

/** Asked once more before something that counts: the password, and a code of who has two-step sign-in. */
export function confirmation(person: Pick<Person, 'secondFactor'> | undefined) {
  return { password, code: codeOf(person) }
}

export function readConfirmation(
  body: unknown,
  person: Pick<Person, 'secondFactor'> | undefined,
): Read<{ password: string; code: string | undefined }> {
  return readForm(z.object(confirmation(person)), body)
}

/** A colleague's second factor is taken off: why, and that it is really the administrator who does it. */
export function readTakingOff(body: unknown, person: Person) {
  return readForm(z.object({ because: text(500), ...confirmation(person) }), body)
}

export function readCode(body: unknown): Read<{ code: string }> {
  return readForm(z.object({ code: text(40) }), body)
}

export function readSecondFactorFor(body: unknown): Read<{ roles: Role[] }> {
  return readForm(z.object({ roles: listOf(choice(roles)) }), body)
}

function codeOf(person: Pick<Person, 'secondFactor'> | undefined) {
  return person?.secondFactor ? text(40) : optionalText(40)
}

function newPasswordForm(person: { email: string; name: string }) {
  return z.object({ password }).superRefine((value, check) => {
    const message = passwordProblem(value.password, person)
    if (message) check.addIssue({ code: 'custom', path: ['password'], message })
  })
}

type OrganisationTyped = z.output<z.ZodObject<typeof organisationFields>>

// A failed check digit warns: historic and mistyped-by-the-authority numbers exist. With a reason it is kept as typed.
function numberOrReason(typed: Pick<OrganisationTyped, 'cvr' | 'keptBecause'>, check: z.RefinementCtx): void {
  if (typed.keptBecause || numberChecksOut('CVR', typed.cvr)) return
  check.addIssue({ code: 'custom', path: ['cvr'], message: 'number-check-failed' })
}

function organisationOf({ cvr, keptBecause, ...rest }: OrganisationTyped): OrganisationInput {
  const kept = keptBecause && !numberChecksOut('CVR', cvr) ? { keptBecause } : {}
  return { ...rest, registration: { kind: 'CVR', number: cvr, ...kept } }
}
