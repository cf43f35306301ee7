import type { Request, Response } from 'express'
import { cookieOptions } from './cookies.js'

/** What the next page says once: a text key and its facts. */
export type Flash = { text: string; facts?: Record<string, string | number> }

const cookie = 'tilsyn_flash'

// Signed, so that nobody can make a page of ours say what they like.
export function flash(req: Request, res: Response, message: Flash): void {
  res.cookie(cookie, JSON.stringify(message), { ...cookieOptions(req), signed: true, maxAge: 60_000 })
}

export function readFlash(req: Request, res: Response): Flash | undefined {
  const value: unknown = req.signedCookies?.[cookie]
  if (typeof value !== 'string') return undefined
  res.clearCookie(cookie, cookieOptions(req))
  try {
    const { text, facts } = JSON.parse(value) as Flash
    return typeof text === 'string' ? { text, ...(facts ? { facts } : {}) } : undefined
  } catch {
    return undefined
  }
}
