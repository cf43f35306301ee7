import { z } from 'zod'
import { locales } from '../../base/context.js'
import { choice, email, optionalText, readForm, text, type Read } from '../../base/form.js'
import { numberChecksOut, registrationKinds, tidyNumber, type Registration } from '../../base/registration.js'
import { countryOf } from '../../transfers/rules.js'
import { contactRoles, type VendorContact, type VendorFacts } from '../rules/vendor.js'
import { given } from './given.js'
import { rowsOf } from './rows.js'

/** A vendor as typed: a contact without an id is new. */
export type VendorForm = Omit<VendorFacts, 'contacts'> & {
  contacts: (Omit<VendorContact, 'id'> & { id?: string })[]
}

const optionalEmail = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
  email().optional(),
)

const contactRow = z.object({
  id: optionalText(40),
  name: text(120),
  email: optionalEmail,
  phone: optionalText(40),
  role: choice(contactRoles),
  locale: choice(locales as ['da', 'en']),
})

export const country = optionalText(2)
  .transform((code) => code ?? null)
  .refine((code) => code === null || countryOf(code) !== null, 'choose-one')

const website = optionalText(300)
  .transform((value) => (value === undefined || /^https?:\/\//i.test(value) ? value : `https://${value}`))
  .refine((value) => value === undefined || /^https?:\/\/[^\s/]+\.[^\s]+$/i.test(value), 'not-a-web-address')

const schema = z
  .object({
    name: text(200),
    registrationKind: choice(registrationKinds),
    registrationNumber: optionalText(60),
    keptBecause: optionalText(500),
    noRegistrationBecause: optionalText(500),
    address: optionalText(500),
    country,
    website,
    contacts: rowsOf(contactRow, ['name', 'email', 'phone']),
  })
  .superRefine(({ registrationKind, registrationNumber, keptBecause }, check) => {
    if (registrationNumber === undefined || keptBecause !== undefined) return
    if (numberChecksOut(registrationKind, registrationNumber)) return
    // A warning, never a stop: with a reason the number is kept as it stands.
    check.addIssue({ code: 'custom', path: ['registrationNumber'], message: 'number-check-failed' })
  })

export function readVendor(body: unknown): Read<VendorForm> {
  const read = readForm(schema, body)
  if (read.problems) return read
  const {
    registrationKind,
    registrationNumber,
    keptBecause,
    noRegistrationBecause,
    address,
    contacts,
    ...rest
  } = read.input
  const registration = registrationOf(registrationKind, registrationNumber, keptBecause)
  return {
    input: {
      ...given(rest),
      country: rest.country,
      registration,
      // A reason for a missing number would contradict one that is there.
      ...(registration === null && noRegistrationBecause !== undefined ? { noRegistrationBecause } : {}),
      address: address ?? '',
      contacts: contacts.map((contact) => given(contact)),
    },
  }
}

function registrationOf(
  kind: Registration['kind'],
  typed: string | undefined,
  keptBecause: string | undefined,
): Registration | null {
  if (typed === undefined) return null
  const number = tidyNumber(kind, typed)
  // A reason that is no longer needed would claim that a sound number is wrong.
  return keptBecause === undefined || numberChecksOut(kind, number)
    ? { kind, number }
    : { kind, number, keptBecause }
}
