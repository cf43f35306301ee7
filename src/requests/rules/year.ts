/** The year's figures, each by the references it is counted from. */
import type { RequestKind } from './kinds.js'
import type { CustomerRequest } from './request.js'

export type RequestsInYear = {
  /** Asked by customers. */
  received: string[]
  /** Begun by us: 4.2, 8.2, D.2.1, 12.3. */
  begun: string[]
  answered: string[]
  inTime: string[]
  late: string[]
  declined: string[]
  withdrawn: string[]
  /** Not over yet, whoever it waits for. */
  open: string[]
  byKind: Partial<Record<RequestKind, string[]>>
}

type Counted = Pick<
  CustomerRequest,
  'reference' | 'kind' | 'begunBy' | 'answeredOn' | 'dueOn' | 'state' | 'running'
>

/** `dueOn` is the day as last set, with the reason on record. */
export function yearOf(requests: readonly Counted[]): RequestsInYear {
  const those = (holds: (request: Counted) => boolean) =>
    requests
      .filter(holds)
      .map(({ reference }) => reference)
      .toSorted()
  const byKind: RequestsInYear['byKind'] = {}
  for (const { kind, reference } of requests) byKind[kind] = [...(byKind[kind] ?? []), reference].toSorted()
  return {
    received: those(({ begunBy }) => begunBy === 'customer'),
    begun: those(({ begunBy }) => begunBy === 'us'),
    answered: those(({ answeredOn }) => answeredOn !== null),
    inTime: those(({ answeredOn, dueOn }) => answeredOn !== null && answeredOn <= dueOn),
    late: those(({ answeredOn, dueOn }) => answeredOn !== null && answeredOn > dueOn),
    declined: those(({ state }) => state === 'declined'),
    withdrawn: those(({ state }) => state === 'withdrawn'),
    open: those(({ running }) => running),
    byKind,
  }
}
