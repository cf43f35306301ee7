/** What a customer's contact may see and do. Every look-up asks for the link's own customer, so no other can be reached. */
import type { Context, Locale } from '../base/context.js'
import type { Day } from '../base/day.js'
import { NotFound } from '../base/errors.js'
import { DeadLink } from '../auth/links.js'
import type { OpenLink } from '../auth/request.js'
import { customersByIds } from '../customers/actions.js'
import type { Contact, Customer } from '../customers/rules.js'
import { calendarFile } from '../documents/calendar-file.js'
import { buildPdf } from '../documents/pdf.js'
import { readFileBytes, type StoredFile, type Upload } from '../files/actions.js'
import { confirmReceipt, noticesForCustomer, sentPaper, serviceNames } from '../notices/actions.js'
import { paperCalendar, paperFile, paperNames } from '../notices/page/paper.js'
import type { ServiceNames } from '../notices/page/facts.js'
import {
  filesOf,
  objectionByReference,
  objectionsOfCustomer,
  raiseObjection,
  writeFromCustomer,
} from '../objections/actions.js'
import type { Objection } from '../objections/rules.js'
import { listOn, listWithChain } from '../register/actions.js'
import { mappedRows } from '../register/page/map.js'
import type { ListRow } from '../register/rules.js'
import { mapOf, type WorldMap } from '../transfers/map.js'
import type { Law } from '../transfers/rules.js'
import type { Shown } from './page.js'

export type Visitor = { customer: Customer; contact: Contact }

/**
 * Who came by the link. A contact that was changed since is met as it is now, at the same address; one that has left the customer
 * is let in no more: the link does not open, and says nothing.
 */
export async function visitorBy(link: OpenLink, today: Day): Promise<Visitor> {
  const [customer] = await customersByIds([link.customer])
  const named = customer?.contacts.find(({ id }) => id === link.contact)
  const holds = ({ to }: Contact) => to === null || to > today
  const contact =
    named &&
    (holds(named) ? named : customer?.contacts.find((each) => holds(each) && each.email === named.email))
  if (!customer || !contact) throw new DeadLink()
  return { customer, contact }
}

/** Every notice the customer was ever told of, newest first, with its own objections. */
export async function allShown({ customer }: Visitor): Promise<Shown[]> {
  const [notices, objections] = await Promise.all([
    noticesForCustomer(customer._id),
    objectionsOfCustomer(customer._id),
  ])
  return notices.map(({ notice, recipient }) => ({
    notice,
    recipient,
    objections: objections.filter((objection) => objection.recipient === recipient._id),
  }))
}

export async function noticeShown(
  visitor: Visitor,
  reference: string,
): Promise<Shown & { services: ServiceNames }> {
  const shown = (await allShown(visitor)).find(({ notice }) => notice.reference === reference)
  if (!shown) throw new NotFound()
  return { ...shown, services: await serviceNames() }
}

export async function objectionShown(
  { customer }: Visitor,
  reference: string,
): Promise<{ objection: Objection; files: Map<string, StoredFile> }> {
  const objection = await objectionByReference(reference)
  if (objection?.customer !== customer._id) throw new NotFound()
  return { objection, files: await filesOf(objection) }
}

/** A file the customer itself gave; what staff filed with the outcome stays with staff. */
export async function ownFile(visitor: Visitor, reference: string, file: string): Promise<string> {
  const { objection } = await objectionShown(visitor, reference)
  if (!objection.files.includes(file)) throw new NotFound()
  return file
}

export async function listShown({ customer }: Visitor, on: Day): Promise<ListRow[]> {
  return listOn(customer._id, on)
}

/** With everyone below the sub-processors of that list, and these themselves; nothing else of the register. */
export async function listAndChainShown({ customer }: Visitor, on: Day) {
  return listWithChain(customer._id, on)
}

/** Where the data of that list are, by the bases it names; null where it names no country. */
export async function listMap(
  rows: readonly ListRow[],
  { law, on }: { law: Law; on: Day },
  { base, locale }: { base: string; locale: Locale },
  area: unknown,
): Promise<WorldMap | null> {
  const records = mappedRows(rows).map((record) => ({ ...record, url: null }))
  if (records.every(({ storage, access }) => storage.length + access.length === 0)) return null
  const areaUrl = (other: string) => `${base}/list?on=${on}&area=${other}`
  return mapOf({ law, records, day: on, locale, judged: false, of: 'sub-processors', areaUrl }, area)
}

/** The paper as it was sent, or the same made anew in the reader's language; opening it stores nothing. */
export async function noticePdf(
  visitor: Visitor,
  reference: string,
  locale: Locale,
): Promise<{ name: string; bytes: Buffer }> {
  const { notice, recipient, services } = await noticeShown(visitor, reference)
  const letter = { notice, recipient, contact: { name: visitor.contact.name, locale }, services }
  const sent = await sentPaper(letter)
  const { pdf: name } = paperNames(notice.reference, locale)
  return { name, bytes: sent ? await readFileBytes(sent.pdf) : await buildPdf(paperFile(letter, locale)) }
}

export async function noticeCalendar(
  visitor: Visitor,
  reference: string,
  locale: Locale,
): Promise<{ name: string; bytes: Buffer }> {
  const { notice, recipient, services } = await noticeShown(visitor, reference)
  const entry = paperCalendar(
    { notice, recipient, contact: { name: visitor.contact.name, locale }, services },
    locale,
  )
  if (!entry) throw new NotFound()
  return { name: paperNames(notice.reference, locale).calendar, bytes: Buffer.from(calendarFile(entry)) }
}

export async function confirm(context: Context, visitor: Visitor, reference: string): Promise<void> {
  const { recipient } = await noticeShown(visitor, reference)
  await confirmReceipt(context, recipient._id, visitor.contact.id)
}

export async function object(
  context: Context,
  visitor: Visitor,
  reference: string,
  input: { reasons: string | null; files: Upload[] },
): Promise<Objection> {
  const { recipient } = await noticeShown(visitor, reference)
  const { contact } = visitor
  const { objection } = await raiseObjection(context, recipient._id, {
    by: { kind: 'contact', id: contact.id, name: contact.name },
    channel: 'page',
    receivedAt: context.now,
    receivedOn: context.today,
    ...input,
  })
  return objection
}

export async function write(
  context: Context,
  visitor: Visitor,
  reference: string,
  input: { text: string; once: string },
): Promise<void> {
  const { objection } = await objectionShown(visitor, reference)
  const { id, name } = visitor.contact
  await writeFromCustomer(context, objection, { by: { id, name }, ...input })
}
