/** Pages without a session: no cookie is read or set, so that they may be kept on the way. */
import { createHash } from 'node:crypto'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { addressOf, takePage, TooMany } from '../../auth/limits.js'
import { organisation } from '../../auth/organisation.js'
import { locales, type Locale } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { formatDay, formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { numberInWords } from '../../register/page.js'
import { assetUrl } from '../../web/assets.js'
import { publicListNow } from '../actions/settings.js'

const minutesKept = 5

/** After the guard: the reader's language, by the address or the browser, and not too many in a minute. */
export const visitOpenPage: RequestHandler = async (req, _res, next) => {
  req.locale = localeAsked(req) ?? preferred(req)
  await takePage(req.house.limits.pages, addressOf(req))
  next()
}

/** The answer may be kept for some minutes by anybody, and is told from a changed one by its tag. */
export function mayBeKept(res: Response, changedAt: Date, minutes = minutesKept): void {
  res.set('Cache-Control', `public, max-age=${minutes * 60}`)
  res.vary('Accept-Language')
  res.set('Last-Modified', changedAt.toUTCString())
}

/** Express turns this into a 304 where the reader has it. */
export function sendTagged(res: Response, type: string, body: string): void {
  res.set('ETag', `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`)
  res.type(type).send(body)
}

export async function renderOpenPage(
  req: Request,
  res: Response,
  view: string,
  values: Record<string, unknown> = {},
  status = 200,
): Promise<void> {
  const { locale } = req
  const asked = localeAsked(req)
  const { baseUrl, smtpUrl } = req.house.config
  // What a form has answered stands at no address of its own.
  const path = typeof values['path'] === 'string' ? values['path'] : req.path
  const [house, { agreement, on }] = await Promise.all([organisation(), publicListNow()])
  const locals = {
    t: textIn(locale),
    locale,
    otherLocales: locales.filter((other) => other !== locale),
    day: (day: string | null) => (day ? formatDay(day, locale) : ''),
    number: (count: number) => formatNumber(count, locale),
    asset: assetUrl,
    organisation: house,
    registration: house ? numberInWords(house.registration, locale) : '',
    on,
    /** Without a mail server nobody can be told anything. */
    mails: smtpUrl !== undefined,
    agreement: agreement[locale] ?? agreement.da ?? agreement.en,
    problems: {},
    typed: {},
    /** An address of ours in the language the reader chose. */
    to: (path: string, more: Record<string, string | number> = {}) =>
      withQuery(path, { ...more, ...(asked ? { lang: asked } : {}) }),
    /** This page in another language. */
    inLanguage: (other: Locale) => withQuery(path, { ...(req.query as Record<string, string>), lang: other }),
    /** For search engines: this page's one address in each language, where it is one of those they may list. */
    canonical: (each: Locale) => `${baseUrl}${withQuery(path, { lang: each })}`,
    indexed: false,
    chosen: asked ?? '',
    ...values,
    path,
  }
  const html = await new Promise<string>((resolve, reject) => {
    req.app.render(view, locals, (error: unknown, text?: string) =>
      error instanceof Error ? reject(error) : resolve(text ?? ''),
    )
  })
  res.status(status)
  res.set('Content-Language', locale)
  if (status === 200) return sendTagged(res, 'html', html)
  res.set('Cache-Control', 'no-store').type('html').send(html)
}

/** A plain page where there is nothing, or too much was asked; all else is the house's. */
export const showOpenError: ErrorRequestHandler = async (error: unknown, req, res, next) => {
  if (res.headersSent) return next(error)
  if (error instanceof NotFound) return renderOpenPage(req, res, 'public-list/public/nothing', {}, 404)
  if (error instanceof TooMany) {
    res.set('Retry-After', String(error.seconds))
    const minutes = Math.ceil(error.seconds / 60)
    return renderOpenPage(req, res, 'public-list/public/too-many', { minutes }, 429)
  }
  next(error)
}

function withQuery(path: string, query: Record<string, unknown>): string {
  const asked = Object.entries(query).filter(
    (entry): entry is [string, string | number] =>
      (typeof entry[1] === 'string' && entry[1] !== '') || typeof entry[1] === 'number',
  )
  const text = new URLSearchParams(
    asked.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return text === '' ? path : `${path}?${text}`
}

function localeAsked(req: Request): Locale | undefined {
  const { lang } = req.query as Record<string, unknown>
  return locales.find((locale) => locale === lang)
}

function preferred(req: Request): Locale {
  const asked = req.acceptsLanguages([...locales])
  return locales.find((locale) => locale === asked) ?? 'da'
}
