import { earlierOf, type Day } from '../../base/day.js'
import type { NewCustomer } from '../../customers/actions.js'
import type { GeneralInput } from '../../customers/form.js'
import {
  currentContacts,
  hasEnded,
  ordinaryAgreement,
  overlapping,
  type Agreement,
  type Contact,
  type ContactContent,
  type Customer,
} from '../../customers/rules.js'
import type { Service } from '../../register/rules.js'
import { readCustomerRow, type CustomerPart, type CustomerRow } from './customer-rows.js'
import type { ReadRow } from './headings.js'
import {
  changedFields,
  plainName,
  type MatchedBy,
  type Message,
  type PlannedRow,
  type ReadingContext,
  type Severity,
  withProblems,
} from './plan.js'

/** What is to be done with one customer, whose contacts stand on several rows. */
export type PlannedCustomer = {
  key: string
  row: number
  existing: Customer | null
  by: MatchedBy | null
  /** For a new one. */
  input: NewCustomer
  general: GeneralInput | null
  agreement: { agreement: Agreement; from: Day } | null
  services: string[]
  contacts: { contact: ContactContent; replaces: Contact | null }[]
}

export type CustomersPlan = { customers: PlannedCustomer[]; rows: PlannedRow[]; messages: Message[] }

export type CustomersNow = { services: readonly Service[]; customers: readonly Customer[] }

type Say = (row: number, severity: Severity, text: string, facts?: Message['facts']) => void
type Group = { part: CustomerPart; rows: CustomerRow[] }

export function planCustomers(
  rows: readonly ReadRow[],
  now: CustomersNow,
  context: ReadingContext,
): CustomersPlan {
  const read = rows.map((row) => readCustomerRow(row, { ...context, services: now.services }))
  const messages = read.flatMap((row) => row.messages)
  const say: Say = (row, severity, text, facts = {}) =>
    void messages.push({ row, column: '', severity, text, facts })
  const find = customerFinder(now.customers)
  const planned = new Map<number, PlannedRow>()
  const customers: PlannedCustomer[] = []
  const seen = new Set<string>()
  for (const group of grouped(
    read.filter((row): row is CustomerRow => row.customer !== null),
    say,
  )) {
    const first = group.rows[0]?.number ?? 0
    const found = find(group.part)
    if (found && hasEnded(found.customer, context.today))
      say(first, 'problem', 'customer-ended', { reference: found.customer.reference })
    if (found && seen.has(found.customer._id))
      say(first, 'problem', 'matched-twice', { reference: found.customer.reference })
    if (found) seen.add(found.customer._id)
    const customer = planCustomer(group, found, context)
    if (customer.existing === null && !customer.input.contacts.some(({ dataProtection }) => dataProtection))
      say(first, 'warning', 'no-contact-to-tell')
    customers.push(customer)
    for (const row of group.rows) planned.set(row.number, rowOf(row, customer, row.number === first))
  }
  return { customers, rows: withProblems(rows, planned, messages), messages }
}

function grouped(rows: readonly CustomerRow[], say: Say): Group[] {
  const groups: Group[] = []
  const byNumber = new Map<string, Group>()
  const byName = new Map<string, Group>()
  for (const row of rows) {
    const number = numberOf(row.customer)
    const named = byName.get(plainName(row.customer.name))
    const group =
      (number === null ? undefined : byNumber.get(number)) ??
      (named && (number === null || numberOf(named.part) === null) ? named : undefined)
    if (!group) {
      const fresh = { part: row.customer, rows: [row] }
      groups.push(fresh)
      if (number !== null) byNumber.set(number, fresh)
      byName.set(plainName(row.customer.name), fresh)
      continue
    }
    const { general, agreement, services = [], ...rest } = row.customer
    const contrary = [
      ...changedFields(group.part.general, general).filter((field) => field in group.part.general),
      ...changedFields(group.part.agreement, agreement).filter((field) => field in group.part.agreement),
    ]
    if (contrary.length > 0)
      say(row.number, 'warning', 'customer-differs', {
        other: group.rows[0]?.number ?? 0,
        fields: contrary.join(','),
      })
    group.part = {
      ...rest,
      ...group.part,
      general: { ...general, ...group.part.general },
      agreement: { ...agreement, ...group.part.agreement },
      services: [...new Set([...(group.part.services ?? []), ...services])],
    }
    group.rows.push(row)
    if (number !== null) byNumber.set(number, group)
  }
  return groups
}

function numberOf({ general }: { general: Partial<GeneralInput> }): string | null {
  return general.registration?.number.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase() ?? null
}

type Found = { customer: Customer; by: MatchedBy } | null

function customerFinder(customers: readonly Customer[]) {
  const order = customers.toSorted(
    (a, b) => Number(b.endedOn !== null) - Number(a.endedOn !== null) || (a.reference < b.reference ? 1 : -1),
  )
  const byReference = new Map(order.map((customer) => [customer.reference, customer]))
  const key = (customer: Customer) => numberOf({ general: customer })
  const byName = new Map(order.map((customer) => [plainName(customer.name), customer]))
  const byNumber = new Map<string, Customer[]>()
  for (const customer of order) {
    const number = key(customer)
    if (number !== null) byNumber.set(number, [...(byNumber.get(number) ?? []), customer])
  }
  return (part: CustomerPart): Found => {
    const number = numberOf(part)
    const name = plainName(part.name)
    const referred = part.reference === undefined ? undefined : byReference.get(part.reference)
    if (referred && (plainName(referred.name) === name || (number !== null && key(referred) === number)))
      return { customer: referred, by: 'reference' }
    const numbered = number === null ? [] : (byNumber.get(number) ?? [])
    // A municipality's institutions share its number and are customers of their own.
    const same =
      numbered.find((customer) => plainName(customer.name) === name) ??
      (numbered.length === 1 ? numbered[0] : undefined)
    if (same) return { customer: same, by: 'number' }
    const named = byName.get(name)
    return named && (number === null || key(named) === null) ? { customer: named, by: 'name' } : null
  }
}

function planCustomer(
  { part, rows }: Group,
  found: Found,
  { today, locale }: ReadingContext,
): PlannedCustomer {
  const existing = found?.customer ?? null
  const agreement: Agreement = { ...(existing?.agreement ?? ordinaryAgreement), ...part.agreement }
  const before = existing ? generalOf(existing) : null
  const general: GeneralInput = { isProcessor: false, ...before, ...part.general, name: part.name }
  if (before && plainName(before.name) === plainName(general.name)) general.name = before.name
  const contacts = contactsOf(rows, existing, locale)
  const last = existing?.agreements.at(-1)
  const from = part.from ?? last?.from ?? earlierOf(part.agreement.signedOn ?? today, today)
  const services = part.services ?? []
  return {
    key: numberOf(part) === null ? plainName(part.name) : `${numberOf(part)}/${plainName(part.name)}`,
    row: rows[0]?.number ?? 0,
    existing,
    by: found?.by ?? null,
    input: { ...general, agreement, from, services, contacts: contacts.map(({ contact }) => contact) },
    general: before && changedFields(before, general).length > 0 ? general : null,
    // An agreement is corrected from the day it began, unless the file names a later one.
    agreement:
      existing && changedFields(existing.agreement, agreement).length > 0
        ? { agreement, from: last && from < last.from ? last.from : from }
        : null,
    services: existing ? services.filter((service) => !overlapping(existing.services, service, today)) : [],
    contacts: existing
      ? contacts.filter(
          ({ contact, replaces }) =>
            replaces === null || changedFields(contentOf(replaces), contact).length > 0,
        )
      : [],
  }
}

function contactsOf(
  rows: readonly CustomerRow[],
  existing: Customer | null,
  locale: 'da' | 'en',
): PlannedCustomer['contacts'] {
  const current = existing ? currentContacts(existing.contacts) : []
  const byEmail = new Map(rows.flatMap(({ contact }) => (contact ? [[contact.email, contact] as const] : [])))
  return [...byEmail.values()].map((given) => {
    const replaces = current.find(({ email }) => email === given.email) ?? null
    const usual = { locale, dataProtection: true, mayApprove: false }
    const contact = { ...usual, ...(replaces ? contentOf(replaces) : {}), ...given }
    // Where the file had an address only, the name on record stays.
    if (replaces && given.name === given.email) contact.name = replaces.name
    return { contact, replaces }
  })
}

function generalOf({ name, registration, caseNumber, isProcessor }: Customer): GeneralInput {
  return {
    name,
    isProcessor,
    ...(registration === undefined ? {} : { registration }),
    ...(caseNumber === undefined ? {} : { caseNumber }),
  }
}

function contentOf({ id: _id, order: _order, from: _from, to: _to, ...content }: Contact): ContactContent {
  return content
}

function rowOf(row: CustomerRow, customer: PlannedCustomer, first: boolean): PlannedRow {
  const { existing, by } = customer
  const contact = customer.contacts.find((each) => each.contact.email === row.contact?.email)
  const changes = [
    ...(first && customer.general ? ['name'] : []),
    ...(first && customer.agreement
      ? changedFields(existing?.agreement ?? {}, customer.agreement.agreement)
      : []),
    ...(first && customer.services.length > 0 ? ['services'] : []),
    ...(contact ? ['contactName'] : []),
  ]
  return {
    number: row.number,
    name: row.customer.name,
    part: row.contact?.email ?? '',
    verdict: existing === null ? 'create' : changes.length > 0 ? 'change' : 'same',
    matched: existing && by ? { reference: existing.reference, by } : null,
    changes,
  }
}
