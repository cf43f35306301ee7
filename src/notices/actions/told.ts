import { papersOf } from '../../annex-b/actions.js'
import { papersNaming, type Paper } from '../../annex-b/rules.js'
import type { Context } from '../../base/context.js'
import { dayOf, type Day } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { customerByReference, customersByIds } from '../../customers/actions.js'
import { mailsAbout } from '../../mail/actions.js'
import {
  acceptedAtSigning,
  approvalsWithPast,
  engagementByReference,
  engagementsOfVendor,
  listOn,
  vendorsByIds,
} from '../../register/actions.js'
import type { Engagement, Told } from '../../register/rules.js'
import { findNotice } from '../records/notices.js'
import { recipientIn, sentNoticesAbout, toldPage } from '../records/told.js'
import { comes, type Notice } from '../rules/notice.js'
import { noticesForCustomer, type Part } from './queries.js'
import { serviceNames } from './contents.js'

const pageSize = 50

/** The notices about the engagement, and about its vendor's others. */
async function noticesAround(engagement: Engagement): Promise<Notice[]> {
  const of = await engagementsOfVendor(engagement.vendor)
  return sentNoticesAbout(of.map(({ _id }) => _id))
}

/** Everyone who was told about the engagement or its vendor by a notice, a page at a time. */
export async function toldAbout(reference: string, q: string, cursor: string | undefined, zone: string) {
  const { engagement, name } = await engagementNamed(reference)
  const notices = await noticesAround(engagement)
  const { page, count } = await toldPage(
    notices.map(({ _id }) => _id),
    q,
    cursor,
    pageSize,
  )
  const [mails, papers] = await Promise.all([
    mailsAbout(
      'recipient',
      page.rows.map(({ _id }) => _id),
    ),
    papersAbout(
      engagement,
      page.rows.map(({ customer }) => customer),
      zone,
    ),
  ])
  return { engagement, name, notices, page, count, mails, papers }
}

/** The lists on paper these customers were handed on which it stood, newest first, by customer. */
async function papersAbout(
  { _id }: Engagement,
  of: readonly string[],
  zone: string,
): Promise<Map<string, Paper[]>> {
  const customers = [...new Set(of)]
  const [papers, approvals] = await Promise.all([
    papersOf(customers, zone),
    approvalsWithPast(_id, customers),
  ])
  return new Map(
    customers.map((customer) => [
      customer,
      papersNaming(
        papers.filter((paper) => paper.customer === customer),
        approvals.filter((approval) => approval.customer === customer),
      ),
    ]),
  )
}

/** Everyone who accepted it with its list at signing, a page at a time. */
export async function acceptedWithList(
  reference: string,
  q: string,
  cursor: string | undefined,
  zone: string,
) {
  const { engagement, name } = await engagementNamed(reference)
  const [notices, { page, count }] = await Promise.all([
    noticesAround(engagement),
    acceptedAtSigning(engagement._id, q, cursor, pageSize),
  ])
  const ids = page.rows.map(({ customer }) => customer)
  const [customers, papers] = await Promise.all([customersByIds(ids), papersAbout(engagement, ids, zone)])
  return { engagement, name, notices, page, count, customers, papers }
}

async function engagementNamed(reference: string): Promise<{ engagement: Engagement; name: string }> {
  const engagement = await engagementByReference(reference)
  if (!engagement) throw new NotFound()
  const [vendor] = await vendorsByIds([engagement.vendor])
  return { engagement, name: vendor?.name ?? engagement.reference }
}

/** How many were told of it, and how many accepted it at signing. */
export async function toldCounts(engagement: Engagement) {
  const notices = await noticesAround(engagement)
  const [{ count: byNotice }, { count: atSigning }] = await Promise.all([
    toldPage(
      notices.map(({ _id }) => _id),
      '',
      undefined,
      1,
    ),
    acceptedAtSigning(engagement._id, '', undefined, 1),
  ])
  return { byNotice, atSigning }
}

/** What notices told customers of an engagement that comes: as the register room asks before a correction. */
export async function toldOf(engagement: string): Promise<Told[]> {
  const notices = await sentNoticesAbout([engagement])
  return notices.flatMap(({ reference, state, lines }) =>
    state === 'withdrawn'
      ? []
      : lines.flatMap((line) => {
          const content = line.engagement === engagement ? comes(line) : null
          return content ? [{ notice: reference, content }] : []
        }),
  )
}

/**
 * What the customer had been told by the end of the day: its notices until then, the lists on paper it was handed until then, and
 * its list as it was known then.
 */
export async function toldCustomer(reference: string, on: Day, context: Context, zone: string) {
  const customer = await customerByReference(reference)
  const [parts, papers, rows, services] = await Promise.all([
    noticesForCustomer(customer._id),
    papersOf([customer._id], zone),
    listOn(customer._id, on, on < context.today ? on : undefined),
    serviceNames(),
  ])
  const until = parts.filter((part) => {
    const told = toldOn(part)
    return told !== null && told <= on
  })
  return { customer, parts: until, papers: papers.filter(({ madeOn }) => madeOn <= on), rows, services }
}

/** The day the notice went out to this customer: later than to others where it joined while the notice ran. */
export function toldOn({ notice, recipient }: Part): Day | null {
  if (notice.issuedOn === null) return null
  const [first] = recipient.moves
  const joined = first ? dayOf(first.at, notice.rules.zone) : notice.issuedOn
  return joined > notice.issuedOn ? joined : notice.issuedOn
}

/** The day the notice went to the customer; null where it never did. As the register room asks before a correction. */
export async function customerToldOn(reference: string, customer: string): Promise<Day | null> {
  const [notice, recipient] = await Promise.all([findNotice(reference), recipientIn(reference, customer)])
  return notice && recipient ? toldOn({ notice, recipient }) : null
}
