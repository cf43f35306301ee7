import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { contactsToTell } from '../../customers/rules.js'
import { customersByIds } from '../../customers/actions.js'
import { storeFile, type Upload } from '../../files/actions.js'
import type { DeliveryInput } from '../form.js'
import { announcedAnew, clockStarts } from '../rules/delivery.js'
import type { Recipient } from '../rules/recipient.js'
import { recipientAndNotice } from './contents.js'
import { decideFor } from './move.js'
import { payOwed } from './owed.js'

/**
 * Staff delivered the notice by another channel (Digital Post, a letter): the clock starts at that time. The file shows it.
 * Throws `Refused`: 'delivery-known', 'delivery-before-issue', 'file-missing'.
 */
export async function registerDelivery(
  context: Context,
  id: string,
  { channel, at }: DeliveryInput,
  upload: Upload | undefined,
): Promise<Recipient> {
  const { recipient: known, notice } = await recipientAndNotice(id)
  if (known.state !== 'queued' && known.state !== 'undelivered') throw new Refused('delivery-known')
  if (notice.issuedAt === null || at < notice.issuedAt) throw new Refused('delivery-before-issue')
  if (!upload) throw new Refused('file-missing')
  const file = await storeFile(context, { ...upload, about: { kind: 'recipient', id }, sample: known.sample })
  const { recipient } = await decideFor(context, id, (recipient) => {
    const change = clockStarts(recipient, at, { channel, registered: true, file: file._id }, notice.rules)
    if (!change) throw new Refused('delivery-known')
    return { change, event: 'delivery-registered', facts: { channel, at, file: file._id } }
  })
  return payOwed(context, recipient)
}

/** Once more from the first contact, with the contacts the customer has now. Throws `Refused`: 'delivery-known', 'still-no-contact'. */
export async function announceAgain(context: Context, id: string): Promise<Recipient> {
  const { recipient: known, notice } = await recipientAndNotice(id)
  const [customer] = await customersByIds([known.customer])
  const contacts = customer ? contactsToTell(customer.contacts, context.today) : []
  if (contacts.length === 0) throw new Refused('still-no-contact')
  const { recipient } = await decideFor(context, id, (recipient) => {
    if (recipient.state !== 'undelivered') throw new Refused('delivery-known')
    return {
      change: {
        ...announcedAnew(recipient, context.now, notice.rules),
        contacts,
        contactIndex: 0,
        round: recipient.round + 1,
      },
      event: 'announced-again',
      facts: { round: recipient.round + 1 },
    }
  })
  return payOwed(context, recipient)
}
