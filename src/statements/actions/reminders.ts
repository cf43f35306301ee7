import { staffMembers } from '../../auth/actions/people.js'
import { allows } from '../../auth/permissions.js'
import type { Context } from '../../base/context.js'
import { anotherWasQuicker } from '../../base/errors.js'
import { enqueue, mailsToFollowUp, markFollowedUp } from '../../mail/actions.js'
import { senderNow } from '../../notices/actions.js'
import { receiptMail, reminderMail, staffMail, type StaffReader } from '../mails.js'
import { statementById, statementsIn } from '../records.js'
import { reminderDue, type Statement } from '../rules.js'
import { moveTo, vendorOfStatement } from './move.js'
import { askingOf } from './request.js'

/** After the vendor has sent it: their receipt, and word to those who review. */
export async function tellReceived(
  context: Context,
  statement: Statement,
  file: { name: string; sha256: string },
): Promise<void> {
  const vendor = await vendorOfStatement(statement)
  const { request } = statement
  const sender = await senderNow()
  const readers = await reviewers()
  await enqueue(context, [
    ...(request ? [receiptMail({ statement, request, vendorName: vendor.name, sender }, file)] : []),
    ...readers.map((reader) => staffMail(statement, vendor.name, reader, 'came', file.sha256)),
  ])
}

/** What became of the requests' mails: one that a server took counts as asked. Returns how many moved. */
export async function followUpRequests(context: Context): Promise<{ followed: number }> {
  let moved = 0
  const mails = await mailsToFollowUp('statement-request', 200)
  for (const mail of mails) {
    const statement = await statementById(mail.about.id)
    const request = statement?.request
    if (!statement || !request || statement.state !== 'requested' || request.arrivedAt !== null) continue
    const failed = mail.state === 'accepted' ? null : mail.state
    if (failed !== null && failed !== 'bounced' && failed !== 'given-up' && failed !== 'kept') continue
    const arrivedAt = failed === null ? (mail.acceptedAt ?? context.now) : null
    moved += await moveTo(
      context,
      statement,
      { request: { ...request, arrivedAt, failed } },
      {
        event: failed === null ? 'statement.request-arrived' : 'statement.request-failed',
        facts: { state: mail.state },
      },
    ).then(() => 1, doneByAnother)
  }
  await markFollowedUp(mails.map(({ _id }) => _id))
  return { followed: moved }
}

/** Reminders that are due, each once: their keys make repeats harmless. */
export async function remindOfRequests(context: Context): Promise<{ sent: number }> {
  let sent = 0
  const failures: unknown[] = []
  for (const statement of await statementsIn('state:requested', 1000)) {
    const reminder = reminderDue(statement, context.today)
    if (reminder === null) continue
    try {
      const vendor = await vendorOfStatement(statement)
      const asking = await askingOf(context, statement, vendor)
      const told = reminder === 'escalated' ? await reviewers() : []
      sent += await enqueue(context, [
        reminderMail(asking, reminder),
        ...told.map((reader) =>
          staffMail(statement, vendor.name, reader, 'escalated', String(asking.request.round)),
        ),
      ])
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed`)
  return { sent: sent }
}

/** Those on staff who conclude; the DPO is one of them. */
async function reviewers(): Promise<StaffReader[]> {
  return (await staffMembers())
    .filter(({ role, state }) => state === 'active' && allows(role, 'supervision:conclude'))
    .map(({ _id, name, email, locale }) => ({ id: _id, name, address: email, locale }))
}

function doneByAnother(error: unknown): number {
  if (anotherWasQuicker(error)) return 0
  throw error
}
