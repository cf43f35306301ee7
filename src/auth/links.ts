import type { Request } from 'express'
import jwt from 'jsonwebtoken'
import { record } from '../audit-log/actions.js'
import type { Context } from '../base/context.js'
import { laterOf, type Day } from '../base/day.js'
import { NotFound } from '../base/errors.js'
import { newId } from '../base/ids.js'
import { linkToken, readLinkToken, type Opens } from './link-token.js'
import { anyOpenLinkOf, DeadLink, factsOf, moveBy, opens, seconds } from './open-links.js'
import {
  insertLink,
  insertLinks,
  linkById,
  linksByIds,
  linkOf,
  Links,
  linksAbout,
  liveLinks,
  moveLink,
  type Link,
  type LinkFilter,
  type LinkOwner,
  type VendorLink,
} from './records/links.js'
import { linkInMail } from './shared-links.js'
import type { House, OpenLink } from './request.js'

export type { Link, LinkFilter, VendorLink } from './records/links.js'
export { sharedLink } from './shared-links.js'
export { DeadLink, linkCookie } from './open-links.js'
export { ensureVendorLink } from './vendor-links.js'

// One sitting; the link in the mail opens the next.
const cookieHours = 12

/** What addresses are made with: the house's keys and where it stands. */
export type LinkMaker = { key: string; baseUrl: string }

export function linkMaker(house: Pick<House, 'keys' | 'config'>): LinkMaker {
  return { key: house.keys.links, baseUrl: house.config.baseUrl }
}

/** The link of this contact to this thing, made on first need; a later last day is taken over, an earlier one is not. */
export async function ensureLink(
  context: Context,
  wanted: LinkOwner & { kind: 'customer'; expiresOn: Day },
): Promise<Link> {
  const found = await linkOf(wanted)
  if (found)
    return laterOf(found.expiresOn, wanted.expiresOn) === found.expiresOn
      ? found
      : extendLink(context, found, wanted.expiresOn)
  const made = await insertLink<Link>(
    { _id: newId(), ...wanted, tokenVersion: 1, revokedAt: null },
    { ...moveBy(context), event: 'link.made', facts: factsOf(wanted) },
  )
  // Another made it in the meantime.
  if (!made) return ensureLink(context, wanted)
  await record(Links, made)
  return made
}

/** The same for many links about things of one kind, in the order asked for, with one look and one writing. */
export async function ensureLinks(
  context: Context,
  wanted: readonly (LinkOwner & { kind: 'customer'; expiresOn: Day })[],
): Promise<Link[]> {
  const [first] = wanted
  if (!first) return []
  const ids = wanted.map(({ about }) => about.id)
  const ownerKey = ({ customer, contact, about }: LinkOwner) =>
    [customer, contact, about.kind, about.id].join('\n')
  const known = async () =>
    new Map((await linksAbout(first.about.kind, ids)).map((link) => [ownerKey(link), link]))
  let found = await known()
  const missing = wanted.filter((owner) => !found.has(ownerKey(owner)))
  if (missing.length > 0) {
    const fresh = missing.map((owner) => ({ _id: newId(), ...owner, tokenVersion: 1, revokedAt: null }))
    await insertLinks(fresh, (owner) => ({ ...moveBy(context), event: 'link.made', facts: factsOf(owner) }))
    found = await known()
    const made = new Set(fresh.map(({ _id }) => _id))
    await record(
      Links,
      [...found.values()].filter(({ _id }) => made.has(_id)),
    )
  }
  const links: Link[] = []
  for (const owner of wanted) {
    const link = found.get(ownerKey(owner))
    if (!link) throw new Error('a link that was just made is not there')
    links.push(link.expiresOn < owner.expiresOn ? await extendLink(context, link, owner.expiresOn) : link)
  }
  return links
}

/** Moves the last day on. Of a revoked link the old token stays dead. */
export async function extendLink(context: Context, link: Pick<Link, '_id'>, expiresOn: Day): Promise<Link> {
  const moved = await moveLink(
    { _id: link._id },
    { expiresOn },
    { ...moveBy(context), event: 'link.extended', facts: { expiresOn } },
  )
  if (!moved) throw new NotFound()
  await record(Links, moved)
  return moved
}

/** Those links open no more, from now on, and their tokens never again; returns how many there were. */
export async function revokeLinks(context: Context, filter: LinkFilter): Promise<number> {
  const revoked: Link[] = []
  for (const link of await liveLinks(filter)) {
    const moved = await moveLink(
      { _id: link._id, revokedAt: null },
      { revokedAt: context.now, tokenVersion: link.tokenVersion + 1 },
      { ...moveBy(context), event: 'link.revoked', facts: factsOf(link) },
    )
    if (moved) revoked.push(moved)
  }
  await record(Links, revoked)
  return revoked.length
}

/** The links to this thing that have not been revoked. */
export async function linksFor(kind: string, id: string): Promise<Link[]> {
  return (await linksAbout(kind, [id])).filter(({ revokedAt }) => revokedAt === null)
}

/** The links to those things of one kind that have not been revoked. */
export async function linksAboutAll(kind: string, ids: readonly string[]): Promise<Link[]> {
  return ids.length === 0 ? [] : (await linksAbout(kind, ids)).filter(({ revokedAt }) => revokedAt === null)
}

/**
 * New tokens for those links, as when one was forwarded to a stranger: what the old ones open stops at once, cookies as well.
 * Returns the links as they now are.
 */
export async function renewLinks(context: Context, filter: LinkFilter): Promise<Link[]> {
  const renewed: Link[] = []
  for (const link of await liveLinks(filter)) {
    const moved = await moveLink(
      { _id: link._id, revokedAt: null },
      { tokenVersion: link.tokenVersion + 1 },
      { ...moveBy(context), event: 'link.renewed', facts: factsOf(link) },
    )
    if (moved) renewed.push(moved)
  }
  await record(Links, renewed)
  return renewed
}

/** The address that opens the link. Goes into a mail while it is sent, and nowhere else. */
export function linkUrl(link: Pick<Link, '_id' | 'tokenVersion'>, maker: LinkMaker, opens?: Opens): string {
  return `${maker.baseUrl}${linkPath(link, maker, opens)}`
}

/** The same as seen from a page of the house that its own reader looks at. */
export function linkPath(
  link: Pick<Link, '_id' | 'tokenVersion'>,
  { key }: Pick<LinkMaker, 'key'>,
  opens?: Opens,
): string {
  return `/l/${linkToken(link, key, opens)}`
}

/** For the mail sender: the addresses of those links that open today, by what stands in the mail. */
export function liveLinkUrls(house: House): (ids: string[]) => Promise<ReadonlyMap<string, string>> {
  return async (ids) => {
    const asked = ids.map(linkInMail)
    const found = await linksByIds([...new Set(asked.map(({ _id }) => _id))])
    const links = new Map(found.filter((link) => opens(link, house)).map((link) => [link._id, link]))
    return new Map(
      asked.flatMap(({ inMail, _id, opens: how }) => {
        const link = links.get(_id)
        return link ? [[inMail, linkUrl(link, linkMaker(house), how)] as const] : []
      }),
    )
  }
}

/** Trades a mail's token for what the cookie holds. Changes nothing: mail scanners open links too. Throws `DeadLink`. */
export async function openByToken(
  house: House,
  token: string,
): Promise<{ link: Pick<Link | VendorLink, '_id' | 'kind' | 'about'>; cookie: string; hours: number }> {
  const read = readLinkToken(token, house.keys.links)
  const link = read ? await linkById(read._id) : null
  if (!link || !opens(link, house) || link.tokenVersion !== read?.version) throw new DeadLink()
  const cookie = jwt.sign(
    { sub: link._id, version: link.tokenVersion, opens: read.opens, iat: seconds(house) },
    house.keys.linkCookies,
    {
      algorithm: 'HS256',
      expiresIn: cookieHours * 3600,
    },
  )
  return { link, cookie, hours: cookieHours }
}

/** The link a request came by: its cookie, still sealed and in time, for the link in the address. Throws `DeadLink`. */
export async function openLinkOf(req: Request): Promise<OpenLink> {
  const link = await anyOpenLinkOf(req)
  if (link.kind !== 'customer') throw new DeadLink()
  return openLink(link)
}

function openLink({ _id, kind, customer, contact, about }: Link): OpenLink {
  return { _id, kind, customer, contact, about }
}
