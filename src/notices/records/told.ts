/** Who was told about an engagement, over all the notices in which it comes or goes. */
import { searchFilter } from '../../db/search.js'
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import type { Notice } from '../rules/notice.js'
import type { Recipient } from '../rules/recipient.js'
import { Notices } from './notices.js'
import { Recipients } from './recipients.js'

/** Notices that went out, in which any of the engagements comes or goes, the newest first. */
export async function sentNoticesAbout(engagements: readonly string[]): Promise<Notice[]> {
  const those = { $in: [...engagements] }
  const found = await Notices.find(
    { $or: [{ 'lines.engagement': those }, { 'lines.replaces': those }] },
    { moves: 0 },
  ).lean<Notice[]>()
  return found
    .filter(({ issuedOn }) => issuedOn !== null)
    .toSorted((a, b) => (a.reference < b.reference ? 1 : -1))
}

/** The recipients of these notices by customers' names, a page at a time; the same customer once for each notice. */
export async function toldPage(
  notices: readonly string[],
  q: string,
  cursor: string | undefined,
  size: number,
): Promise<{ page: Page<Recipient>; count: { count: number; capped: boolean } }> {
  const filter = {
    notice: { $in: [...notices] },
    ...searchFilter('tokens', q),
  }
  const [page, count] = await Promise.all([
    pageAfter(Recipients, filter, { field: 'sortKey', direction: 1 }, cursor, size),
    cappedCount(Recipients, filter),
  ])
  return { page, count }
}

export async function recipientIn(noticeReference: string, customer: string): Promise<Recipient | null> {
  return Recipients.findOne({ customer, noticeReference }).lean<Recipient>()
}
