import { createSecretKey } from 'node:crypto'
import type { Request } from 'express'
import jwt from 'jsonwebtoken'
import type { Context } from '../base/context.js'
import { dayOf } from '../base/day.js'
import { NotFound } from '../base/errors.js'
import { linkById, type Link, type LinkOwner, type VendorLink } from './records/links.js'
import type { House } from './request.js'

/** The page for a link that does not open says nothing about why, or whose it is. */
export class DeadLink extends NotFound {}

export const linkCookie = 'tilsyn_link'

/** The link a request came by, a customer's or a vendor's: its cookie, still sealed and in time, for the link in the address. Throws `DeadLink`. */
export async function anyOpenLinkOf(req: Request): Promise<Link | VendorLink> {
  const { house } = req
  const held = readCookie(req.cookies?.[linkCookie], house)
  if (!held || held.sub !== req.params['link']) throw new DeadLink()
  const link = await linkById(held.sub)
  if (!link || !opens(link, house) || link.tokenVersion !== held.version) throw new DeadLink()
  return link
}

function readCookie(value: unknown, house: House): { sub: string; version: number } | null {
  if (typeof value !== 'string') return null
  try {
    // Handed over as a key: of a text it first tries whether it is a public one, which takes longer than all the rest.
    const key = createSecretKey(Buffer.from(house.keys.linkCookies))
    const held = jwt.verify(value, key, {
      algorithms: ['HS256'],
      clockTimestamp: seconds(house),
    })
    if (typeof held === 'string' || typeof held.sub !== 'string' || typeof held['version'] !== 'number')
      return null
    return { sub: held.sub, version: held['version'] }
  } catch {
    return null
  }
}

export function opens(
  link: Pick<Link, 'revokedAt' | 'expiresOn'>,
  house: Pick<House, 'clock' | 'config'>,
): boolean {
  return link.revokedAt === null && dayOf(house.clock(), house.config.zone) <= link.expiresOn
}

export function seconds(house: House): number {
  return Math.floor(house.clock().getTime() / 1000)
}

export function moveBy(context: Context) {
  return { at: context.now, by: context.actor }
}

/** Of a customer's link, or a vendor's. */
export function factsOf({
  contact,
  about,
  ...whose
}: Pick<LinkOwner, 'contact' | 'about'> & { customer?: string; vendor?: string }): Record<string, unknown> {
  const { customer, vendor } = whose
  return {
    ...(vendor === undefined ? { customer } : { vendor }),
    contact,
    about: `${about.kind}/${about.id}`,
  }
}
