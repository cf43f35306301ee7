import type { Request, RequestHandler } from 'express'
import { locales, type Locale } from '../base/context.js'
import { cookieOptions, cookiePath } from './cookies.js'

const cookie = 'tilsyn_lang'

/**
 * Staff read by their preference. Others by what they chose (`?lang=en`, kept for the visit), else by what their browser
 * asks for. A customer's pages know the contact's language: `speak`.
 */
export const chooseLanguage: RequestHandler = (req, res, next) => {
  const onLink = cookiePath(req) !== '/'
  const asked = localeOf(req.query['lang'])
  const name = onLink ? `${cookie}_${cookiePath(req).slice(3)}` : cookie
  const kept = localeOf(req.cookies?.[name])
  if (asked && asked !== kept) res.cookie(name, asked, { ...cookieOptions(req, cookiePath(req)) })
  req.locale = (onLink ? undefined : req.person?.locale) ?? asked ?? kept ?? preferred(req)
  req.localeChosen = asked !== undefined || kept !== undefined
  next()
}

/** The language of the contact a page is for, unless the reader chose another. */
export function speak(req: Request, locale: Locale): void {
  if (!req.localeChosen) req.locale = locale
}

function preferred(req: Request): Locale {
  return localeOf(req.acceptsLanguages([...locales])) ?? 'da'
}

function localeOf(value: unknown): Locale | undefined {
  return locales.find((locale) => locale === value)
}
