import type { Context } from '../../base/context.js'
import { noticesIn } from '../records/notices.js'
import { recipientBatches } from '../records/recipients.js'
import { remindersDue } from '../rules/reminders.js'
import { decideForAll } from './move.js'
import { payAllOwed } from './owed.js'

/** Asks again where an approval is outstanding: once for each day that has come, late ones together as one. */
export async function remindApprovals(context: Context): Promise<number> {
  let reminded = 0
  for (const notice of await noticesIn(['issued']))
    for await (const recipients of recipientBatches(notice._id, {
      state: 'running',
      $or: [{ 'lines.mode': 'approval' }, { blockedBy: 'instruction' }],
    })) {
      const moved = await decideForAll(context, recipients, (recipient) => {
        const due = remindersDue(recipient, context.today)
        if (due <= recipient.reminders) return null
        return {
          change: { reminders: due, owed: [...recipient.owed, 'reminder'] },
          event: 'reminded',
          facts: { reminder: due },
        }
      })
      reminded += moved.length
    }
  if (reminded > 0) await payAllOwed(context)
  return reminded
}
