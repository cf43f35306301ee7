import { wholeMailsAbout, type WholeMail } from '../../mail/actions.js'
import type { Notice, Recipient } from '../../notices/actions.js'
import type { Objection } from '../../objections/rules.js'
import { mailName, noticeFolder, partFolder, type Audience } from '../rules.js'

/** A mail about a notice or a customer's part of it, and the path below which its texts stand, without its ending. */
export type PackedMail = { mail: WholeMail; notice: string; customer: string; path: string }

/** Mails to one person for several customers, each of which has its own beside: they name all of these, so they are for the house. */
export async function sharedMails(
  { _id, reference }: Pick<Notice, '_id' | 'reference'>,
  audience: Audience,
): Promise<PackedMail[]> {
  const mails = audience === 'house' ? await wholeMailsAbout('notice', [_id]) : []
  return mails.map((mail, place) => ({
    mail,
    notice: reference,
    customer: '',
    path: `${noticeFolder(reference)}/mails/${mailName(place + 1, mail.kind)}`,
  }))
}

/** Oldest first, by recipient: mails about the notice and about the customer's objections. */
export async function mailsOfParts(
  recipients: readonly Recipient[],
  objections: readonly Objection[],
  audience: Audience,
): Promise<Map<string, PackedMail[]>> {
  const [told, argued] = await Promise.all([
    wholeMailsAbout(
      'recipient',
      recipients.map(({ _id }) => _id),
    ),
    objections.length === 0
      ? []
      : wholeMailsAbout(
          'objection',
          objections.map(({ _id }) => _id),
        ),
  ])
  const partOf = new Map([
    ...recipients.map(({ _id }) => [_id, _id] as const),
    ...objections.map(({ _id, recipient }) => [_id, recipient] as const),
  ])
  const byPart = new Map<string, WholeMail[]>()
  for (const mail of [...told, ...argued]) {
    // What staff is told about a case is no part of what was said to the customer.
    if (audience === 'customer' && mail.to.contact === undefined) continue
    const part = partOf.get(mail.about.id)
    if (part !== undefined) byPart.set(part, [...(byPart.get(part) ?? []), mail])
  }
  return new Map(
    recipients.map((recipient) => {
      const folder = partFolder(recipient.noticeReference, recipient.customerReference)
      const own = (byPart.get(recipient._id) ?? []).toSorted(
        (a, b) => a.queuedAt.getTime() - b.queuedAt.getTime(),
      )
      return [
        recipient._id,
        own.map((mail, place) => ({
          mail,
          notice: recipient.noticeReference,
          customer: recipient.customerReference,
          path: `${folder}/mails/${mailName(place + 1, mail.kind)}`,
        })),
      ]
    }),
  )
}
