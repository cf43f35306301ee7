import type { Context, Locale } from '../../base/context.js'
import { staffMembers } from '../../auth/actions/people.js'
import { customersByIds } from '../../customers/actions.js'
import { contactsOn, contactsToTell, type Contact } from '../../customers/rules.js'
import type { Page } from '../../db/paging.js'
import { filesAbout, type StoredFile } from '../../files/actions.js'
import { mailsAbout, previewMail, type MailRow } from '../../mail/actions.js'
import type { MailContent } from '../../mail/rules.js'
import { allServices } from '../../register/actions.js'
import { phaseMail } from '../mails.js'
import {
  askingIn,
  countAffected,
  everyAffected,
  openBreaches,
  pageOfAffected,
  pageOfBreaches,
  type AffectedFilter,
  type BreachFilter,
} from '../records.js'
import { lastPhase, type AffectedCustomer, type Breach, type Phase, type Standing } from '../rules.js'
import { lettersFor } from './letters.js'
import { affectedOf, breachOf } from './move.js'
import { standingOf } from './standing.js'

const pageSize = 50
const mostOpen = 100
const mostAsking = 20

export type ListedBreach = { breach: Breach; standing: Standing }

export async function breachesToList(
  filter: BreachFilter,
  cursor: string | undefined,
): Promise<Page<ListedBreach>> {
  const page = await pageOfBreaches(filter, cursor, pageSize)
  return { ...page, rows: await withStanding(page.rows) }
}

export async function openToList(): Promise<ListedBreach[]> {
  return withStanding(await openBreaches(mostOpen))
}

async function withStanding(breaches: readonly Breach[]): Promise<ListedBreach[]> {
  return Promise.all(breaches.map(async (breach) => ({ breach, standing: await standingOf(breach) })))
}

export type ShownBreach = ListedBreach & {
  customers: Page<AffectedCustomer>
  leftOut: number
  asking: AffectedCustomer[]
  files: Map<string, StoredFile>
  services: Map<string, { da: string; en: string }>
}

export async function breachToShow(
  reference: string,
  filter: AffectedFilter,
  cursor: string | undefined,
): Promise<ShownBreach> {
  const breach = await breachOf(reference)
  const [standing, customers, leftOut, asking, files, services] = await Promise.all([
    standingOf(breach),
    pageOfAffected(breach._id, filter, cursor, pageSize),
    countAffected(breach._id, { standing: 'left-out' }),
    askingIn(breach._id, mostAsking),
    filesAbout('breach', breach._id),
    namesOfServices(),
  ])
  return {
    breach,
    standing,
    customers,
    leftOut,
    asking,
    files: new Map(files.map((file) => [file._id, file])),
    services,
  }
}

export async function namesOfServices(): Promise<Map<string, { da: string; en: string }>> {
  return new Map((await allServices()).map(({ _id, name }) => [_id, name]))
}

export type Callable = { affected: AffectedCustomer; contacts: Contact[] }

/** A page of whom to call, those not told first, with everybody the customer has named. */
export async function callsToShow(
  { today }: Context,
  reference: string,
  { q, all }: { q: string; all: boolean },
  cursor: string | undefined,
): Promise<{ breach: Breach; standing: Standing; page: Page<Callable> }> {
  const breach = await breachOf(reference)
  const [standing, page] = await Promise.all([
    standingOf(breach),
    pageOfAffected(breach._id, { q, told: null, standing: 'affected' }, cursor, pageSize),
  ])
  const rows = all ? page.rows : page.rows.filter(({ told }) => told !== 'told')
  // Those told stand last, so a page that ends with them is the last one wanted.
  const next = !all && rows.length < page.rows.length ? null : page.next
  return { breach, standing, page: { ...page, next, rows: await withContacts(rows, today) } }
}

/** All of them, for the paper and the workbook. */
export async function allToCall({ today }: Context, breach: Breach): Promise<Callable[]> {
  const rows: Callable[] = []
  for await (const some of everyAffected(breach._id)) rows.push(...(await withContacts(some, today)))
  return rows
}

async function withContacts(rows: readonly AffectedCustomer[], today: string): Promise<Callable[]> {
  const customers = await customersByIds(rows.map(({ customer }) => customer))
  const contacts = new Map(customers.map((each) => [each._id, contactsOn(each.contacts, today)]))
  return rows.map((affected) => ({
    affected,
    // Those for data protection first, as the agreement names them.
    contacts: (contacts.get(affected.customer) ?? []).toSorted(
      (a, b) => Number(b.dataProtection) - Number(a.dataProtection),
    ),
  }))
}

export type ShownCustomer = {
  breach: Breach
  affected: AffectedCustomer
  mails: MailRow[]
  files: Map<string, StoredFile>
  contacts: Contact[]
  services: Map<string, { da: string; en: string }>
  callers: Map<string, string>
}

export async function customerToShow(
  { today }: Context,
  reference: string,
  customer: string,
): Promise<ShownCustomer> {
  const { breach, affected } = await affectedOf(reference, customer)
  const [mails, files, [callable], services, staff] = await Promise.all([
    mailsAbout('breach-customer', [affected._id]),
    filesAbout('breach-customer', affected._id),
    withContacts([affected], today),
    namesOfServices(),
    staffMembers(),
  ])
  return {
    breach,
    affected,
    mails,
    files: new Map(files.map((file) => [file._id, file])),
    contacts: callable?.contacts ?? [],
    services,
    callers: new Map(staff.map(({ _id, name }) => [_id, name])),
  }
}

/** The phase as it would go out now; with none to come, as it went. */
export function phaseNow(context: Context, breach: Breach): Phase {
  const number = breach.phases.length + 1
  const draft = { number, at: context.now, by: context.actor.id, content: breach.content, finished: false }
  return breach.open ? draft : (lastPhase(breach) ?? draft)
}

/** What that customer would be told now. Nothing is made by looking: the link in it is a placeholder. */
export async function wordsFor(
  context: Context,
  reference: string,
  customerReference: string,
): Promise<{ content: MailContent; text: string; locale: Locale } | null> {
  const { breach, affected } = await affectedOf(reference, customerReference)
  const [customer] = await customersByIds([affected.customer])
  const contact = customer && contactsToTell(customer.contacts, context.today)[0]
  if (!customer || !contact) return null
  const [letter] = await lettersFor(breach, phaseNow(context, breach), [{ affected, customer, contact }])
  if (!letter) return null
  const { content } = phaseMail(letter, 'preview')
  return { content, text: (await previewMail(content, contact.locale, true)).text, locale: contact.locale }
}
