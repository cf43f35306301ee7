import type { Context } from '../base/context.js'
import { anotherWasQuicker } from '../base/errors.js'
import type { Timer } from '../jobs/actions.js'
import { enqueue } from '../mail/actions.js'
import { senderNow } from '../notices/actions.js'
import { followUpRetentions, sendConfirmations } from './actions/confirm.js'
import { lookForEndings } from './actions/look.js'
import { moveTo } from './actions/move.js'
import { settleFromNotice } from './actions/notice-line.js'
import { dpoReaders, vendorReaders } from './actions/readers.js'
import { escalationMail } from './mails/staff.js'
import { reminderMail } from './mails/vendor.js'
import { departuresToFollowUp, departuresToRemind, runningDepartures } from './records.js'
import { escalationDay, nextReminder, reminderNow, type Departure } from './rules.js'

const minute = 60_000
const batch = 200

/** Reminders, the ends of what the law keeps, and deletions confirmed on a notice. One failure does not stop the rest. */
export async function workOnDepartures(
  context: Context,
): Promise<{ reminded: number; followedUp: number; settled: number }> {
  const failures: unknown[] = []
  const over = async (departures: readonly Departure[], act: (each: Departure) => Promise<unknown>) => {
    let count = 0
    for (const departure of departures)
      await act(departure).then(
        (done) => (count += done === false || done === 0 ? 0 : 1),
        (error: unknown) => anotherWasQuicker(error) || failures.push(error),
      )
    return count
  }
  const followedUp = await over(await departuresToFollowUp(context.today, batch), (departure) =>
    followUpRetentions(context, departure),
  )
  const running = await runningDepartures(batch)
  const settled = await over(
    running.filter(({ notice }) => notice !== null),
    (departure) => settleFromNotice(context, departure),
  )
  await over(
    running.filter(({ confirmations }) => confirmations.length > 0),
    (departure) => sendConfirmations(context, departure),
  )
  const reminded = await over(await departuresToRemind(context.today, batch), (departure) =>
    remind(context, departure),
  )
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed`)
  return { reminded, followedUp, settled }
}

/** Mails first: their keys make it harmless when a crash comes between them and the move. */
async function remind(context: Context, departure: Departure): Promise<void> {
  const days = reminderNow(departure, context.today)
  const asked = departure.points.filter(({ state, vendor }) => state === 'asked' && vendor !== null)
  const [readers, sender] = await Promise.all([
    vendorReaders(
      context,
      departure,
      asked.flatMap(({ vendor }) => vendor ?? []),
    ),
    senderNow(),
  ])
  if (days !== null)
    await enqueue(
      context,
      [...readers].flatMap(([vendor, reader]) =>
        reader
          ? [
              reminderMail(
                { departure, points: asked.filter((point) => point.vendor === vendor), reader, sender },
                days,
              ),
            ]
          : [],
      ),
    )
  if (days === escalationDay)
    await enqueue(
      context,
      (await dpoReaders()).map((reader) => escalationMail({ departure, points: asked, reader, sender })),
    )
  await moveTo(
    context,
    departure,
    { remindOn: nextReminder(departure.dueOn, context.today) },
    { event: 'departure.reminded', facts: { dueOn: departure.dueOn, days, asked: asked.length } },
  )
}

export const departureTimers: Timer[] = [
  { name: 'departures.look', every: 10 * minute, run: lookForEndings },
  { name: 'departures.work', every: 10 * minute, run: workOnDepartures },
]
