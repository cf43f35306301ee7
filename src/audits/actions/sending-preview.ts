import type { Context, Locale } from '../../base/context.js'
import {
  activeCustomersAfter,
  customersByIds,
  customersMatching,
  readCustomerQuery,
} from '../../customers/actions.js'
import { contactsToTell, hasEnded, type Customer } from '../../customers/rules.js'
import { previewMail } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import type { Chosen } from '../form/declaration.js'
import { declarationContent } from '../mails.js'
import { copiesByIds, copiesOfCustomer } from '../records/copies.js'
import { copyId } from '../rules/sending.js'
import { announcedOf } from './send-mails.js'

const batch = 500
const named = 20

export type SendingPreview = {
  /** Who gets it now. */
  count: number
  first: { reference: string; name: string; contacts: string[] }[]
  /** Have it already, or it is on its way: they get nothing again. */
  already: number
  /** Nobody to write to: they become a task. */
  withoutContact: { reference: string; name: string }[]
}

/** Whom it would go to; nothing is changed. */
export async function previewSending(
  context: Context,
  audit: string,
  chosen: Chosen,
): Promise<SendingPreview> {
  const preview: SendingPreview = { count: 0, first: [], already: 0, withoutContact: [] }
  for await (const customers of customersOf(context, chosen)) {
    const copies = await copiesByIds(customers.map(({ _id }) => copyId(audit, _id)))
    const have = new Set(copies.map(({ customer }) => customer))
    preview.already += have.size
    for (const { _id, reference, name, contacts } of customers) {
      if (have.has(_id)) continue
      preview.count += 1
      const to = contactsToTell(contacts, context.today)
      if (to.length === 0 && preview.withoutContact.length < named)
        preview.withoutContact.push({ reference, name })
      if (preview.first.length < named)
        preview.first.push({ reference, name, contacts: to.map(({ email }) => email) })
    }
  }
  return preview
}

/** Ids of those it goes to; none with 'all', which a timer goes through. */
export async function idsOf(context: Context, chosen: Chosen): Promise<string[]> {
  if (chosen.to === 'all') return []
  const ids: string[] = []
  for await (const customers of customersOf(context, chosen)) ids.push(...customers.map(({ _id }) => _id))
  return ids
}

/** Those a search finds, to tick. */
export async function customersFound(context: Context, q: string, most: number): Promise<Customer[]> {
  const found: Customer[] = []
  for await (const customer of customersMatching(context, readCustomerQuery({ q, ids: [] }))) {
    if (hasEnded(customer, context.today)) continue
    found.push(customer)
    if (found.length >= most) break
  }
  return found
}

async function* customersOf(context: Context, { to, q, ids }: Chosen): AsyncGenerator<Customer[]> {
  if (to === 'all') {
    for (let after = ''; ;) {
      const customers = await activeCustomersAfter(after, context.today, batch)
      const last = customers.at(-1)
      if (!last) return
      yield customers
      after = last._id
    }
  }
  let some: Customer[] = []
  const query = readCustomerQuery(to === 'found' ? { q } : { ids: ids.join(',') })
  for await (const customer of customersMatching(context, query)) {
    if (hasEnded(customer, context.today)) continue
    some.push(customer)
    if (some.length < batch) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}

/** The mail as the first of them would get it, in that language. */
export async function previewOfMail(
  context: Context,
  audit: string,
  locale: Locale,
  customer: string | null,
): Promise<{ text: string; html: string }> {
  const [declaration, sender, wording, [known]] = await Promise.all([
    announcedOf(audit),
    senderNow(),
    currentWording(),
    customersByIds(customer ? [customer] : []),
  ])
  const earlier = known ? await copiesOfCustomer(known._id) : []
  const contact = known && contactsToTell(known.contacts, context.today)[0]
  const content = declarationContent({
    declaration,
    copy: {
      _id: 'preview',
      customerName: known?.name ?? '…',
      customerReference: known?.reference ?? 'C-0000',
      replaces:
        earlier.find(({ reference }) => reference === declaration.replaces?.reference)?.reference ?? '',
      round: 0,
      sample: false,
    },
    contact: { id: 'preview', name: contact?.name ?? '…', email: contact?.email ?? '', locale },
    caseNumber: known?.caseNumber ?? null,
    sender,
    wording,
  })
  return previewMail(content, locale, true)
}
