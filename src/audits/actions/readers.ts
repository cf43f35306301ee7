import type { Context } from '../../base/context.js'
import { customerIdsAt, customersByIds } from '../../customers/actions.js'
import { contactsToTell, type Contact, type Customer } from '../../customers/rules.js'
import { copiesByIds } from '../records/copies.js'
import { copyId, type Copy } from '../rules/sending.js'

/** A copy, and who is told of it: each data protection contact the customer has today. */
export type Readers = { copy: Copy; customer: Customer | null; contacts: Contact[] }

/** Written together, so many at most: what is more goes out in the next mail. */
const most = 2000

/**
 * Who is told of these copies of one edition, and of the others that wait and somebody of these is told of, too: whoever answers for
 * several customers gets one mail for all of them.
 */
export async function readersOf(context: Context, copies: readonly Copy[]): Promise<Readers[]> {
  const all = new Map<string, Readers>()
  const asked = new Set<string>()
  for (let fresh = [...copies]; fresh.length > 0 && all.size < most;) {
    for (const each of await readersOfThose(context, fresh)) all.set(each.copy._id, each)
    const addresses = [...all.values()]
      .flatMap(({ contacts }) => contacts.map(({ email }) => email.toLowerCase()))
      .filter((address) => !asked.has(address))
    for (const address of addresses) asked.add(address)
    fresh = (await waitingAt(copies[0]?.audit ?? '', addresses)).filter(({ _id }) => !all.has(_id))
  }
  return [...all.values()]
}

async function readersOfThose({ today }: Context, copies: readonly Copy[]): Promise<Readers[]> {
  const found = await customersByIds(copies.map(({ customer }) => customer))
  const customers = new Map(found.map((customer) => [customer._id, customer]))
  return copies.map((copy) => {
    const customer = customers.get(copy.customer) ?? null
    return { copy, customer, contacts: customer ? contactsToTell(customer.contacts, today) : [] }
  })
}

async function waitingAt(audit: string, addresses: readonly string[]): Promise<Copy[]> {
  if (addresses.length === 0) return []
  const ids = await customerIdsAt([...new Set(addresses)], most)
  const copies = await copiesByIds(ids.map((id) => copyId(audit, id)))
  return copies.filter(({ state }) => state === 'to-send')
}
