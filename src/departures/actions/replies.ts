import type { Context } from '../../base/context.js'
import { departureById } from '../records.js'
import { moveTo } from './move.js'

/** A mail about it has come and been read: it stands on the page with its words, and in the log by its reference. Repeated, once. */
export async function noteReply(context: Context, id: string, reply: string): Promise<void> {
  const departure = await departureById(id)
  const known = departure?.replies ?? []
  if (!departure || known.includes(reply)) return
  await moveTo(
    context,
    departure,
    { replies: [...known, reply] },
    {
      event: 'departure.replied',
      facts: { reply },
    },
  )
}
