import type { Context } from '../base/context.js'
import type { Timer } from '../jobs/actions.js'
import { finishArrival, finishClassified } from './actions/finish.js'
import { unfinishedReplies } from './records.js'

const minute = 60_000
const batch = 200

/** Takes up what a crash left between keeping a mail and what follows from it, and reports that came before the mail was noted as sent. */
export async function finishReplies(context: Context): Promise<{ finished: number; left: number }> {
  const counts = { finished: 0, left: 0 }
  const failures: unknown[] = []
  for (const reply of await unfinishedReplies(batch))
    await (reply.unfinished === 'arrived' ? finishArrival : finishClassified)(context, reply).then(
      ({ unfinished }) => (counts[unfinished === null ? 'finished' : 'left'] += 1),
      (error: unknown) => failures.push(error),
    )
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed`)
  return counts
}

export const replyTimers: Timer[] = [{ name: 'replies.finish', every: minute, run: finishReplies }]
