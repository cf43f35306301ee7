import type { Request, Response } from 'express'
import { cookieOptions } from '../../web/cookies.js'
import { sessionCookie } from '../actions/sessions.js'
import { sessionDays } from '../rules.js'

export function setSessionCookie(req: Request, res: Response, token: string): void {
  res.cookie(sessionCookie, token, { ...cookieOptions(req), maxAge: sessionDays * 86_400_000 })
}
