import type { Context } from '../base/context.js'
import type { Timer } from '../jobs/actions.js'
import { askAllSigners } from './actions/ask-signers.js'
import { goOnSending } from './actions/send.js'
import { followDeclarations } from './actions/send-mails.js'
import { finishAllSigned } from './actions/signed.js'

const minute = 60_000

/** Signers and papers that a crash left unasked and unmade, sendings that go on, and what became of the mails. */
export async function workOnDeclarations(
  context: Context,
): Promise<{ toSign: number; papers: number; copies: number; followed: number }> {
  return {
    toSign: await askAllSigners(context),
    papers: await finishAllSigned(context),
    copies: await goOnSending(context),
    followed: await followDeclarations(context),
  }
}

export const auditTimers: Timer[] = [
  { name: 'audits.work-on-declarations', every: minute, run: workOnDeclarations },
]
