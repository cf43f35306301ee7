import type { Locale } from '../../base/context.js'
import { withAgreement, type Contact, type Customer } from '../../customers/rules.js'
import type { Engagement, Service } from '../../register/rules.js'
import type { PlannedCustomer } from './customer-plan.js'
import { contactCells, customerCells, engagementCells, vendorCells } from './export.js'
import type { PlannedRow } from './plan.js'
import type { PlannedEngagement } from './register-plan.js'
import { vendorWithIds, type PlannedVendor } from './vendor-plan.js'

/** What stands in a column of the record now, and what would stand there, as an export writes both. */
export type Difference = { field: string; before: string; after: string }

type Cells = Readonly<Record<string, string | null | undefined>>

/** `numbers`: of engagements that others name, by id. */
export type Reader = { services: readonly Service[]; numbers: ReadonlyMap<string, string>; locale: Locale }

export function vendorDifferences({ existing, input }: PlannedVendor, { locale }: Reader): Difference[] {
  if (existing === null) return []
  // A vendor that gets a number needs no reason for having none.
  const { noRegistrationBecause: _earlier, ...rest } = existing
  return between(vendorCells(existing, locale), vendorCells({ ...rest, ...vendorWithIds(input) }, locale))
}

export function engagementDifferences(
  { existing, input, parentKey, above }: PlannedEngagement,
  { services, numbers, locale }: Reader,
): Difference[] {
  if (existing === null) return []
  const after = engagementCells({ ...existing, ...input } as Engagement, services, locale, numbers)
  return between(engagementCells(existing, services, locale, numbers), {
    ...after,
    // The link above may come in with the same file, and has no number yet.
    ...(parentKey === null ? {} : { parent: above }),
  })
}

/** Of the customer on the first of its rows, of a contact on its own. */
export function customerDifferences(
  { existing, general, agreement, bought, contacts, row: first }: PlannedCustomer,
  { number, part }: PlannedRow,
  { services, locale }: Reader,
): Difference[] {
  if (existing === null) return []
  const after: Customer = {
    ...existing,
    ...general,
    ...(agreement && {
      agreement: agreement.agreement,
      agreements: withAgreement(existing.agreements, agreement.agreement, agreement.from),
    }),
    services: [...existing.services, ...bought.map((each) => ({ ...each, to: null }))],
  }
  const planned = contacts.find(({ contact }) => contact.email === part)
  return [
    ...(number === first
      ? between(customerCells(existing, services, locale), customerCells(after, services, locale))
      : []
    ).filter(({ field }) => field !== 'serviceDates'),
    ...(planned
      ? between(
          planned.replaces ? contactCells(planned.replaces, locale) : {},
          contactCells({ ...planned.replaces, ...planned.contact } as Contact, locale),
        )
      : []),
  ]
}

/** Of cells with several lines, only those lines that are not in both. */
function between(before: Cells, after: Cells): Difference[] {
  return Object.keys(after).flatMap((field) => {
    const [was, will] = [before[field] ?? '', after[field] ?? '']
    return was === will ? [] : [{ field, before: beside(was, will), after: beside(will, was) }]
  })
}

function beside(text: string, other: string): string {
  const known = new Set(other.split('\n'))
  const own = text.split('\n').filter((line) => !known.has(line))
  return own.join('\n')
}
