import type { Context } from '../../base/context.js'
import { approve, endApprovals } from '../../register/actions.js'
import { findNoticesByIds } from '../records/notices.js'
import { findRecipient, noteOwedPaid, recipientsOwed } from '../records/recipients.js'
import type { Line, Notice } from '../rules/notice.js'
import { groundOf } from '../rules/permission.js'
import { owedThings, type Owed, type Recipient } from '../rules/recipient.js'
import { postReceipts } from './answer-mails.js'
import { endSucceeded, resumeEarlier } from './continued.js'
import { openPost, postMails, type Post } from './mails.js'

const batch = 200

/** Does at once what a move of this recipient left to be done. */
export async function payOwed(context: Context, recipient: Recipient): Promise<Recipient> {
  for (const owed of owedThings)
    if (recipient.owed.includes(owed)) await pay(context, await openPost(context), [recipient], owed)
  return (await findRecipient(recipient._id)) ?? recipient
}

/** Does what is owed to any recipient: what a crash left, and what timers decided. Returns how many there were. */
export async function payAllOwed(context: Context): Promise<Partial<Record<Owed, number>>> {
  const paid: Partial<Record<Owed, number>> = {}
  const post = await openPost(context)
  for (const owed of owedThings) {
    let after = ''
    for (;;) {
      const recipients = await recipientsOwed(owed, batch, { after })
      const last = recipients.at(-1)
      if (!last) break
      after = last._id
      await pay(context, post, recipients, owed)
      paid[owed] = (paid[owed] ?? 0) + recipients.length
    }
  }
  return paid
}

async function pay(
  context: Context,
  post: Post,
  recipients: readonly Recipient[],
  owed: Owed,
): Promise<void> {
  const notices = await findNoticesByIds([...new Set(recipients.map(({ notice }) => notice))])
  for (const notice of notices) {
    const those = recipients.filter((recipient) => recipient.notice === notice._id)
    switch (owed) {
      case 'approval':
        await writeApprovals(context, notice, those)
        break
      case 'approval-end':
        await closeApprovals(context, notice, those)
        break
      case 'answer-receipt':
        await postReceipts(context, notice, those)
        break
      case 'succession':
        await endSucceeded(context, notice, those)
        break
      default:
        await postMails(post, notice, those, owed)
    }
  }
}

/** The register's intervals for what these recipients have permitted; those that are there stay as they are. */
async function writeApprovals(
  context: Context,
  notice: Notice,
  recipients: readonly Recipient[],
): Promise<void> {
  const engagements = new Map(notice.lines.map((line): [string, Line] => [line.id, line]))
  await approve(
    context,
    recipients.flatMap((recipient) =>
      recipient.lines.flatMap((part) => {
        const line = engagements.get(part.line)
        // Own sites stand in no list of sub-processors: the recipient's record is what shows that they are permitted.
        if (!line || line.site !== undefined || part.permittedFrom === null) return []
        const { customer } = recipient
        return [
          {
            customer,
            engagement: line.engagement,
            from: part.permittedFrom,
            notice: notice.reference,
            kind: groundOf(part),
          },
        ]
      }),
    ),
  )
  await noteOwedPaid(recipients.map((recipient) => ({ recipient, owed: 'approval' })))
}

// What was permitted may be in writing by another at this very moment: it is written here first, then ended.
async function closeApprovals(
  context: Context,
  notice: Notice,
  recipients: readonly Recipient[],
): Promise<void> {
  await writeApprovals(context, notice, recipients)
  const succeeding = recipients.filter(({ owed }) => owed.includes('succession'))
  if (succeeding.length > 0) await endSucceeded(context, notice, succeeding)
  const byDay = new Map<string, Recipient[]>()
  for (const recipient of recipients) {
    const on = recipient.approvalsEndOn ?? context.today
    byDay.set(on, [...(byDay.get(on) ?? []), recipient])
  }
  for (const [to, those] of byDay) {
    for (const line of notice.lines) {
      const customers = those
        .filter(({ lines }) => lines.some((part) => part.line === line.id && part.permittedFrom !== null))
        .map(({ customer }) => customer)
      if (customers.length > 0 && line.site === undefined)
        await endApprovals(context, { engagement: line.engagement, customers, to, notice: notice.reference })
    }
    await resumeEarlier(context, notice, those, to)
  }
  await noteOwedPaid(recipients.map((recipient) => ({ recipient, owed: 'approval-end' })))
}
