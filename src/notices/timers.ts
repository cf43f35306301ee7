import type { Timer } from '../jobs/actions.js'
import { keepNoticesListed } from './actions/lists.js'
import { followUpAnnouncements, followUpCorrections } from './actions/follow-up.js'
import { finishIssue, postAnnouncements } from './actions/issue.js'
import { openPost } from './actions/mails.js'
import { payAllOwed } from './actions/owed.js'
import { remindApprovals } from './actions/reminders.js'
import { followCustomers } from './actions/running.js'
import { noteLeavers, settleNotices } from './actions/settle.js'
import { finishWithdrawal } from './actions/withdraw.js'
import { noticesIn, unfinishedWithdrawals } from './records/notices.js'
import type { Context } from '../base/context.js'

const minute = 60_000

/** Goes on with an issue or a withdrawal that was cut short. */
export async function finishIssuing(context: Context): Promise<{ issued: number; withdrawn: number }> {
  // One that is being issued this very moment is finished by whoever comes first; both write the same.
  const issuing = await noticesIn(['issuing'])
  for (const notice of issuing)
    await postAnnouncements(await openPost(context), await finishIssue(context, notice))
  const withdrawing = await unfinishedWithdrawals()
  for (const notice of withdrawing) await finishWithdrawal(context, notice)
  return { issued: issuing.length, withdrawn: withdrawing.length }
}

/** Mails that are not in the outbox yet, and approvals that are not in the register yet, though a recipient's record says they should. */
export async function enqueueMissingMails(context: Context): Promise<Record<string, number>> {
  return payAllOwed(context)
}

/** Takes up what became of mails: clocks start, next contacts are tried, corrections are owed and sent. */
export async function followUpMails(context: Context): Promise<{ moved: number }> {
  const moved = (await followUpAnnouncements(context)) + (await followUpCorrections(context))
  if (moved > 0) await payAllOwed(context)
  return { moved }
}

async function remindOfApprovals(context: Context): Promise<{ reminded: number }> {
  return { reminded: await remindApprovals(context) }
}

export async function settleFinished(context: Context): Promise<{ left: number; settled: number }> {
  const left = await noteLeavers(context)
  return { left, settled: await settleNotices(context) }
}

export const noticeTimers: Timer[] = [
  { name: 'notices.finish-issuing', every: minute, run: finishIssuing },
  { name: 'notices.enqueue-missing-mails', every: minute, run: enqueueMissingMails },
  { name: 'notices.follow-up-mails', every: minute / 4, run: followUpMails },
  { name: 'notices.remind-of-approvals', every: 60 * minute, run: remindOfApprovals },
  { name: 'notices.follow-customers', every: 10 * minute, run: followCustomers },
  { name: 'notices.settle-finished', every: 10 * minute, run: settleFinished },
  { name: 'notices.keep-list-up-to-date', every: minute, run: keepNoticesListed },
]
