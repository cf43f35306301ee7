import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Config } from '../base/config.js'

/** Everything from here and nothing inline: text that somebody slips into a page cannot run, and pages cannot be framed. */
export function headers(config: Config): RequestHandler {
  const secure = config.baseUrl.startsWith('https:')
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    // Addresses of customers' pages are nobody else's business.
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
  })
}

/** Pages show what is so now, and personal data: no browser or proxy keeps them. */
export const keepNowhere: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store')
  next()
}
