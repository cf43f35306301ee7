import { Objections } from '../records.js'
import type { Objection } from '../rules.js'

export type OpenObjectionOfNotice = Pick<
  Objection,
  'reference' | 'customerName' | 'customerReference' | 'receivedOn'
>

const mostShown = 200

/** What blocks some customer in these notices, in the order it came. */
export async function openObjectionsOfNotices(notices: readonly string[]): Promise<OpenObjectionOfNotice[]> {
  if (notices.length === 0) return []
  return Objections.find(
    { notice: { $in: [...notices] }, blocking: true },
    { reference: 1, customerName: 1, customerReference: 1, receivedOn: 1 },
  )
    .limit(mostShown)
    .lean<OpenObjectionOfNotice[]>()
}
