/** "On what does this stand?": of an engagement, of a customer, or of one for the other, on any day. */
import type { Day } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { customerByReference, customersByIds } from '../../customers/actions.js'
import { agreementOn, type Customer, type DatedAgreement } from '../../customers/rules.js'
import type { Page } from '../../db/paging.js'
import { findNoticesByReferences } from '../../notices/records/by-reference.js'
import { noticesForCustomer, recipientsByIds } from '../../notices/actions.js'
import type { GivenInstruction } from '../../notices/rules.js'
import { engagementByReference, engagementsByIds, vendorsByIds } from '../../register/actions.js'
import { approvalsOf } from '../../register/records.js'
import { approvalsHeldOn } from '../../register/records/approvals-paged.js'
import type { Approval, Engagement } from '../../register/rules.js'
import { groundOfApproval, type Ground } from '../rules.js'

const pageSize = 50

/** References; '' where it is not narrowed to one. */
export type ApprovalAsked = { engagement: string; customer: string; on: Day }

export type ApprovalShown = {
  approval: Approval
  customer: Customer | null
  engagement: Engagement | null
  vendor: string
  ground: Ground
}

export type ApprovalsShown = {
  customer: Customer | null
  engagement: Engagement | null
  /** Of the customer, where one is named: what it had agreed that day. */
  agreement: DatedAgreement | null
  /** Of the customer: what it instructed on its page about a notice (C.6), until that day. */
  given: { notice: string; instruction: GivenInstruction }[]
  rows: ApprovalShown[]
  count: { count: number; capped: boolean }
} & Pick<Page<unknown>, 'next' | 'previous'>

/** Nothing where neither is named. Throws `NotFound` where one of them is none. */
export async function approvalsToShow(
  asked: ApprovalAsked,
  cursor?: string,
  size = pageSize,
): Promise<ApprovalsShown> {
  const [engagement, customer] = await Promise.all([
    asked.engagement === '' ? null : engagementByReference(asked.engagement),
    asked.customer === '' ? null : customerByReference(asked.customer),
  ])
  if (asked.engagement !== '' && !engagement) throw new NotFound()
  if (!engagement && !customer)
    return {
      customer,
      engagement,
      agreement: null,
      given: [],
      rows: [],
      count: { count: 0, capped: false },
      next: null,
      previous: null,
    }
  const { rows, ...page } = customer
    ? ofCustomer(await approvalsOf(customer._id, asked.on), engagement)
    : await approvalsHeldOn(engagement?._id ?? '', asked.on, cursor, size)
  return {
    customer,
    engagement,
    agreement: customer && agreementOn(customer.agreements, asked.on),
    given: customer ? await givenOnNotices(customer._id, asked.on) : [],
    rows: await grounded(rows),
    ...page,
  }
}

/** One customer has some tens of them: no pages. */
function ofCustomer(approvals: readonly Approval[], engagement: Engagement | null) {
  const rows = approvals
    .filter((approval) => engagement === null || approval.engagement === engagement._id)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return { rows, count: { count: rows.length, capped: false }, next: null, previous: null }
}

async function givenOnNotices(customer: string, on: Day): Promise<ApprovalsShown['given']> {
  return (await noticesForCustomer(customer)).flatMap(({ notice, recipient: { instruction } }) =>
    instruction && instruction.on <= on ? [{ notice: notice.reference, instruction }] : [],
  )
}

/** Each approval with what it stands on. */
async function grounded(approvals: readonly Approval[]): Promise<ApprovalShown[]> {
  const once = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]
  const [customers, engagements, notices] = await Promise.all([
    customersByIds(once(approvals.map(({ customer }) => customer))),
    engagementsByIds(once(approvals.map(({ engagement }) => engagement))),
    findNoticesByReferences(once(approvals.map(({ notice }) => notice))),
  ])
  const noticeOf = new Map(notices.map((notice) => [notice.reference, notice]))
  const recipientOf = ({ notice, customer }: Approval) => {
    const found = notice === null ? undefined : noticeOf.get(notice)
    return found ? `${found._id}/${customer}` : null
  }
  const [vendors, recipients] = await Promise.all([
    vendorsByIds(once(engagements.map(({ vendor }) => vendor))),
    recipientsByIds(once(approvals.map(recipientOf))),
  ])
  const byId = <T extends { _id: string }>(all: readonly T[]) => new Map(all.map((each) => [each._id, each]))
  const [customerOf, engagementOf, vendorOf, partOf] = [
    byId(customers),
    byId(engagements),
    byId(vendors),
    byId(recipients),
  ]
  return approvals.map((approval) => {
    const engagement = engagementOf.get(approval.engagement) ?? null
    const part = partOf.get(recipientOf(approval) ?? '') ?? null
    const line = noticeOf
      .get(approval.notice ?? '')
      ?.lines.find((each) => each.engagement === approval.engagement)
    return {
      approval,
      customer: customerOf.get(approval.customer) ?? null,
      engagement,
      vendor: vendorOf.get(engagement?.vendor ?? '')?.name ?? '',
      ground: groundOfApproval(approval, part, line?.id ?? null),
    }
  })
}
