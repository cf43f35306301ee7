import { moveRecorded, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { requestByReference, Requests } from '../records.js'
import { requestListing, type CustomerRequest, type RequestChange } from '../rules.js'

/** Throws `NotFound`. */
export async function requestOf(reference: string): Promise<CustomerRequest> {
  const request = await requestByReference(reference)
  if (!request) throw new NotFound()
  return request
}

/** One move, with its entry in the log; null where somebody was quicker. */
export function tryMove(
  context: Context,
  request: CustomerRequest,
  changes: RequestChange,
  said: Said,
): Promise<CustomerRequest | null> {
  const listed = requestListing({ ...request, ...changes })
  return moveRecorded(context, Requests, request, { ...changes, ...listed }, said)
}

/** The same. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  context: Context,
  request: CustomerRequest,
  changes: RequestChange,
  said: Said,
): Promise<CustomerRequest> {
  const moved = await tryMove(context, request, changes, said)
  if (!moved) throw new Refused('changed-meanwhile')
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
