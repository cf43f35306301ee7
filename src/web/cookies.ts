import type { CookieOptions, Request } from 'express'

/** `secure` follows BASE_URL, not the connection: behind a proxy that ends TLS the connection is plain. */
export function cookieOptions(req: Request, path = '/'): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isSecure(req), path }
}

function isSecure(req: Request): boolean {
  return req.house.config.baseUrl.startsWith('https:')
}

/** A customer's page, or a vendor's, has cookies of its own, so that it never mixes with staff work in the same browser. */
export function cookiePath(req: Request): string {
  return /^\/[cv]\/[0-9a-z]{10,40}(?=\/|$)/.exec(req.path)?.[0] ?? '/'
}
