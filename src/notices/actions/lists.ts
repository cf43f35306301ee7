/** The list of notices, and how many customers of each are in which phase. */
import type { Context } from '../../base/context.js'
import { awaitsApprovals, countPhases, countWhere, type PhaseCounts } from '../records/lists.js'
import {
  countListedNotices,
  listedNotices,
  markListed,
  noticeListings,
  noticesAfter,
  noticesMoved,
  noticesUnlisted,
  noticesWithoutEntry,
  recipientsUnlisted,
  dropListing,
  writeListing,
} from '../records/listings.js'
import { findNoticeById, findNoticesByIds } from '../records/notices.js'
import { listingOf, type NoticeListing, type NoticeQuery } from '../rules/lists.js'
import type { Notice } from '../rules/notice.js'
import { serviceNames, withContents } from './contents.js'

const pageSize = 25
const attempts = 10

/** One page of the list: what matches is found by the entries, what is shown is read from the notices. */
export async function noticeListPage(query: NoticeQuery) {
  await bringNoticesUpToDate()
  const [page, count] = await Promise.all([listedNotices(query, pageSize), countListedNotices(query)])
  const notices = await findNoticesByIds(page.rows.map(({ _id }) => _id))
  const rows = await Promise.all(
    page.rows.flatMap((entry) => {
      const notice = notices.find(({ _id }) => _id === entry._id)
      return notice ? [withContents(notice).then((whole) => ({ entry, notice: whole }))] : []
    }),
  )
  return { ...page, rows, count }
}

/** Makes anew the entries of whatever has moved since they were made; returns how many. */
export async function bringNoticesUpToDate(): Promise<number> {
  const ids = [...new Set([...(await noticesUnlisted()), ...(await noticesWithoutEntry())])]
  for (const id of ids) await relistNotice(id)
  return ids.length
}

/**
 * Counts and describes the notice anew. Nothing is counted twice or left out, whoever does the same meanwhile: what has moved is
 * noted first, with its version; then all is counted; the entry is written unless another has written it since; and only then
 * is what was noted marked as counted, at the version it was seen at. Cut short anywhere, it is counted again.
 */
export async function relistNotice(id: string): Promise<NoticeListing | null> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const [before] = await noticeListings([id])
    const [notice, moved] = await Promise.all([findNoticeById(id), recipientsUnlisted(id)])
    if (!notice) {
      await dropListing(id)
      return null
    }
    const entry = await entryOf(notice)
    if (!(await writeListing(entry, before?.seq ?? null))) continue
    await markListed(notice, moved)
    return { ...entry, seq: (before?.seq ?? 0) + 1 }
  }
  throw new Error('a notice whose entry is written by others all the time')
}

async function entryOf(notice: Notice) {
  const [whole, counted, instructed, approval, services] = await Promise.all([
    withContents(notice),
    countPhases([notice._id]),
    countWhere(notice._id, { blockedBy: 'instruction' }),
    awaitsApprovals(notice._id),
    serviceNames(),
  ])
  const counts = notice.counts ?? counted.get(notice._id) ?? {}
  return listingOf(whole, { counts, instruction: instructed > 0, approval }, services)
}

/**
 * How many recipients each notice has in each phase. As its entry says where nobody's part has moved since that was made; else
 * counted. What has moved is asked for first: an entry read after that holds all that was marked as counted before.
 */
export async function phaseCounts(notices: readonly string[]): Promise<Map<string, PhaseCounts>> {
  const moved = await noticesMoved(notices)
  const still = notices.filter((id) => !moved.has(id))
  const known = new Map((await noticeListings(still)).map(({ _id, counts }) => [_id, counts]))
  const counted = await countPhases(notices.filter((id) => !known.has(id)))
  return new Map([...known, ...counted])
}

/** Entries carry no version of the customers' parts, so what a restored copy left out of step is found by counting some anew, in turn. */
const lookedOver = 2
let last = ''

export async function keepNoticesListed(_context: Context): Promise<Record<string, number>> {
  const listed = await bringNoticesUpToDate()
  const some = await noticesAfter(last, lookedOver)
  last = some.length < lookedOver ? '' : (some.at(-1) ?? '')
  for (const id of some) await relistNotice(id)
  return { listed }
}
