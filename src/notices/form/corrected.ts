/** What a correction puts right, as typed beside its line: each field stands as the register has it until it is changed. */
import { z } from 'zod'
import { choice, email, optionalText, type Problem } from '../../base/form.js'
import { numberChecksOut, registrationKinds, tidyNumber } from '../../base/registration.js'
import type { EngagementContent } from '../../register/rules.js'
import { countryOf } from '../../transfers/rules.js'
import { beyondCorrection, correctedIn, correctsNothing, type Corrected } from '../rules/correction.js'

const empty = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)

export const correctedSchema = z
  .object({
    /** Whose fields were shown: chosen anew, another's are asked first. */
    of: optionalText(20),
    name: optionalText(200),
    registrationKind: z.preprocess(empty, choice(registrationKinds).optional()),
    registrationNumber: optionalText(60),
    address: optionalText(500),
    country: z.preprocess(
      empty,
      z
        .string()
        .refine((code) => countryOf(code) !== null, 'choose-one')
        .optional(),
    ),
    website: optionalText(300),
    contactName: optionalText(120),
    contactEmail: z.preprocess(empty, email().optional()),
    contactPhone: optionalText(40),
    sameEntityBecause: optionalText(500),
  })
  .superRefine(({ registrationKind, registrationNumber }, check) => {
    if (registrationKind === undefined || registrationNumber === undefined) return
    if (!numberChecksOut(registrationKind, registrationNumber))
      check.addIssue({
        code: 'custom',
        path: ['registrationNumber'],
        message: 'notice-correction-number',
      })
  })

function correctedOf(typed: z.output<typeof correctedSchema>): Corrected {
  const { name, registrationKind, registrationNumber, address, country, website, sameEntityBecause } = typed
  const { contactName, contactEmail, contactPhone } = typed
  const corrected: { [Field in keyof Corrected]: Corrected[Field] | undefined } = {
    name,
    address,
    country,
    website,
    sameEntityBecause,
    registration:
      registrationKind !== undefined && registrationNumber !== undefined
        ? { kind: registrationKind, number: tidyNumber(registrationKind, registrationNumber) }
        : undefined,
    contact:
      contactName === undefined
        ? undefined
        : {
            name: contactName,
            ...(contactEmail === undefined ? {} : { email: contactEmail }),
            ...(contactPhone === undefined ? {} : { phone: contactPhone }),
          },
  }
  const given = Object.entries(corrected).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as Corrected
}

/** The fields as typed for that engagement; undefined where they were shown for another, or not yet. */
export function correctedFor(
  engagement: string,
  typed: z.output<typeof correctedSchema> | undefined,
): Corrected | undefined {
  return typed?.of === engagement ? correctedOf(typed) : undefined
}

/** The fields as they are shown: what the draft has put right so far, on top of what the register says. */
export function correctedFields(of: string, content: EngagementContent, corrected: Corrected = {}) {
  const registration = corrected.registration ?? content.registration
  const contact = corrected.contact ?? content.contact
  return {
    of,
    name: corrected.name ?? content.vendorName,
    registrationKind: registration?.kind ?? '',
    registrationNumber: registration?.number ?? '',
    address: corrected.address ?? content.address,
    country: corrected.country ?? content.country ?? '',
    website: corrected.website ?? content.website ?? '',
    contactName: contact?.name ?? '',
    contactEmail: contact?.email ?? '',
    contactPhone: contact?.phone ?? '',
    sameEntityBecause: corrected.sameEntityBecause ?? '',
  }
}

/** What is no correction, beside the field it was typed in. `typed` absent: the fields have not been shown yet. */
export function correctionProblems(
  row: number,
  content: EngagementContent,
  typed: Corrected | undefined,
): Problem[] {
  const problem = (field: string, text: string): Problem[] => [
    { field: `lines.${row}.corrected.${field}`, text },
  ]
  const corrected = correctedIn(content, typed ?? {})
  if (correctsNothing(corrected)) return problem('name', 'notice-correction-nothing')
  const beyond = beyondCorrection(content, corrected)
  if (beyond.includes('country')) return problem('country', 'notice-correction-country')
  return beyond.includes('entity') ? problem('sameEntityBecause', 'notice-correction-entity') : []
}
