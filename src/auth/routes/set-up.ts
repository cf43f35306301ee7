import { Router, type Request, type Response } from 'express'
import { locales } from '../../base/context.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { personOfTicket, setPasswordByTicket } from '../actions/people.js'
import { startSession } from '../actions/sessions.js'
import { mayBeSetUp, setUp } from '../actions/set-up.js'
import { readNewPassword, readSetUp } from '../form.js'
import { everyone } from '../guards.js'
import { addressOf, limitLinks } from '../limits.js'
import { setSessionCookie } from './session-cookie.js'

/** Pages behind links that serve once. */
export const setUpRoutes: Router = Router()

setUpRoutes.get('/set-up/:token', everyone(), limitLinks, async (req, res) => {
  if (!(await mayBeSetUp(pathPart(req, 'token'), req.house.clock()))) return deadTicket(req, res)
  await renderPage(req, res, 'auth/set-up', { token: pathPart(req, 'token'), locales })
})

setUpRoutes.post('/set-up/:token', everyone(), limitLinks, async (req, res) => {
  const token = pathPart(req, 'token')
  if (!(await mayBeSetUp(token, req.house.clock()))) return deadTicket(req, res)
  const again = (more: PageValues, status: number) =>
    renderPage(req, res, 'auth/set-up', { token, locales, typed: req.body as unknown, ...more }, status)
  const read = readSetUp(req.body)
  if (read.problems) return again({ problems: read.problems }, 422)
  try {
    const person = await setUp(contextOf(req), token, read.input)
    const context = { ...contextOf(req), actor: { kind: 'staff' as const, id: person._id } }
    setSessionCookie(req, res, await startSession(context, person, req.get('user-agent') ?? ''))
    redirectWith(req, res, '/', 'auth:set-up.done')
  } catch (error) {
    await again({ refusal: refusalOf(error) }, 409)
  }
})

setUpRoutes.get('/password/:token', everyone(), limitLinks, async (req, res) => {
  const person = await personOfTicket(pathPart(req, 'token'), req.house.clock())
  if (!person) return deadTicket(req, res)
  await renderPage(req, res, 'auth/new-password', { token: pathPart(req, 'token'), of: person })
})

setUpRoutes.post('/password/:token', everyone(), limitLinks, async (req, res) => {
  const token = pathPart(req, 'token')
  const person = await personOfTicket(token, req.house.clock())
  if (!person) return deadTicket(req, res)
  const read = readNewPassword(req.body, person)
  if (read.problems)
    return renderPage(req, res, 'auth/new-password', { token, of: person, problems: read.problems }, 422)
  await setPasswordByTicket(contextOf(req), token, read.input.password)
  redirectWith(req, res, '/sign-in', 'auth:new-password.saved')
})

async function deadTicket(req: Request, res: Response): Promise<void> {
  const { unknownLink } = req.house.limits
  await unknownLink.check(addressOf(req))
  await unknownLink.take(addressOf(req))
  await renderPage(req, res, 'auth/dead-ticket', {}, 404)
}
