import type { Context } from '../base/context.js'
import type { Timer } from '../jobs/actions.js'
import { noteApprovals } from './actions/approvals.js'
import { findUnpermitted } from './actions/findings.js'
import { finishDeriving } from './actions/open.js'
import { finishTelling, followTold } from './actions/tell.js'
import { openCases } from './records.js'

const minute = 60_000
const mostOpen = 200

/** Goes on where a crash left a case, and takes up what became of its mails and who has approved since. */
export async function workOnCases(context: Context): Promise<{ told: number; approved: number }> {
  let approved = 0
  for (const useCase of await openCases(mostOpen)) {
    if (!useCase.derived) await finishDeriving(context, useCase)
    else if (useCase.sending && !useCase.sending.finished) await finishTelling(context, useCase)
    approved += await noteApprovals(context, useCase)
  }
  return { told: await followTold(context), approved }
}

export const unpermittedUseTimers: Timer[] = [
  { name: 'unpermitted-use.work-on-cases', every: minute, run: workOnCases },
  { name: 'unpermitted-use.find', every: '40 4 * * *', run: findUnpermitted },
]
