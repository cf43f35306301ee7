import type { Context } from '../base/context.js'
import type { Timer } from '../jobs/actions.js'
import { goOnSending } from './actions/send.js'
import { followDeclarations } from './actions/send-mails.js'
import { finishAllSigned } from './actions/signed.js'

const minute = 60_000

/** Papers that a crash left unmade, sendings that go on, and what became of the mails. */
export async function workOnDeclarations(
  context: Context,
): Promise<{ papers: number; copies: number; followed: number }> {
  return {
    papers: await finishAllSigned(context),
    copies: await goOnSending(context),
    followed: await followDeclarations(context),
  }
}

export const auditTimers: Timer[] = [
  { name: 'audits.work-on-declarations', every: minute, run: workOnDeclarations },
]
