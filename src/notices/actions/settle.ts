import { ensureLinks } from '../../auth/links.js'
import { moveRecorded } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import { customersEndedBy } from '../../customers/actions.js'
import { countUnderway, countPhases } from '../records/lists.js'
import { noticesIn, Notices } from '../records/notices.js'
import { recipientBatches, recipientsUnderwayOf } from '../records/recipients.js'
import { hasSettled, linkDaysAfterEnd } from '../rules/issue.js'
import type { Notice } from '../rules/notice.js'
import { ended } from '../rules/outcome.js'
import { contactTried, endStates } from '../rules/recipient.js'
import { followThrough } from './continued.js'
import { decideForAll } from './move.js'
import { payAllOwed } from './owed.js'

const customersAtOnce = 500

/** Notices whose every recipient is at an end have settled. Returns how many did. */
export async function settleNotices(context: Context): Promise<number> {
  let settled = 0
  for (const notice of await noticesIn(['issued'])) {
    if (!hasSettled(notice, await countUnderway(notice._id))) continue
    await keepLinksOpen(context, notice)
    for (const line of notice.lines)
      if (line.inUseSince !== null) await followThrough(context, notice, line, context.today)
    const counts = (await countPhases([notice._id])).get(notice._id) ?? {}
    const moved = await moveRecorded(
      context,
      Notices,
      notice,
      { state: 'settled', settledOn: context.today, counts },
      {
        event: 'notice.settled',
        facts: {
          reference: notice.reference,
          before: { state: 'issued' },
          after: { state: 'settled' },
          counts,
        },
      },
    )
    if (moved) settled += 1
  }
  return settled
}

/** Customers that are none any more: the notice waits for nothing from them. Returns how many there were. */
export async function noteLeavers(context: Context): Promise<number> {
  const issued = (await noticesIn(['issued'])).map(({ _id }) => _id)
  if (issued.length === 0) return 0
  const gone = new Map((await customersEndedBy(context.today)).map(({ _id, endedOn }) => [_id, endedOn]))
  const ids = [...gone.keys()]
  let left = 0
  for (let at = 0; at < ids.length; at += customersAtOnce) {
    const leaving = await recipientsUnderwayOf(ids.slice(at, at + customersAtOnce), issued)
    const moved = await decideForAll(context, leaving, (recipient) => {
      if (endStates.includes(recipient.state)) return null
      const on = gone.get(recipient.customer) ?? context.today
      return { change: ended(recipient, 'left', 'agreement-ended', on), event: 'left', facts: { on } }
    })
    left += moved.length
  }
  if (left > 0) await payAllOwed(context)
  return left
}

/** At least 90 days after the end a customer finds its papers where the mail said they are. */
async function keepLinksOpen(context: Context, notice: Notice): Promise<void> {
  const expiresOn = addDays(context.today, linkDaysAfterEnd)
  for await (const recipients of recipientBatches(notice._id))
    await ensureLinks(
      context,
      recipients.flatMap((recipient) => {
        const contact = contactTried(recipient)
        const about = { kind: 'recipient', id: recipient._id }
        return contact
          ? [
              {
                kind: 'customer' as const,
                customer: recipient.customer,
                contact: contact.id,
                about,
                expiresOn,
              },
            ]
          : []
      }),
    )
}
