import type { Day } from '../../base/day.js'
import { customersByIds } from '../../customers/actions.js'
import type { Page } from '../../db/paging.js'
import { filesAboutAll } from '../../files/actions.js'
import { engagementsByIds, listOn, vendorsByIds } from '../../register/actions.js'
import { contractCopiesHandedOut } from '../../register/records/copies-handed-out.js'
import type { ContractCopy } from '../../register/rules.js'
import { redactedChoices, type Contracted, type RedactedChoice } from '../rules.js'

/** Whose contracts a customer may have copies of: the sub-processors on its list that day. */
export async function contractedFor(customer: string, today: Day): Promise<Contracted[]> {
  const rows = await listOn(customer, today)
  const names = new Map(rows.map(({ engagement, content }) => [engagement, content.vendorName]))
  const engagements = await engagementsByIds([...names.keys()])
  return engagements
    .map((engagement) => ({ engagement, vendorName: names.get(engagement._id) ?? '' }))
    .toSorted((a, b) => a.vendorName.localeCompare(b.vendorName, 'da'))
}

export async function redactedOf(customer: string, today: Day): Promise<RedactedChoice[]> {
  return redactedChoices(await contractedFor(customer, today))
}

export type CopyShown = {
  copy: ContractCopy
  customer: { name: string; reference: string } | null
  engagement: { reference: string } | null
  vendor: string
  file: string | null
}

/** Every copy of a contract that anybody asked for, the last to ask first: what was handed to whom, when (7.5). */
export async function copiesHandedOut(
  customer: string | null,
  cursor: string | undefined,
): Promise<Page<CopyShown>> {
  const { rows, ...page } = await contractCopiesHandedOut(customer, cursor, 50)
  const once = (ids: readonly string[]) => [...new Set(ids)]
  const [customers, engagements] = await Promise.all([
    customersByIds(once(rows.map((copy) => copy.customer))),
    engagementsByIds(once(rows.map((copy) => copy.engagement))),
  ])
  const [vendors, files] = await Promise.all([
    vendorsByIds(once(engagements.map(({ vendor }) => vendor))),
    filesAboutAll(
      'engagement',
      engagements.map(({ _id }) => _id),
    ),
  ])
  return {
    ...page,
    rows: rows.map((copy) => {
      const engagement = engagements.find(({ _id }) => _id === copy.engagement) ?? null
      return {
        copy,
        customer: customers.find(({ _id }) => _id === copy.customer) ?? null,
        engagement,
        vendor: vendors.find(({ _id }) => _id === engagement?.vendor)?.name ?? '',
        file: files.find(({ _id }) => _id === copy.file)?.name ?? null,
      }
    }),
  }
}
