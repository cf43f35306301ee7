import { Router } from 'express'
import { readForm } from '../../base/form.js'
import { cookieOptions } from '../../web/cookies.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { chooseLanguage } from '../actions/people.js'
import { sessionCookie, signOut } from '../actions/sessions.js'
import { isSetUp } from '../actions/set-up.js'
import { signIn } from '../actions/sign-in.js'
import { languageForm, signInForm } from '../form.js'
import { everyone, staffEvenBefore } from '../guards.js'
import { addressOf } from '../limits.js'
import { safePath } from '../rules.js'
import { goToSecondStep } from './second-step.js'
import { setSessionCookie } from './session-cookie.js'

export const signInRoutes: Router = Router()

signInRoutes.get('/sign-in', everyone(), async (req, res) => {
  if (req.person) return res.redirect(303, safePath(req.query['next']))
  if (!(await isSetUp())) return renderPage(req, res, 'auth/not-set-up')
  await renderPage(req, res, 'auth/sign-in', { next: safePath(req.query['next']) })
})

signInRoutes.post('/sign-in', everyone(), async (req, res) => {
  const read = readForm(signInForm, req.body)
  const again = { next: safePath((req.body as Record<string, unknown>)['next']), typed: req.body as unknown }
  if (read.problems) return renderPage(req, res, 'auth/sign-in', { ...again, problems: read.problems }, 422)
  const { email, password, next } = read.input
  const { account, address } = req.house.limits
  await address.check(addressOf(req))
  await account.check(email)
  // Taken before the password is looked at, given back if it fits: many tries at once count as many.
  await account.take(email)
  await address.take(addressOf(req))
  const signedIn = await signIn(contextOf(req), { email, password, browser: req.get('user-agent') ?? '' })
  if (!signedIn)
    return renderPage(
      req,
      res,
      'auth/sign-in',
      { ...again, problems: [{ field: 'email', text: 'sign-in-wrong' }] },
      422,
    )
  await address.giveBack(addressOf(req))
  if ('secondStep' in signedIn) {
    // Only this try is given back: who knows the password would else have ten codes more each time they type it.
    await account.giveBack(email)
    return goToSecondStep(req, res, signedIn.secondStep, next)
  }
  await account.forget(email)
  setSessionCookie(req, res, signedIn.token)
  res.redirect(303, next)
})

signInRoutes.post('/sign-out', everyone(), async (req, res) => {
  if (req.session) await signOut(contextOf(req), req.session)
  res.clearCookie(sessionCookie, cookieOptions(req))
  redirectWith(req, res, '/sign-in', 'auth:signed-out')
})

signInRoutes.post('/language', staffEvenBefore(), async (req, res) => {
  const read = readForm(languageForm, req.body)
  const { locale, next } = read.input ?? { locale: req.locale, next: '/' }
  if (req.person) await chooseLanguage(contextOf(req), req.person._id, locale)
  res.redirect(303, next)
})
