import type { Context } from '../base/context.js'
import { countDue } from './records/claims.js'
import { settleCarried } from './records/carried.js'
import { wakeSender } from './wake.js'

/** Wakes the sender of the process it runs in; the sending itself is no timer's run, which one process does at a time. */
export async function sendMails(context: Context): Promise<Record<string, number>> {
  const due = await countDue(context.now)
  if (due > 0) wakeSender()
  return { due, carried: await settleCarried() }
}
