import type { Day } from '../../base/day.js'
import type { Text } from '../../i18n/texts.js'
import { isOverdue, type CustomerRequest } from '../rules.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }

export function urlOf({ reference }: Pick<CustomerRequest, 'reference'>): string {
  return `/requests/${reference}`
}

const tones: Record<CustomerRequest['state'], Tone> = {
  received: 'wait',
  'in-hand': 'info',
  answered: 'good',
  confirmed: 'good',
  declined: 'calm',
  withdrawn: 'calm',
}

type Stated = Pick<CustomerRequest, 'state' | 'running' | 'waits' | 'dueOn' | 'begunBy'>

/** As a reader on staff must know it: ours and past its day is overdue. */
export function stateOf(request: Stated, today: Day, t: Text): State {
  if (isOverdue(request, today)) return { tone: 'stop', word: t('requests:state.overdue') }
  if (request.waits) return { tone: 'wait', word: t('requests:state.waits') }
  if (request.begunBy === 'us' && request.state === 'in-hand')
    return { tone: 'wait', word: t('requests:state.to-tell') }
  if (request.begunBy === 'us' && request.state === 'answered')
    return { tone: 'good', word: t('requests:state.told') }
  return { tone: tones[request.state], word: t(`requests:state.${request.state}`) }
}

/** As the customer must know it: late is late, and whose turn it is. */
export function customerStateOf(request: Stated, today: Day, t: Text): State {
  if (request.waits) return { tone: 'wait', word: t('requests:own-state.yours') }
  if (isOverdue(request, today)) return { tone: 'stop', word: t('requests:own-state.overdue') }
  return {
    tone: request.state === 'received' ? 'info' : tones[request.state],
    word: t(`requests:own-state.${request.state}`),
  }
}
