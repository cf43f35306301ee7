import { opens } from './open-links.js'
import { liveLinks, type Link } from './records/links.js'
import type { House } from './request.js'

/** The link of one of these contacts of the customer that opens longest from today; null where none of them has one. */
export async function linkHeldBy(
  house: House,
  customer: string,
  contacts: readonly string[],
): Promise<Link | null> {
  const theirs = (await liveLinks({ customer })).filter(
    (link) => contacts.includes(link.contact) && opens(link, house),
  )
  return theirs.toSorted((a, b) => (a.expiresOn < b.expiresOn ? 1 : -1))[0] ?? null
}
