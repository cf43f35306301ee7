import { Router, type Request } from 'express'
import { pathPart } from '../../web/page.js'
import { cookieOptions } from '../../web/cookies.js'
import { everyone } from '../guards.js'
import { addressOf, limitLinks } from '../limits.js'
import { DeadLink, linkCookie, openByToken } from '../links.js'

export const linkRoutes: Router = Router()

// Trades the token for a cookie and a clean address, and changes nothing else: mail scanners open links too.
linkRoutes.get('/l/:token', everyone(), limitLinks, async (req, res) => {
  try {
    const { link, cookie, hours } = await openByToken(req.house, pathPart(req, 'token'))
    const path = `/${link.kind === 'vendor' ? 'v' : 'c'}/${link._id}`
    res.cookie(linkCookie, cookie, { ...cookieOptions(req, path), maxAge: hours * 3_600_000 })
    res.redirect(
      303,
      `${path}/${link.kind === 'vendor' ? (vendorPages[link.about.kind] ?? '') : pageAsked(req)}`,
    )
  } catch (error) {
    if (error instanceof DeadLink) await req.house.limits.unknownLink.take(addressOf(req))
    throw error
  }
})

/** Below the link: where each kind of thing is answered. */
const vendorPages: Record<string, string> = {
  'statement-request': 'statement',
  finding: 'finding',
  departure: 'deletion',
  breach: 'breach',
}

/** Below the customer's own page, where the mail was about one of its notices or objections; anything else is left out. */
function pageAsked(req: Request): string {
  const { to } = req.query
  return typeof to === 'string' &&
    /^(?:declarations(?:\/AU-\d{4}(?:-\d+)?\/together)?|supervision|(?:notices|objections|together|requests|departures|breaches)\/[A-Z]{2}-\d{4}-\d{3,})$/.test(
      to,
    )
    ? to
    : ''
}
