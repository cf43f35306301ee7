import { Router, type Request, type Response } from 'express'
import type { Person, Session } from '../request.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { changePassword } from '../actions/people.js'
import { openSessions, revokeSession } from '../actions/sessions.js'
import { readPasswordChange } from '../form.js'
import { staff } from '../guards.js'
import { checkLimit, takeTry } from '../limits.js'
import { sessionRows } from '../page.js'

/** A person's own: password and sessions. */
export const accountRoutes: Router = Router()

accountRoutes.get('/account', staff(), async (req, res) => showAccount(req, res))

accountRoutes.post('/account/password', staff(), async (req, res) => {
  const { person, session } = signedIn(req)
  const read = readPasswordChange(req.body, person)
  if (read.problems) return showAccount(req, res, { problems: read.problems }, 422)
  const { account } = req.house.limits
  await checkLimit(account, person.email)
  await takeTry(account, person.email)
  const { present, password } = read.input
  const changed = await changePassword(contextOf(req), person._id, {
    present,
    wanted: password,
    session: session._id,
  })
  if (!changed)
    return showAccount(req, res, { problems: [{ field: 'present', text: 'password-wrong' }] }, 422)
  await account.delete(person.email)
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

function signedIn(req: Request): { person: Person; session: Session } {
  if (!req.person || !req.session) throw new Error('a page behind staff() without a person')
  return { person: req.person, session: req.session }
}
