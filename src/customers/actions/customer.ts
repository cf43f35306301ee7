import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { keepReferences } from '../../db/keep-references.js'
import { firstMove } from '../../db/moves.js'
import { storeFile, type Upload } from '../../files/actions.js'
import type { AgreementInput, GeneralInput } from '../form.js'
import { Customers, insertCustomers, kept } from '../records.js'
import {
  hasEnded,
  withAgreement,
  withContact,
  type Agreement,
  type BoughtService,
  type Contact,
  type ContactContent,
  type Customer,
  type DatedAgreement,
} from '../rules.js'
import { changedFields } from '../rules/changes.js'
import { customerAsSeen, moveTo, type Which } from './move.js'

/** A customer from its first day: what it signed, what it buys, whom we write to. `from` is that day. */
export type NewCustomer = GeneralInput & {
  agreement: Agreement
  from: Day
  services: string[]
  /** What was bought on other days, for a record that comes from elsewhere. */
  bought?: BoughtService[]
  /** Agreements before the present one. */
  earlier?: DatedAgreement[]
  /** One with `to` no longer holds; `from` where it is not the customer's first day. */
  contacts: (ContactContent & { from?: Day; to?: Day })[]
  /** The number it goes by where it comes from, kept where it is free. */
  reference?: string
  ended?: { on: Day; because: string }
  sample?: boolean
  /** Where it follows from what the customer came from, so that a repeat makes no second one. */
  _id?: string
}

export async function addCustomer(context: Context, input: NewCustomer): Promise<Customer> {
  const [customer] = await addCustomers(context, [input])
  return customer as Customer
}

/** Many at once, in the order given: for imports and the sample organisation. */
export async function addCustomers(context: Context, inputs: readonly NewCustomer[]): Promise<Customer[]> {
  const references = await keepReferences(
    Customers,
    'C',
    inputs.map(({ reference }) => reference),
  )
  const customers = inputs.map((input, place) => begin(context, input, references[place] ?? ''))
  await insertCustomers(customers)
  await record(Customers, customers)
  return customers
}

function begin(context: Context, input: NewCustomer, reference: string): Customer {
  const { agreement, from, services, contacts, sample = false, _id = newId() } = input
  const { bought = [], earlier = [], ended, reference: _reference, ...rest } = input
  const { name, isProcessor, registration, caseNumber } = rest
  const general = {
    name,
    isProcessor,
    ...(registration === undefined ? {} : { registration }),
    ...(caseNumber === undefined ? {} : { caseNumber }),
  }
  const content = {
    ...general,
    agreement,
    agreements: [...earlier, { ...agreement, from }],
    services: [...services.map((service) => ({ service, from, to: null })), ...bought],
    contacts: contacts.reduce<Contact[]>(
      (all, { from: since = from, to = null, ...contact }) =>
        withContact(all, contact, newId(), since).map((each, place) =>
          place === all.length ? { ...each, to } : each,
        ),
      [],
    ),
    ...(ended ? { endedOn: ended.on, endedBecause: ended.because } : { endedOn: null }),
    sample,
  }
  const first = firstMove({
    at: context.now,
    by: context.actor,
    event: 'customer.added',
    facts: {
      agreement: { ...agreement, from },
      services,
      contacts: contacts.length,
      sample,
      ...(bought.length > 0 ? { bought } : {}),
      ...(ended ? { endedOn: ended.on } : {}),
    },
    personal: { ...general },
  })
  return { _id, reference, ...content, ...kept(reference, content), ...first }
}

export async function editGeneral(context: Context, which: Which, input: GeneralInput): Promise<Customer> {
  const customer = await customerAsSeen(which)
  const after = {
    name: input.name,
    registration: input.registration,
    caseNumber: input.caseNumber,
    isProcessor: input.isProcessor,
  }
  const { name, registration, caseNumber, isProcessor } = customer
  const changes = changedFields({ name, registration, caseNumber, isProcessor }, after)
  if (!changes) return customer
  return moveTo(context, customer, after, { event: 'customer.edited', facts: {}, personal: changes })
}

/** A later `from` is a new agreement, the same `from` a correction of the present one. The file may be left out. */
export async function changeAgreement(
  context: Context,
  which: Which,
  { agreement, from }: AgreementInput,
  upload?: Upload,
): Promise<Customer> {
  const customer = await customerAsSeen(which)
  const before = customer.agreements.at(-1)
  if (before && from < before.from) throw new Refused('agreement-before-current')
  const about = { kind: 'customer', id: customer._id }
  const file = upload
    ? (await storeFile(context, { ...upload, about, sample: customer.sample }))._id
    : customer.agreement.file
  const after: Agreement = file === undefined ? agreement : { ...agreement, file }
  const changes = changedFields({ ...before }, { ...after, from })
  if (!changes) return customer
  return moveTo(
    context,
    customer,
    { agreement: after, agreements: withAgreement(customer.agreements, after, from) },
    { event: 'customer.agreement-changed', facts: { from, ...changes } },
  )
}

/** `on` is the first day it is no longer a customer; it may lie ahead. */
export async function endCustomer(
  context: Context,
  which: Which,
  { on, because }: { on: Day; because: string },
): Promise<Customer> {
  const customer = await customerAsSeen(which)
  if (customer.endedOn !== null)
    throw new Refused('customer-already-ended', { reference: customer.reference })
  return moveTo(
    context,
    customer,
    { endedOn: on, endedBecause: because },
    { event: 'customer.ended', facts: { on }, personal: { because } },
  )
}

/** Undoes an ending. What ran out meanwhile is not brought back. */
export async function resumeCustomer(context: Context, which: Which): Promise<Customer> {
  const customer = await customerAsSeen(which)
  if (customer.endedOn === null) return customer
  return moveTo(
    context,
    customer,
    { endedOn: null, endedBecause: undefined },
    {
      event: 'customer.resumed',
      facts: { endedOn: customer.endedOn, late: hasEnded(customer, context.today) },
    },
  )
}
