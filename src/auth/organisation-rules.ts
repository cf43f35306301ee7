import type { Locale } from '../base/context.js'
import type { Registration } from '../base/registration.js'

/** There is one: the processor this Tilsyn belongs to. */
export const organisationId = 'organisation'

export type Organisation = {
  _id: string
  name: string
  registration: Registration
  address: string
  /** Data protection officer or the person who has that duty: customers read it on every page and mail. */
  dpo: { name: string; email: string; phone: string }
  /** Languages texts must be written in; the first is for readers whose language is not known. */
  locales: Locale[]
  /** The mailbox customers' replies go to; somebody reads it. */
  replyTo: string
  sampleSince: Date | null
}

/** What stands at the foot of every mail. */
export function letterheadOf({
  name,
  address,
  registration,
  replyTo,
}: Omit<Organisation, '_id' | 'sampleSince'>) {
  return {
    name,
    address: address.replaceAll('\n', ', '),
    registration: `CVR ${registration.number}`,
    replyTo,
  }
}
