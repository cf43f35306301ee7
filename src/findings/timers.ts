import type { Context } from '../base/context.js'
import { anotherWasQuicker } from '../base/errors.js'
import type { Timer } from '../jobs/actions.js'
import { moveTo } from './actions/move.js'
import { dpoReaders, ownersOf, post, staffToTell } from './actions/readers.js'
import { escalationMail, reminderMail } from './mails.js'
import { findingsToRemind } from './records.js'
import { nextReminder, remindersNow, type Finding } from './rules.js'

const minute = 60_000
const batch = 200

/**
 * Reminds owners of what is to be put right, and tells the DPO of what is not. Mails first: their keys make it harmless when a
 * crash comes between them and the move.
 */
export async function remindOfFindings(context: Context): Promise<{ reminded: number }> {
  const failures: unknown[] = []
  let reminded = 0
  for (const finding of await findingsToRemind(context.today, batch))
    await remind(context, finding).then(
      () => (reminded += 1),
      (error: unknown) => anotherWasQuicker(error) || failures.push(error),
    )
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed`)
  return { reminded }
}

async function remind(context: Context, finding: Finding): Promise<void> {
  const { reminder, escalate } = remindersNow(finding, context.today)
  const owners = await ownersOf(context, finding)
  // Nobody is named, or no longer there: those who can name somebody are reminded.
  const readers = owners.length > 0 ? owners : await staffToTell(finding)
  if (reminder !== null) await post(context, finding, readers, (letter) => reminderMail(letter, reminder))
  if (escalate) await post(context, finding, await dpoReaders(), escalationMail)
  await moveTo(
    context,
    finding,
    { remindOn: nextReminder(finding.dueOn, context.today) },
    {
      event: escalate ? 'finding.escalated' : 'finding.reminded',
      facts: { dueOn: finding.dueOn, days: reminder },
    },
  )
}

export const findingTimers: Timer[] = [{ name: 'findings.remind', every: 10 * minute, run: remindOfFindings }]
