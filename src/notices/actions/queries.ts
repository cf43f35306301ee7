/** What other rooms and pages read. */
import type { Page } from '../../db/paging.js'
import { pageOfRecipients, recipientsOfCustomer, type RecipientFilter } from '../records/lists.js'
import { findNoticesByIds } from '../records/notices.js'
import type { Notice } from '../rules/notice.js'
import type { Recipient } from '../rules/recipient.js'

export type { PhaseCounts, RecipientFilter } from '../records/lists.js'

export type Part = { notice: Notice; recipient: Recipient }

/** Every notice that was for the customer, newest first. */
export async function noticesForCustomer(customer: string): Promise<Part[]> {
  const recipients = await recipientsOfCustomer(customer)
  const notices = await findNoticesByIds([...new Set(recipients.map(({ notice }) => notice))])
  return recipients.flatMap((recipient) => {
    const notice = notices.find(({ _id }) => _id === recipient.notice)
    return notice ? [{ notice, recipient }] : []
  })
}

/** Recipients of a notice by customers' names, a page at a time. */
export function recipientsOf(
  notice: Pick<Notice, '_id'>,
  filter: RecipientFilter,
  page: { cursor: string | undefined; size: number },
): Promise<Page<Recipient>> {
  return pageOfRecipients(notice._id, filter, page.cursor, page.size)
}

/** How many recipients each notice has in each phase. Of notices in which nothing moves any more, as they were at their end. */
export { phaseCounts as stateCounts } from './lists.js'

export { findNoticeById as noticeById } from '../records/notices.js'
export { findRecipient as recipientById } from '../records/recipients.js'
