import { plainName } from './names.js'
import { earlierOf, type Day } from '../../base/day.js'
import type { NewCustomer } from '../../customers/actions.js'
import type { GeneralInput } from '../../customers/form.js'
import { ordinaryAgreement, type Agreement, type Customer } from '../../customers/rules.js'
import type { Service } from '../../register/rules.js'
import { contactContent, contactsOf, type PlannedContact } from './customer-contacts.js'
import { differsFromRecord, newlyBought } from './customer-history.js'
import { grouped, join, numberOf, type Group } from './customer-matching.js'
import { readCustomerRow, type CustomerRow } from './customer-rows.js'
import { registrationBeside } from './registrations.js'
import type { ReadRow } from './rows.js'
import type { RowChoice } from './import.js'
import { leftOut } from './left-out.js'
import { finderOf, isSaid, type Match } from './matches.js'
import {
  changedFields,
  sayInto,
  sayMatch,
  withProblems,
  type Message,
  type PlannedRow,
  type ReadingContext,
  type Say,
} from './plan.js'

/** What is to be done with one customer, whose contacts stand on several rows. */
export type PlannedCustomer = {
  key: string
  row: number
  existing: Customer | null
  match: Match
  /** For a new one. */
  input: NewCustomer
  general: GeneralInput | null
  agreement: { agreement: Agreement; from: Day } | null
  bought: { service: string; from: Day }[]
  contacts: PlannedContact[]
}

export type CustomersPlan = { customers: PlannedCustomer[]; rows: PlannedRow[]; messages: Message[] }

export type CustomersNow = {
  services: readonly Service[]
  customers: readonly Customer[]
  aliases?: ReadonlyMap<string, string>
}

export function planCustomers(
  rows: readonly ReadRow[],
  now: CustomersNow,
  context: ReadingContext,
  choices: readonly RowChoice[] = [],
): CustomersPlan {
  const chosen = new Map(choices.map((choice) => [choice.row, choice]))
  const { out, messages } = leftOut('customers', rows, choices)
  const read = rows
    .filter(({ number }) => !out.has(number))
    .map((row) => readCustomerRow(row, { ...context, services: now.services }))
  for (const row of read) messages.push(...row.messages)
  const say = sayInto(messages)
  const find = finderOf(now.customers, now.aliases)
  const planned = new Map<number, PlannedRow>()
  const customers: PlannedCustomer[] = []
  const keys = new Set<string>()
  const groups = grouped(
    read.filter((row): row is CustomerRow => row.customer !== null),
    say,
  )
  const shared = sharedNumbers(groups)
  const known = new Map<string, Group>()
  const entries = groups.flatMap((group) => {
    const choice = group.rows.map(({ number }) => chosen.get(number)?.whole).find(Boolean)
    const entry = { group, ...find(described(group), choice, shared.has(numberOf(group.part))) }
    const same = entry.existing && known.get(entry.existing._id)
    // The same customer, written in two ways.
    if (same) group.rows.forEach((row) => join(same, row, say))
    if (entry.existing && !same) known.set(entry.existing._id, group)
    return same ? [] : [entry]
  })
  for (const { group, match, existing, gone = false } of entries) {
    const first = group.rows[0]?.number ?? 0
    sayMatch(match, gone, first, say)
    const customer = planCustomer(group, existing, match, keys, context, say)
    if (existing) sayOfEnd(existing, group, first, context, say)
    const told = customer.input.contacts.some(({ dataProtection, to }) => dataProtection && !to)
    if (existing === null && !told && customer.input.ended === undefined)
      say(first, 'warning', 'no-contact-to-tell')
    customers.push(customer)
    for (const row of group.rows) planned.set(row.number, rowOf(row, customer, first))
  }
  return { customers, rows: withProblems(rows, planned, messages, out), messages }
}

function described({ part: { name, reference, general } }: Group) {
  return {
    name,
    ...(reference === undefined ? {} : { reference }),
    ...(general.registration === undefined ? {} : { registration: general.registration }),
  }
}

/** Numbers by which several customers of the file go. */
function sharedNumbers(groups: readonly Group[]): Set<string | null> {
  const counts = new Map<string | null, number>()
  for (const { part } of groups) counts.set(numberOf(part), (counts.get(numberOf(part)) ?? 0) + 1)
  return new Set([...counts].flatMap(([number, count]) => (count > 1 ? [number] : [])))
}

function sayOfEnd(
  { endedOn, reference }: Customer,
  { part: { ended } }: Group,
  row: number,
  { today }: ReadingContext,
  say: Say,
): void {
  if (endedOn !== null && endedOn <= today && ended?.on !== endedOn)
    say(row, 'problem', 'customer-ended', { reference })
  else if (ended && ended.on !== endedOn) say(row, 'warning', 'end-not-taken', { reference })
}

function planCustomer(
  group: Group,
  existing: Customer | null,
  match: Match,
  keys: Set<string>,
  { today, locale }: ReadingContext,
  say: Say,
): PlannedCustomer {
  const { part, rows } = group
  const row = rows[0]?.number ?? 0
  const agreement: Agreement = { ...(existing?.agreement ?? ordinaryAgreement), ...part.agreement }
  const before = existing ? generalOf(existing) : null
  const general: GeneralInput = { isProcessor: false, ...before, ...part.general, name: part.name }
  if (before && (plainName(before.name) === plainName(general.name) || isSaid(match)))
    general.name = before.name
  const registration = registrationBeside(before?.registration, part.general.registration)
  if (registration) general.registration = registration
  const contacts = contactsOf(rows, existing, locale, say)
  const last = existing?.agreements.at(-1)
  const from = part.from ?? last?.from ?? earlierOf(part.agreement.signedOn ?? today, today)
  const over = existing !== null && existing.endedOn !== null && existing.endedOn <= today
  if (existing && differsFromRecord(existing, group)) say(row, 'warning', 'history-not-taken')
  const known = numberOf(part) === null ? plainName(part.name) : `${numberOf(part)}/${plainName(part.name)}`
  const key = keys.has(known) ? `${known}#${row}` : known
  keys.add(key)
  const bought = part.bought ?? (part.services ?? []).map((service) => ({ service, from, to: null }))
  return {
    key,
    row,
    existing,
    match,
    input: {
      ...general,
      agreement,
      from,
      services: [],
      bought,
      earlier: part.earlier ?? [],
      contacts: contacts.map(({ contact, from: since, to }) => ({
        ...contact,
        ...(since === undefined ? {} : { from: since }),
        ...(to === undefined ? {} : { to }),
      })),
      ...(part.reference === undefined ? {} : { reference: part.reference }),
      ...(part.ended === undefined ? {} : { ended: part.ended }),
    },
    general: !over && before && changedFields(before, general).length > 0 ? general : null,
    // An agreement is corrected from the day it began, unless the file names a later one.
    agreement:
      !over && existing && changedFields(existing.agreement, agreement).length > 0
        ? { agreement, from: last && from < last.from ? last.from : from }
        : null,
    bought: existing && !over ? newlyBought(existing, group, today) : [],
    contacts:
      existing && !over
        ? contacts.filter(
            ({ contact, replaces }) =>
              replaces === null || changedFields(contactContent(replaces), contact).length > 0,
          )
        : [],
  }
}

export function generalOf({ name, registration, caseNumber, isProcessor }: Customer): GeneralInput {
  return {
    name,
    isProcessor,
    ...(registration === undefined ? {} : { registration }),
    ...(caseNumber === undefined ? {} : { caseNumber }),
  }
}

function rowOf(row: CustomerRow, customer: PlannedCustomer, first: number): PlannedRow {
  const { existing, match } = customer
  const contact = customer.contacts.find((each) => each.contact.email === row.contact?.email)
  const isFirst = row.number === first
  const changes = [
    ...(isFirst && existing && customer.general ? changedFields(generalOf(existing), customer.general) : []),
    ...(isFirst && customer.agreement
      ? changedFields(existing?.agreement ?? {}, customer.agreement.agreement)
      : []),
    ...(isFirst && customer.bought.length > 0 ? ['services'] : []),
    ...(contact ? ['contactName'] : []),
  ]
  return {
    number: row.number,
    name: row.customer.name,
    part: row.contact?.email ?? '',
    verdict: existing === null ? 'create' : changes.length > 0 ? 'change' : 'same',
    whole: match,
    of: null,
    group: first,
    changes,
  }
}
