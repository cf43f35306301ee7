import { NotFound } from '../../base/errors.js'
import { fileById, type StoredFile } from '../../files/actions.js'
import { mailsAbout, type MailRow } from '../../mail/actions.js'
import { customersByIds } from '../../customers/actions.js'
import { contactsToTell } from '../../customers/rules.js'
import { engagementByReference, vendorsByIds, engagementsByIds } from '../../register/actions.js'
import type { Engagement } from '../../register/rules.js'
import type { Page } from '../../db/paging.js'
import type { Context, Locale } from '../../base/context.js'
import type { MailContent } from '../../mail/rules.js'
import { previewMail } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { toldContent } from '../mails.js'
import {
  casesDiscovered,
  countAffected,
  findings,
  openCases,
  pageOfAffected,
  pageOfCases,
  type AffectedFilter,
  type CaseFilter,
} from '../records.js'
import type { AffectedCustomer, Finding, Standing, UseCase, YearOfUse } from '../rules.js'
import { affectedOf, standingOf } from './steps.js'
import { caseOf } from './move.js'

const pageSize = 50
const mostTasks = 100

export type Shown = {
  useCase: UseCase
  standing: Standing
  customers: Page<AffectedCustomer>
  undelivered: number
}

export async function caseToShow(
  reference: string,
  filter: AffectedFilter,
  cursor: string | undefined,
): Promise<Shown> {
  const useCase = await caseOf(reference)
  const [standing, customers, undelivered] = await Promise.all([
    standingOf(useCase),
    pageOfAffected(useCase._id, filter, cursor, pageSize),
    countAffected(useCase._id, { told: ['undelivered'] }),
  ])
  return { useCase, standing, customers, undelivered }
}

export type ListedCase = { useCase: UseCase; standing: Standing }

export async function casesToList(filter: CaseFilter, cursor: string | undefined): Promise<Page<ListedCase>> {
  const page = await pageOfCases(filter, cursor, pageSize)
  return { ...page, rows: await withStanding(page.rows) }
}

export async function openToList(): Promise<ListedCase[]> {
  return withStanding(await openCases(mostTasks))
}

export async function findingsToShow(): Promise<Finding[]> {
  return findings()
}

export type ShownCustomer = {
  useCase: UseCase
  affected: AffectedCustomer
  mails: MailRow[]
  file: StoredFile | null
}

export async function customerToShow(reference: string, customer: string): Promise<ShownCustomer> {
  const { useCase, affected } = await affectedOf(reference, customer)
  const [mails, file] = await Promise.all([
    mailsAbout('unpermitted-customer', [affected._id]),
    affected.delivery?.file ? fileById(affected.delivery.file) : null,
  ])
  return { useCase, affected, mails, file }
}

/** What that customer would be told now, by its first contact, or in the reader's language where it has none. */
export async function wordsFor(
  context: Context,
  reference: string,
  customerReference: string,
): Promise<{ content: MailContent; text: string; locale: Locale }> {
  const { useCase, affected } = await affectedOf(reference, customerReference)
  const [customer] = await customersByIds([affected.customer])
  const contact = (customer ? contactsToTell(customer.contacts, context.today) : [])[0] ?? {
    id: '',
    name: affected.customerName,
    email: '',
    locale: context.locale,
  }
  const caseNumber = customer?.caseNumber ?? null
  const [sender, wording] = await Promise.all([senderNow(), currentWording()])
  const content = toldContent({ useCase, affected, contact, caseNumber, sender, wording })
  return { content, text: (await previewMail(content, contact.locale, false)).text, locale: contact.locale }
}

/** The file, if it shows how that customer was told. */
export async function fileOfCustomer(reference: string, customer: string): Promise<string> {
  const { file } = await customerToShow(reference, customer)
  if (!file) throw new NotFound()
  return file._id
}

/** The engagement a case is opened about, by reference or id. */
export async function engagementAsked(
  asked: string,
): Promise<{ engagement: Engagement; vendorName: string } | null> {
  const engagement = (await engagementByReference(asked)) ?? (await engagementsByIds(asked ? [asked] : []))[0]
  if (!engagement) return null
  const [vendor] = await vendorsByIds([engagement.vendor])
  return { engagement, vendorName: vendor?.name ?? '' }
}

/** What was discovered in a year, for the declaration that says so. */
export async function unpermittedUseIn(year: number): Promise<YearOfUse> {
  const cases = await casesDiscovered(`${year}-01-01`, `${year}-12-31`)
  const customers = await Promise.all(cases.map(({ _id }) => countAffected(_id)))
  return {
    year,
    cases: cases.length,
    open: cases.filter(({ open }) => open).length,
    customers: customers.reduce((sum, count) => sum + count, 0),
    references: cases.map(({ reference }) => reference),
  }
}

async function withStanding(cases: readonly UseCase[]): Promise<ListedCase[]> {
  return Promise.all(cases.map(async (useCase) => ({ useCase, standing: await standingOf(useCase) })))
}
