import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { Customers, findCustomer, kept, moveCustomer } from '../records.js'
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
export async function moveTo(
  context: Context,
  customer: Customer,
  changes: Changes,
  move: { event: string; facts: Record<string, unknown>; personal?: Record<string, unknown> },
): Promise<Customer> {
  const { given, gone } = parted(changes)
  const derived = kept(customer.reference, { ...customer, ...given })
  const moved = await moveCustomer(
    customer._id,
    customer.version,
    { $set: { ...given, ...derived }, ...(Object.keys(gone).length > 0 ? { $unset: gone } : {}) },
    { at: context.now, by: context.actor, ...move },
  )
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Customers, moved)
  return moved
}

function parted(changes: Changes): { given: Partial<CustomerContent>; gone: Record<string, 1> } {
  const entries = Object.entries(changes)
  return {
    given: Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Partial<CustomerContent>,
    gone: Object.fromEntries(entries.filter(([, value]) => value === undefined).map(([field]) => [field, 1])),
  }
}
