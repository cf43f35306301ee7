import type { Day } from '../../base/day.js'
import { confirmationOverdue } from './due.js'
import type { CustomerRequest } from './request.js'

export type RequestStep = 'assess' | 'reply' | 'answer' | 'tell' | 'ask-again' | 'wait'

/** What comes next; null where nothing does. While the customer has to confirm it is not ours, until it has been reminded in vain. */
export function nextStep(
  request: Pick<CustomerRequest, 'state' | 'running' | 'waits' | 'asks' | 'begunBy' | 'answeredOn' | 'dueOn'>,
  today: Day,
): RequestStep | null {
  const { state, running, waits, asks, begunBy } = request
  if (asks) return 'reply'
  if (running) return begunBy === 'us' ? 'tell' : state === 'received' ? 'assess' : 'answer'
  if (!waits) return null
  return confirmationOverdue(request, today) ? 'ask-again' : 'wait'
}
