/** A person who answers for many customers, as a municipality's DPO for its institutions, writes what is the same for all once. */
import { linkHeldBy } from '../../auth/held-links.js'
import type { House } from '../../auth/request.js'
import type { Day } from '../../base/day.js'
import { customersAt } from '../../customers/actions.js'
import { currentContacts, hasEnded, type Contact, type Customer } from '../../customers/rules.js'
import { foldersByIds } from '../records.js'
import { folderId, type Folder } from '../rules.js'

const most = 50

/** `opens`: the same person has a link to that customer; without one nothing was ever sent to it there. */
export type OtherFolder = {
  customer: Pick<Customer, 'reference' | 'name'>
  folder: Folder | null
  opens: boolean
}

/** This year's folders of the other customers whose contact today has the visitor's address: one mailbox is one person. */
export async function foldersOfOthers(
  house: House,
  { customer: own, contact }: { customer: Pick<Customer, '_id'>; contact: Pick<Contact, 'email'> },
  today: Day,
): Promise<OtherFolder[]> {
  const email = contact.email.toLowerCase()
  const same = (each: Contact) => each.email.toLowerCase() === email
  const others = (await customersAt(email))
    .filter(
      (customer) =>
        customer._id !== own._id &&
        !hasEnded(customer, today) &&
        currentContacts(customer.contacts).some(same),
    )
    .toSorted((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
    .slice(0, most)
  const year = Number(today.slice(0, 4))
  const folders = await foldersByIds(others.map(({ _id }) => folderId(_id, year)))
  return Promise.all(
    others.map(async ({ _id, reference, name, contacts }) => {
      const link = await linkHeldBy(
        house,
        _id,
        contacts.filter(same).map(({ id }) => id),
      )
      return {
        customer: { reference, name },
        folder: folders.find(({ customer }) => customer === _id) ?? null,
        opens: link !== null,
      }
    }),
  )
}
