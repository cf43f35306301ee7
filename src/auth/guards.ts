import type { Request, RequestHandler } from 'express'
import { Forbidden } from '../base/errors.js'
import { addressOf, takePage } from './limits.js'
import { openLinkOf } from './links.js'
import { askForOrganisation } from './organisation.js'
import { openVendorLinkOf } from './vendor-links.js'
import { allows, type Permission } from './permissions.js'

/** What a guard lets in; the house test reads it off every route. */
export type Guard = Permission | 'everyone' | 'staff' | 'link' | 'vendor-link'

/** Where it is set up, and whoever must have it is led until it is. */
export const secondFactorPage = '/account/second-factor'

type Guarding = RequestHandler & { guard: Guard }

/** Staff with the permission. Without a sign-in: to the sign-in page, and back again afterwards. */
export function may(permission: Permission): Guarding {
  return guarding(permission, (req, res, next) => {
    if (!req.person) return res.redirect(303, signInUrl(req))
    if (req.session?.secondFactorDue) return res.redirect(303, secondFactorPage)
    askForOrganisation(req)
    next(allows(req.person.role, permission) ? undefined : new Forbidden(permission))
  })
}

/** Any signed-in person: their own sessions, password and language. */
export function staff(): Guarding {
  return guarding('staff', (req, res, next) => {
    if (!req.person) return res.redirect(303, signInUrl(req))
    if (req.session?.secondFactorDue) return res.redirect(303, secondFactorPage)
    next()
  })
}

/** The same, and also who has to set up two-step sign-in before anything else: the pages where that is done. */
export function staffEvenBefore(): Guarding {
  return guarding('staff', (req, res, next) => (req.person ? next() : res.redirect(303, signInUrl(req))))
}

/** Nobody is asked who they are. */
export function everyone(): Guarding {
  return guarding('everyone', (_req, _res, next) => next())
}

/** A customer's contact who opened a link: `req.link` tells which. Path parameter `:link`. */
export function byLink(): Guarding {
  return guarding('link', async (req, _res, next) => {
    await takePage(req.house.limits.pages, addressOf(req))
    req.link = await openLinkOf(req)
    next()
  })
}

/** A vendor's contact, or a colleague of theirs, who opened a link: `req.vendorLink` tells which. Path parameter `:link`. */
export function byVendorLink(): Guarding {
  return guarding('vendor-link', async (req, _res, next) => {
    await takePage(req.house.limits.pages, addressOf(req))
    req.vendorLink = await openVendorLinkOf(req)
    next()
  })
}

export function guardOf(handler: unknown): Guard | undefined {
  return typeof handler === 'function' && 'guard' in handler ? (handler.guard as Guard) : undefined
}

function guarding(guard: Guard, handler: RequestHandler): Guarding {
  return Object.assign(handler, { guard })
}

// Back to where one was only after reading: what was being sent is not sent again by itself.
function signInUrl(req: Request): string {
  if (req.method !== 'GET' && req.method !== 'HEAD') return '/sign-in'
  return req.originalUrl === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(req.originalUrl)}`
}
