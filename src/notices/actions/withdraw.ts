import { moveRecorded, mustMove } from '../../audit-log/recorded.js'
import type { Bilingual, Context } from '../../base/context.js'
import { mailsAbout, stopMails } from '../../mail/actions.js'
import { countWhere, countPhases } from '../records/lists.js'
import { Notices } from '../records/notices.js'
import { findRecipients, recipientBatches } from '../records/recipients.js'
import { customersAtOnce, withdraw, withdrawable } from '../rules/issue.js'
import type { Notice } from '../rules/notice.js'
import { ended } from '../rules/outcome.js'
import { recipientId, type Recipient } from '../rules/recipient.js'
import { noticeByReference } from './contents.js'
import { decideForAll } from './move.js'
import { payAllOwed } from './owed.js'

/**
 * The change is not made. The notice's own move is the commit point; `finishWithdrawal` goes on where it was cut short.
 * Throws `Refused`: 'notice-not-issued', 'notice-being-issued', 'notice-in-use', 'changed-meanwhile'.
 */
export async function withdrawNotice(
  context: Context,
  reference: string,
  because: Bilingual,
): Promise<Notice> {
  const notice = await noticeByReference(reference)
  const moved = await mustMove(context, Notices, notice, withdraw(notice, because, context.today), {
    event: 'notice.withdrawn',
    facts: { reference, before: { state: notice.state }, after: { state: 'withdrawn' } },
    personal: { because },
  })
  // What is large goes on by the timer alone, as with issuing.
  const many = (await countWhere(moved._id, {})) > customersAtOnce
  return many ? moved : finishWithdrawal(context, moved)
}

/** What has not left is stopped; who may have read it is told; what was permitted ends. */
export async function finishWithdrawal(context: Context, notice: Notice): Promise<Notice> {
  const { withdrawal } = notice
  if (!withdrawal || withdrawal.finished) return notice
  for await (const recipients of recipientBatches(notice._id, { state: { $in: [...withdrawable] } })) {
    const ids = recipients.map(({ _id }) => _id)
    await stopMails(context, { about: { kind: 'recipient', ids } })
    const told = await whoMayHaveRead(ids, recipients)
    // Whom the notice that takes its place reaches reads it there.
    for (const id of await toldInstead(notice, recipients)) told.delete(id)
    await decideForAll(context, recipients, (recipient) => {
      if (!withdrawable.includes(recipient.state)) return null
      const change = ended(recipient, 'withdrawn', 'notice-withdrawn', withdrawal.on)
      const owed = [...(change.owed ?? []), ...(told.has(recipient._id) ? ['withdrawal' as const] : [])]
      return { change: { ...change, owed }, event: 'withdrawn' }
    })
  }
  await payAllOwed(context)
  const counts = (await countPhases([notice._id])).get(notice._id) ?? {}
  const moved = await moveRecorded(
    context,
    Notices,
    notice,
    { withdrawal: { ...withdrawal, finished: true }, counts },
    { event: 'notice.withdrawal-finished', facts: { reference: notice.reference, counts } },
  )
  return moved ?? noticeByReference(notice.reference)
}

/** All but those of whose mails none has left; a letter that staff delivered has been read, too. */
async function whoMayHaveRead(ids: string[], recipients: readonly Recipient[]): Promise<Set<string>> {
  const told = new Set(recipients.filter(({ delivery }) => delivery !== null).map(({ _id }) => _id))
  for (const { about, state } of await mailsAbout('recipient', ids))
    if (state !== 'stopped') told.add(about.id)
  return told
}

/** Of these parts, those of customers that are on the notice that takes this one's place. */
async function toldInstead({ supersededBy }: Notice, recipients: readonly Recipient[]): Promise<string[]> {
  const later = supersededBy ? await noticeByReference(supersededBy) : null
  if (!later) return []
  const found = await findRecipients(recipients.map(({ customer }) => recipientId(later._id, customer)))
  const there = new Set(found.map(({ customer }) => customer))
  return recipients.filter(({ customer }) => there.has(customer)).map(({ _id }) => _id)
}
