import { confirmDeclaration, copiesWith } from '../../audits/actions/received.js'
import { declarationKind } from '../../audits/mails.js'
import { copyId, type Copy } from '../../audits/rules/sending.js'
import { linksAboutAll } from '../../auth/links.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { customersAt } from '../../customers/actions.js'
import { currentContacts, hasEnded, type Contact, type Customer } from '../../customers/rules.js'
import type { Visitor } from '../actions.js'

/** One of the customers the visitor answers for, and its copy of a declaration. */
export type Declared = {
  customer: Customer
  contact: Contact
  copy: Copy
}

/**
 * The customers that have the edition and whose contact today has the visitor's address and was given a link of its own to it: one
 * mailbox is one person, and what the links were sent to. The visitor's own customer first, then by name; none where that one is
 * not among them.
 */
export async function declaredTogether(
  { customer: own, contact: visitor }: Visitor,
  audit: string,
  today: Day,
): Promise<Declared[]> {
  const email = visitor.email.toLowerCase()
  const there = (await customersAt(email)).filter((customer) => !hasEnded(customer, today))
  const ids = there.map(({ _id }) => copyId(audit, _id))
  const [copies, links] = await Promise.all([copiesWith(ids), linksAboutAll(declarationKind, ids)])
  const found = there.flatMap((customer) => {
    const copy = copies.find((each) => each.customer === customer._id)
    const same = customer.contacts.filter((each) => each.email.toLowerCase() === email)
    const [contact] = currentContacts(same)
    const link = links.find(
      (each) => each.about.id === copy?._id && same.some(({ id }) => id === each.contact),
    )
    return copy && contact && link ? [{ customer, contact, copy }] : []
  })
  const first = ({ customer }: Declared) => (customer._id === own._id ? 0 : 1)
  const ordered = found.toSorted(
    (a, b) => first(a) - first(b) || (a.customer.sortKey < b.customer.sortKey ? -1 : 1),
  )
  return ordered[0]?.customer._id === own._id ? ordered : []
}

/** A receipt for each, as if it had been given on its own page; returns how many were new. */
export async function confirmDeclared(
  context: Context,
  those: readonly Declared[],
  reference: string,
): Promise<number> {
  const fresh = those.filter(({ copy }) => copy.receipt === null)
  for (const { customer, contact } of fresh)
    await confirmDeclaration(context, customer, contact.id, reference)
  return fresh.length
}
