import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { Customers, findCustomer, kept } from '../records.js'
import type { Customer, CustomerContent } from '../rules.js'

/** Which customer, and the version of it the person had before them. */
export type Which = { reference: string; version: number }

export async function customerByReference(reference: string): Promise<Customer> {
  const customer = await findCustomer(reference)
  if (!customer) throw new NotFound()
  return customer
}

/** The customer as the person saw it. Throws `Refused('changed-meanwhile')` where it has changed since. */
export async function customerAsSeen({ reference, version }: Which): Promise<Customer> {
  const customer = await customerByReference(reference)
  if (customer.version !== version) throw new Refused('changed-meanwhile')
  return customer
}

type Changes = { [Field in keyof CustomerContent]?: CustomerContent[Field] | undefined }

/** One change of one customer: a field given as undefined is taken away. */
export function moveTo(
  context: Context,
  customer: Customer,
  changes: Changes,
  said: Said,
): Promise<Customer> {
  const { given, gone } = parted(changes)
  const derived = kept(customer.reference, { ...customer, ...given })
  return mustMove(context, Customers, customer, { ...given, ...derived, changedAt: context.now }, said, gone)
}

function parted(changes: Changes): { given: Partial<CustomerContent>; gone: (keyof CustomerContent)[] } {
  const entries = Object.entries(changes)
  return {
    given: Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Partial<CustomerContent>,
    gone: entries.flatMap(([field, value]) => (value === undefined ? [field as keyof CustomerContent] : [])),
  }
}
