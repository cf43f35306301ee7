/** What anyone may read. Always an edition: page, feed, JSON and archive say the same. */
import { readOrganisation } from '../../auth/records/organisation.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import {
  editionById,
  editionInForce,
  editionsPage,
  firstHead,
  latestEdition,
  latestHead,
  neighbours,
} from '../records/editions.js'
import { dayIn, type Edition, type EditionHead } from '../rules/editions.js'
import { publicListNow, type PublicList } from './settings.js'

/** Throws `NotFound` while the list is off, as if there were no such page. */
export async function openList(): Promise<PublicList> {
  const list = await publicListNow()
  if (!list.on) throw new NotFound()
  return list
}

export async function currentEdition(): Promise<Edition> {
  const edition = await latestEdition()
  if (!edition) throw new NotFound()
  return edition
}

/** `elsewhere`: no edition is of that day, and this one counted at its end. Throws `NotFound`. */
export async function editionAt(
  { today }: Pick<Context, 'today'>,
  address: string,
): Promise<{ edition: Edition; before: string | null; after: string | null } | { elsewhere: string }> {
  const edition = await editionById(address)
  if (edition) return { edition, ...(await neighbours(edition.number)) }
  const day = dayIn(address)
  // What counts at the end of a day that is not over is not known yet.
  const inForce = day === address && day < today ? await editionInForce(day) : null
  if (!inForce) throw new NotFound()
  return { elsewhere: inForce._id }
}

export async function archivePage(cursor: string | undefined) {
  return editionsPage(cursor, 25)
}

/** For the feed. Throws `NotFound`. */
export async function newestEditions(): Promise<{ first: EditionHead; editions: EditionHead[] }> {
  const [first, { rows }] = await Promise.all([firstHead(), editionsPage(undefined, 50)])
  if (!first) throw new NotFound()
  return { first, editions: rows }
}

/** The edition of exactly that address. Throws `NotFound`. */
export async function editionNamed(address: string): Promise<Edition> {
  const edition = await editionById(address)
  if (!edition) throw new NotFound()
  return edition
}

/** When what is public last changed: the list, what is chosen about it, or whose it is and whom to ask. */
export async function changedAt(list: PublicList): Promise<Date> {
  const [last, house] = await Promise.all([latestHead(), readOrganisation()])
  const times = [list.changedAt, last?.at, house?.moves.at(-1)?.at].flatMap((at) => at?.getTime() ?? [])
  return new Date(Math.max(0, ...times))
}
