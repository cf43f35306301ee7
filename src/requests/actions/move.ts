import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { moveRequest, requestByReference, Requests } from '../records.js'
import type { CustomerRequest, RequestChange } from '../rules.js'

/** Throws `NotFound`. */
export async function requestOf(reference: string): Promise<CustomerRequest> {
  const request = await requestByReference(reference)
  if (!request) throw new NotFound()
  return request
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  context: Context,
  request: CustomerRequest,
  changes: RequestChange,
  move: { event: string; facts: Record<string, unknown>; personal?: Record<string, unknown> },
): Promise<CustomerRequest> {
  const moved = await moveRequest(request, changes, { at: context.now, by: context.actor, ...move })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Requests, moved)
  return moved
}

/** What the log says of a request with every move: enough to count a year's requests from the log alone. */
export function factsOf(request: CustomerRequest): Record<string, unknown> {
  const { reference, kind, customer, receivedOn } = request
  return { reference, kind, customer, receivedOn }
}

export async function keep(
  context: Context,
  { _id, sample }: Pick<CustomerRequest, '_id' | 'sample'>,
  uploads: readonly Upload[],
): Promise<string[]> {
  const kept: string[] = []
  for (const upload of uploads)
    kept.push((await storeFile(context, { ...upload, about: { kind: 'request', id: _id }, sample }))._id)
  return kept
}
