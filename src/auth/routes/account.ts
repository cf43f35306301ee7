import { Router, type Request, type Response } from 'express'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { changePassword } from '../actions/people.js'
import { openSessions, revokeSession } from '../actions/sessions.js'
import { confirmedBy, notConfirmed } from '../confirming.js'
import { readPasswordChange } from '../form.js'
import { staff } from '../guards.js'
import { sessionRows } from '../page.js'
import { signedIn } from './signed-in.js'

/** A person's own: password and sessions. */
export const accountRoutes: Router = Router()

accountRoutes.get('/account', staff(), async (req, res) => showAccount(req, res))

accountRoutes.post('/account/password', staff(), async (req, res) => {
  const { person, session } = signedIn(req)
  const read = readPasswordChange(req.body, person)
  if (read.problems) return showAccount(req, res, { problems: read.problems }, 422)
  const { present, code, password } = read.input
  if (!(await confirmedBy(req, contextOf(req), { password: present, code })))
    return showAccount(req, res, { problems: notConfirmed(person, 'present') }, 422)
  await changePassword(contextOf(req), person._id, { wanted: password, session: session._id })
  redirectWith(req, res, '/account', 'auth:account.password-changed')
})

accountRoutes.post('/account/sessions/:mark/end', staff(), async (req, res) => {
  await revokeSession(contextOf(req), signedIn(req).person, pathPart(req, 'mark'))
  redirectWith(req, res, '/account', 'auth:account.session-ended')
})

async function showAccount(req: Request, res: Response, more: PageValues = {}, status = 200): Promise<void> {
  const { person, session } = signedIn(req)
  const sessions = sessionRows(await openSessions(person, req.house.clock()), session)
  await renderPage(req, res, 'auth/account', { sessions, ...more }, status)
}
