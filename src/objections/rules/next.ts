import type { Day } from '../../base/day.js'
import type { Objection } from './objection.js'
import { isClosed } from './settling.js'

export type NextStep = { step: 'stop-use' | 'take' | 'assess' | 'settle' | 'await-end'; by: Day }

/** What staff does next with the case; null when nothing is left to do. */
export function nextStep(objection: Objection): NextStep | null {
  if (isClosed(objection))
    return objection.blocking ? { step: 'await-end', by: objection.endsOn ?? objection.answerBy } : null
  if (objection.useHadBegun && objection.state === 'received')
    return { step: 'stop-use', by: objection.receivedOn }
  if (objection.owner === null) return { step: 'take', by: objection.answerBy }
  return { step: objection.state === 'received' ? 'assess' : 'settle', by: objection.answerBy }
}
