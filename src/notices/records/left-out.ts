import { Notices } from './notices.js'
import { Recipients } from './recipients.js'

/** Whom use of an engagement is not for, though it buys the services: it was exempted after its objection, or has refused. */
export async function leftOutOf(
  engagement: string,
): Promise<{ customer: string; because: 'exempted' | 'refused' }[]> {
  const line = { $elemMatch: { engagement, kind: { $nin: ['removal', 'correction'] } } }
  // By the index on the lines' engagements, and of these few the ones in which it comes.
  const notices = await Notices.find({ 'lines.engagement': engagement, lines: line })
    .select({ _id: 1 })
    .lean<{ _id: string }[]>()
  if (notices.length === 0) return []
  const rows = await Recipients.find(
    { notice: { $in: notices.map(({ _id }) => _id) }, state: { $in: ['exempted', 'refused'] } },
    { customer: 1, state: 1 },
  ).lean<{ customer: string; state: 'exempted' | 'refused' }[]>()
  return rows.map(({ customer, state }) => ({ customer, because: state }))
}
