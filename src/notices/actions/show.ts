/** What the pages of this room read together. */
import type { Context } from '../../base/context.js'
import { historyOf } from '../../audit-log/actions.js'
import { customerByReference, noticePeriodsFor } from '../../customers/actions.js'
import { mailsAbout } from '../../mail/actions.js'
import {
  approvedSince,
  engagementsByIds,
  plannedEngagements,
  runningEngagements,
} from '../../register/actions.js'
import { NotFound } from '../../base/errors.js'
import { earlierOf } from '../../base/day.js'
import type { ListEntry } from '../page/list.js'
import type { LineStanding } from '../page/notice.js'
import {
  countInUse,
  countReady,
  countRecipients,
  firstDayOf,
  pageOfRecipients,
  phaseCounts,
  type RecipientFilter,
} from '../records/lists.js'
import { noticesIn, pageOfNotices } from '../records/notices.js'
import { findRecipient } from '../records/recipients.js'
import { papersOf } from '../records/papers.js'
import { latestDayToSend } from '../rules/deadlines.js'
import { servicesOf, type Line, type Notice, type NoticeState } from '../rules/notice.js'
import { recipientId } from '../rules/recipient.js'
import { noticeByReference, serviceNames, withContents } from './contents.js'
import { useBlocksByLine } from './use.js'

const noticesAPage = 25
const recipientsAPage = 50

export async function noticesToShow(
  states: readonly NoticeState[] | null,
  cursor: string | undefined,
  context: Context,
) {
  const page = await pageOfNotices(states, cursor, noticesAPage)
  const live = page.rows.filter(({ counts }) => counts === null).map(({ _id }) => _id)
  const counts = await phaseCounts(live)
  const entries: ListEntry[] = await Promise.all(
    page.rows.map(async (row) => {
      const notice = await withContents(row)
      return { notice, counts: row.counts ?? counts.get(row._id) ?? {}, next: await nextOf(notice, context) }
    }),
  )
  return { entries, next: page.next, previous: page.previous }
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

/** Engagements a draft may name: planned ones that no other notice announces already; those any customer has approved. */
export async function offeredEngagements(context: Context) {
  const announced = new Set(
    (await noticesIn(['issuing', 'issued'])).flatMap(({ lines }) =>
      lines.map(({ engagement }) => engagement),
    ),
  )
  const [planned, approved, running] = await Promise.all([
    plannedEngagements(context.today),
    approvedSince(context.today),
    runningEngagements('sub-processor'),
  ])
  return {
    comes: planned.filter(({ _id }) => !announced.has(_id)),
    goes: running.filter(({ _id }) => approved.has(_id)),
  }
}

export async function referencesOf(notice: Notice): Promise<Map<string, string>> {
  const ids = notice.lines.flatMap(({ engagement, replaces }) =>
    replaces === null ? [engagement] : [engagement, replaces],
  )
  return new Map((await engagementsByIds(ids)).map(({ _id, reference }) => [_id, reference]))
}
