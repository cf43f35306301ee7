/** What somebody else's link opens of the pages that one customer's opens. */
import request from 'supertest'
import type { Address } from '../browser/addresses.js'
import { linkTo, settledRecipient, type Town } from '../browser/town.js'
import type { Tilsyn } from '../support/app.js'

/** Pages every customer has for itself; all others are about one's own case. */
const everyones =
  /^(?:\/(?:list(?:\/annex-b)?|notices\/[^/]+(?:\/(?:answer|object|pass-on|pass-on\.pdf|notice\.pdf|calendar\.ics))?|together\/[^/]+|requests(?:\/new)?|instructions|declarations(?:\/[^/]+\/[^/]+)?|supervision(?:\/texts)?|record|others\/[^/]+)?)?$/

/** Addresses of one customer's pages at which another, who was told of the same, learns something of it. */
export async function leaksToStranger(
  tilsyn: Tilsyn,
  town: Town,
  addresses: readonly Address[],
): Promise<string[]> {
  const one = settledRecipient(town)
  const own = one.contacts[0]?.email.toLowerCase()
  const other = town.recipients.find(
    ({ _id, contacts }) => _id !== one._id && contacts.every(({ email }) => email.toLowerCase() !== own),
  )
  if (!other) throw new Error('a town of one customer')
  const { path, page } = await linkTo(tilsyn, other)
  const { page: theirs } = await linkTo(tilsyn, one)
  const stranger = request.agent(tilsyn.app)
  await stranger.get(path)
  const leaks: string[] = []
  for (const address of addresses) {
    if (address.guard === 'vendor-link' && (await stranger.get(address.path)).status !== 404)
      leaks.push(address.path)
    if (address.guard !== 'link') continue
    if ((await stranger.get(address.path)).status !== 404) leaks.push(address.path)
    const below = address.path.replace(theirs, '')
    const { status, text } = await stranger.get(`${page}${below}`)
    const shown = status !== 404 && !everyones.test(below.split('?')[0] ?? '')
    if (shown || String(text).includes(one.customerName)) leaks.push(below)
  }
  return leaks
}
