import { randomBytes } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { doubleCsrf } from 'csrf-csrf'
import { cookieOptions, cookiePath } from './cookies.js'

const visitCookie = 'tilsyn_visit'

// A token holds for the session it was made in: the staff session, the link a customer came by, or else this visit.
const protection = (cookieName: string) =>
  doubleCsrf({
    getSecret: (req) => (req ? req.house.keys.csrf : ''),
    getSessionIdentifier: (req) => identifierOf(req),
    cookieName,
    getCsrfTokenFromRequest: (req) => {
      const token: unknown = (req.body as Record<string, unknown> | undefined)?.['_csrf']
      return typeof token === 'string' ? token : undefined
    },
  })

// One browser may have staff work and customers' pages open beside each other.
const house = protection('tilsyn_csrf')
const customers = protection('tilsyn_csrf_c')
const protectionOf = (req: Request) => (cookiePath(req) === '/' ? house : customers)

/** What came without the token of a page of ours: 403, with what to do. */
export const notOurForm = house.invalidCsrfTokenError

/** The token for the forms of a page; sets its cookie when there is none that still holds. */
export function csrfToken(req: Request, res: Response): string {
  if (!req.session && cookiePath(req) === '/' && !visitOf(req)) {
    const visit = randomBytes(16).toString('base64url')
    res.cookie(visitCookie, visit, { ...cookieOptions(req), signed: true })
    req.signedCookies = { ...req.signedCookies, [visitCookie]: visit }
  }
  return protectionOf(req).generateCsrfToken(req, res, { cookieOptions: cookieOptions(req, cookiePath(req)) })
}

/** Refuses what is sent without the token of a page of ours. A multipart form is read, and checked, by `upload`. */
export const checkToken: RequestHandler = (req, _res, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next()
  if (req.is('multipart/form-data')) {
    req.tokenPending = true
    return next()
  }
  next(protectionOf(req).validateRequest(req) ? undefined : notOurForm)
}

/** For `upload`, once the form's fields are read. */
export const checkPendingToken: RequestHandler = (req, _res, next) => {
  if (!protectionOf(req).validateRequest(req)) return next(notOurForm)
  delete req.tokenPending
  next()
}

function identifierOf(req: Request): string {
  const path = cookiePath(req)
  if (path !== '/') return `link:${path}`
  return req.session ? `session:${req.session._id}` : `visit:${visitOf(req) ?? ''}`
}

function visitOf(req: Request): string | undefined {
  const value: unknown = req.signedCookies?.[visitCookie]
  return typeof value === 'string' ? value : undefined
}
