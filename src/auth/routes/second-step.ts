import { Router, type Request, type Response } from 'express'
import { cookieOptions } from '../../web/cookies.js'
import { speak } from '../../web/language.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { awaitingCode, signInWithCode } from '../actions/sign-in.js'
import { readCode } from '../form.js'
import { everyone } from '../guards.js'
import { addressOf } from '../limits.js'
import { safePath, secondStepMinutes } from '../rules.js'
import { setSessionCookie } from './session-cookie.js'

/** Between the right password and the session: the code of the app, or a recovery code. */
export const secondStepRoutes: Router = Router()

const path = '/sign-in/code'
const cookie = 'tilsyn_second_step'

secondStepRoutes.get(path, everyone(), async (req, res) => {
  const next = safePath(req.query['next'])
  if (req.person) return res.redirect(303, next)
  await show(req, res, next)
})

secondStepRoutes.post(path, everyone(), async (req, res) => {
  const next = safePath((req.body as Record<string, unknown>)['next'])
  if (req.person) return res.redirect(303, next)
  const token = tokenOf(req)
  const waiting = await awaitingCode(token, req.house.clock())
  if (!waiting) return startAgain(req, res, next)
  const read = readCode(req.body)
  if (read.problems) return show(req, res, next, { problems: read.problems }, 422)
  const { account, address } = req.house.limits
  const { email, _id } = waiting.person
  await address.check(addressOf(req))
  await account.check(email)
  // As with passwords: taken before the code is looked at, and wrong codes add up with wrong passwords to the lock.
  await account.take(email)
  await address.take(addressOf(req))
  const given = {
    code: read.input.code,
    key: req.house.keys.secondFactors,
    browser: req.get('user-agent') ?? '',
  }
  const done = await signInWithCode(contextOf(req), token, given)
  if (done === 'over') return startAgain(req, res, next)
  if (done === 'unreadable')
    req.house.log.error({ person: _id }, 'a second factor is sealed with another secret of the house')
  if (typeof done === 'string')
    return show(req, res, next, { problems: [{ field: 'code', text: 'app-code-wrong' }] }, 422)
  await account.forget(email)
  await address.giveBack(addressOf(req))
  res.clearCookie(cookie, cookieOptions(req, path))
  setSessionCookie(req, res, done.token)
  if (done.left === null) return res.redirect(303, next)
  redirectWith(req, res, next, 'second-factor:flash.recovery-used', { count: done.left })
})

/** After a right password: on to the code. */
export function goToSecondStep(req: Request, res: Response, token: string, next: string): void {
  res.cookie(cookie, token, { ...cookieOptions(req, path), maxAge: secondStepMinutes * 60_000 })
  res.redirect(303, withNext(path, next))
}

async function show(
  req: Request,
  res: Response,
  next: string,
  more: PageValues = {},
  status = 200,
): Promise<void> {
  const waiting = await awaitingCode(tokenOf(req), req.house.clock())
  if (!waiting) return startAgain(req, res, next)
  speak(req, waiting.person.locale)
  await renderPage(req, res, 'auth/second-step', { next, left: waiting.left, ...more }, status)
}

function startAgain(req: Request, res: Response, next: string): void {
  res.clearCookie(cookie, cookieOptions(req, path))
  redirectWith(req, res, withNext('/sign-in', next), 'second-factor:flash.over')
}

function withNext(address: string, next: string): string {
  return next === '/' ? address : `${address}?next=${encodeURIComponent(next)}`
}

function tokenOf(req: Request): string {
  const token: unknown = req.cookies?.[cookie]
  return typeof token === 'string' ? token : ''
}
