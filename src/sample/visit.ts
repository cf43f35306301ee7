import { linkMaker, linkUrl, linksFor } from '../auth/links.js'
import type { House } from '../auth/request.js'
import { Refused } from '../base/errors.js'
import type { Context } from '../base/context.js'
import { textIn } from '../i18n/texts.js'
import { recipientById, type Recipient } from '../notices/actions.js'
import type { Panel } from '../notices/routes.js'

/**
 * The address by which an invented customer's contact comes to its page, so that somebody trying Tilsyn sees both sides. For real
 * customers there is no such way: nobody on staff can act as a customer. Throws `Refused('sample-visit-only')`.
 */
export async function sampleVisitUrl(house: House, id: string): Promise<string> {
  const recipient = await recipientById(id)
  const [link] = recipient?.sample ? await linksFor('recipient', id) : []
  if (!link) throw new Refused('sample-visit-only')
  // Their mailboxes nobody reads, so what they are shown together is shown at once.
  return linkUrl(link, linkMaker(house), 'shared')
}

/** On an invented recipient's page; null for all others. */
export async function sampleVisitPanel(recipient: Recipient, { locale }: Context): Promise<Panel | null> {
  if (!recipient.sample || recipient.contacts.length === 0) return null
  return {
    title: textIn(locale)('sample:visit.title'),
    view: 'sample/visit',
    values: { recipient: recipient._id },
  }
}
