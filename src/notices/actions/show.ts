/** What the pages of this room read together. */
import type { Context } from '../../base/context.js'
import { historyOf } from '../../audit-log/actions.js'
import { customerByReference, noticePeriodsFor } from '../../customers/actions.js'
import { mailsAbout } from '../../mail/actions.js'
import { engagementsByIds } from '../../register/actions.js'
import { NotFound } from '../../base/errors.js'
import { readListQuery } from '../../lists/rules.js'
import { earlierOf } from '../../base/day.js'
import type { ListEntry } from '../page/list.js'
import type { LineStanding } from '../page/notice.js'
import {
  countInUse,
  countReady,
  countRecipients,
  firstDayOf,
  pageOfRecipients,
  type RecipientFilter,
} from '../records/lists.js'
import { findRecipient } from '../records/recipients.js'
import { papersOf } from '../records/papers.js'
import { latestDayToSend } from '../rules/deadlines.js'
import { servicesOf, type Line, type Notice, type NoticeState } from '../rules/notice.js'
import { noticeList, type NoticeQuery } from '../rules/lists.js'
import { recipientId } from '../rules/recipient.js'
import { noticeByReference, serviceNames, withContents } from './contents.js'
import { noticeListPage, phaseCounts } from './lists.js'
import { useBlocksByLine } from './use.js'

const recipientsAPage = 50

/** Notices in some states, newest first: the first page of the list. */
export function noticesToShow(states: readonly NoticeState[], context: Context) {
  return listOfNotices(readListQuery(noticeList, { state: [...states] }), context)
}

export async function listOfNotices(query: NoticeQuery, context: Context) {
  const page = await noticeListPage(query)
  const entries: ListEntry[] = await Promise.all(
    page.rows.map(async ({ entry, notice }) => ({
      notice,
      counts: notice.counts ?? entry.counts,
      next: await nextOf(notice, context),
    })),
  )
  return { ...page, entries }
}

async function nextOf(notice: Notice, { today }: Context): Promise<ListEntry['next']> {
  if (notice.state === 'draft') {
    const periods = await noticePeriodsFor([...new Set(notice.lines.flatMap(servicesOf))])
    const days = periods.map(
      (period) => latestDayToSend(notice.plannedStart, period, notice.rules)?.sendBy ?? today,
    )
    return days.length === 0 ? null : { kind: 'send-by', on: days.reduce(earlierOf) }
  }
  if (notice.state !== 'issued') return null
  const lastDay = await firstDayOf(notice._id, 'lastDay', { lastDay: { $gte: today } })
  if (lastDay !== null) return { kind: 'last-day', on: lastDay }
  const dueOn = await firstDayOf(notice._id, 'dueOn')
  return dueOn === null ? null : { kind: 'permitted-on', on: dueOn }
}

export async function noticeToShow(
  reference: string,
  filter: RecipientFilter,
  cursor: string | undefined,
  context: Context,
) {
  const notice = await withContents(await noticeByReference(reference))
  const [counts, recipients, total, services, standings, lastDay, dueOn, papers, history] = await Promise.all(
    [
      phaseCounts(notice.counts === null ? [notice._id] : []),
      pageOfRecipients(notice._id, filter, cursor, recipientsAPage),
      countRecipients(notice._id, filter),
      serviceNames(),
      lineStandings(notice, context),
      firstDayOf(notice._id, 'lastDay'),
      firstDayOf(notice._id, 'dueOn'),
      papersOf(notice._id),
      historyOf('notice', notice._id),
    ],
  )
  return {
    notice,
    counts: notice.counts ?? counts.get(notice._id) ?? {},
    recipients,
    total,
    services,
    standings,
    lastDay,
    dueOn,
    papers,
    history,
  }
}

async function lineStandings(notice: Notice, { today }: Context): Promise<Map<string, LineStanding>> {
  const blocks = await useBlocksByLine(notice, today)
  const standing = async ({ id }: Line): Promise<[string, LineStanding]> => {
    const [ready, inUse] = await Promise.all([countReady(notice, id, today), countInUse(notice, id)])
    return [id, { ready, inUse, blocks: blocks.get(id) ?? [] }]
  }
  return new Map(await Promise.all(notice.lines.map(standing)))
}

export async function recipientToShow(reference: string, customerReference: string) {
  const notice = await noticeByReference(reference)
  const customer = await customerByReference(customerReference)
  const recipient = await findRecipient(recipientId(notice._id, customer._id))
  if (!recipient) throw new NotFound()
  const [mails, history] = await Promise.all([
    mailsAbout('recipient', [recipient._id]),
    historyOf('recipient', recipient._id),
  ])
  return { notice, recipient, mails, history }
}

export async function referencesOf(notice: Notice): Promise<Map<string, string>> {
  const ids = notice.lines.flatMap(({ engagement, replaces }) =>
    replaces === null ? [engagement] : [engagement, replaces],
  )
  return new Map((await engagementsByIds(ids)).map(({ _id, reference }) => [_id, reference]))
}
