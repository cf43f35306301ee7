/**
 * A link can be forwarded. One in a mail about one customer shows that customer; one in a mail to a person about several shows them
 * together, as the mail did, and no more; the rest of that person's customers is shown to the mailbox they all are registered with.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import jwt from 'jsonwebtoken'
import type { Opens } from './link-token.js'
import { linkCookie, seconds } from './open-links.js'
import type { House } from './request.js'

const mark = '~shared'
// As long as what a link opens.
const hours = 12

/** For all the customers' pages: which of a person's links came first makes no difference. */
export const mailboxCookie = { name: 'tilsyn_mailbox', path: '/c', hours }

/** As it stands in a mail that is about several customers: while it is sent it gets an address that shows them together. */
export function sharedLink(link: string): string {
  return `${link}${mark}`
}

export function linkInMail(inMail: string): { inMail: string; _id: string; opens: Opens } {
  return inMail.endsWith(mark)
    ? { inMail, _id: inMail.slice(0, -mark.length), opens: 'shared' }
    : { inMail, _id: inMail, opens: 'own' }
}

/** Whether the guarded request's link was opened from a mail about several customers. */
export function openedAsShared(req: Request): boolean {
  const held = read(req, linkCookie, req.house.keys.linkCookies)
  return held?.['opens'] === 'shared' && held['sub'] === req.link?._id
}

/** What the cookie holds once a code from that mailbox was typed: this browser is its reader's, for a sitting. */
export function mailboxShown(house: House, address: string): string {
  return jwt.sign({ sub: whose(house, address), iat: seconds(house) }, house.keys.mailboxes, {
    algorithm: 'HS256',
    expiresIn: hours * 3600,
  })
}

export function hasShownMailbox(req: Request, address: string): boolean {
  const sub: unknown = read(req, mailboxCookie.name, req.house.keys.mailboxes)?.['sub']
  const right = Buffer.from(whose(req.house, address))
  return typeof sub === 'string' && sub.length === right.length && timingSafeEqual(right, Buffer.from(sub))
}

function whose({ keys }: House, address: string): string {
  return createHmac('sha256', keys.mailboxes).update(`mailbox/${address.toLowerCase()}`).digest('hex')
}

function read(req: Request, cookie: string, key: string): Record<string, unknown> | null {
  const value: unknown = req.cookies?.[cookie]
  if (typeof value !== 'string') return null
  try {
    const held = jwt.verify(value, key, { algorithms: ['HS256'], clockTimestamp: seconds(req.house) })
    return typeof held === 'string' ? null : held
  } catch {
    return null
  }
}
