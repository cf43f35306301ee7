import type { Context } from '../base/context.js'
import { anotherWasQuicker } from '../base/errors.js'
import type { Timer } from '../jobs/actions.js'
import { finish } from './actions/finish.js'
import { factsOf, moveTo } from './actions/move.js'
import { dpos, postToCustomer, postToStaff, staffToTell } from './actions/readers.js'
import { confirmReminderMail, escalationMail, staffReminderMail } from './mails.js'
import { requestsToRemind, unfinishedRequests } from './records.js'
import { nextReminder, remindersNow, type CustomerRequest } from './rules.js'

const minute = 60_000
const batch = 200

/** Takes up what a crash left between a move and what follows from it. */
export async function finishRequests(context: Context): Promise<{ finished: number }> {
  const found = await unfinishedRequests(batch)
  return { finished: await each(found, (request) => finish(context, request).then(() => undefined)) }
}

/** Reminds us of what is to be answered, the DPO of what is not, and customers of what they have to confirm. Mails first: their keys make a repeat harmless. */
export async function remindOfRequests(context: Context): Promise<{ reminded: number }> {
  const due = await requestsToRemind(context.today, batch)
  return { reminded: await each(due, (request) => remind(context, request)) }
}

async function remind(context: Context, request: CustomerRequest): Promise<void> {
  const { staff, escalate, customer } = remindersNow(request, context.today)
  if (staff !== null)
    await postToStaff(context, request, await staffToTell(request), (letter) =>
      staffReminderMail(letter, staff),
    )
  if (escalate) await postToStaff(context, request, await dpos(), escalationMail)
  if (customer !== null)
    await postToCustomer(context, request, (letter) => confirmReminderMail(letter, customer))
  await moveTo(
    context,
    request,
    { remindOn: nextReminder(request, context.today) },
    {
      event: escalate ? 'request.escalated' : 'request.reminded',
      facts: { ...factsOf(request), dueOn: request.dueOn, staff, customer },
    },
  )
}

/** One failure does not stop the rest; another's move is no failure. Returns how many were done. */
async function each(
  requests: readonly CustomerRequest[],
  act: (request: CustomerRequest) => Promise<void>,
): Promise<number> {
  const failures: unknown[] = []
  let done = 0
  for (const request of requests)
    await act(request).then(
      () => (done += 1),
      (error: unknown) => anotherWasQuicker(error) || failures.push(error),
    )
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed`)
  return done
}

export const requestTimers: Timer[] = [
  { name: 'requests.finish', every: 5 * minute, run: finishRequests },
  { name: 'requests.remind', every: 10 * minute, run: remindOfRequests },
]
