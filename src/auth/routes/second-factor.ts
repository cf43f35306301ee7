import { Router, type Request, type Response } from 'express'
import { contextOf, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import {
  beginSecondFactor,
  confirmSecondFactor,
  pendingSecret,
  renewRecoveryCodes,
  secondFactorOf,
  switchSecondFactorOff,
} from '../actions/second-factor.js'
import { rolesWithSecondFactor } from '../actions/second-factor-for.js'
import { confirmedBy, notConfirmed } from '../confirming.js'
import { readCode, readConfirmation } from '../form.js'
import { secondFactorPage, staffEvenBefore } from '../guards.js'
import { organisation } from '../organisation.js'
import { secondFactorShown, setUpShown, inGroups } from '../page/second-factor.js'
import type { Person } from '../request.js'
import { signedIn } from './signed-in.js'

/** A person's own two-step sign-in: on, its recovery codes, off. Open also to who has to set it up before anything else. */
export const secondFactorRoutes: Router = Router()

secondFactorRoutes.get(secondFactorPage, staffEvenBefore(), async (req, res) => show(req, res))

secondFactorRoutes.post(`${secondFactorPage}/begin`, staffEvenBefore(), async (req, res) => {
  await confirmed(req, res, async (person) => {
    await beginSecondFactor(contextOf(req), person, signedIn(req).session, keyOf(req))
    res.redirect(303, `${secondFactorPage}/set-up`)
  })
})

secondFactorRoutes.get(`${secondFactorPage}/set-up`, staffEvenBefore(), async (req, res) =>
  showSecret(req, res),
)

secondFactorRoutes.post(`${secondFactorPage}/set-up`, staffEvenBefore(), async (req, res) => {
  const { person, session } = signedIn(req)
  const read = readCode(req.body)
  if (read.problems) return showSecret(req, res, { problems: read.problems }, 422)
  const given = { code: read.input.code, key: keyOf(req) }
  const codes = await confirmSecondFactor(contextOf(req), person, session, given).catch(refusalOf)
  if (codes instanceof Error) return show(req, res, { refusal: codes }, 409)
  if (codes === null)
    return showSecret(req, res, { problems: [{ field: 'code', text: 'app-code-wrong' }] }, 422)
  await showCodes(req, res, codes, true)
})

secondFactorRoutes.post(`${secondFactorPage}/codes`, staffEvenBefore(), async (req, res) => {
  await confirmed(req, res, async (person) => {
    await showCodes(req, res, await renewRecoveryCodes(contextOf(req), person, keyOf(req)), false)
  })
})

secondFactorRoutes.post(`${secondFactorPage}/off`, staffEvenBefore(), async (req, res) => {
  await confirmed(req, res, async (person) => {
    await switchSecondFactorOff(contextOf(req), person)
    redirectWith(req, res, secondFactorPage, 'second-factor:flash.off')
  })
})

/** Password and, where there is one, a code come with the form; wrong ones, and what is refused, are said on the page it stands on. */
async function confirmed(req: Request, res: Response, act: (person: Person) => Promise<void>): Promise<void> {
  const { person } = signedIn(req)
  const read = readConfirmation(req.body, person)
  if (read.problems) return show(req, res, { problems: read.problems }, 422)
  if (!(await confirmedBy(req, contextOf(req), read.input)))
    return show(req, res, { problems: notConfirmed(person) }, 422)
  try {
    await act(person)
  } catch (error) {
    await show(req, res, { refusal: refusalOf(error) }, 409)
  }
}

async function show(req: Request, res: Response, more: PageValues = {}, status = 200): Promise<void> {
  const { person, session } = signedIn(req)
  const factor = await secondFactorOf(person._id)
  const required = (await rolesWithSecondFactor()).includes(person.role)
  const values = { ...secondFactorShown(factor), required, due: session.secondFactorDue === true }
  await renderPage(req, res, 'auth/second-factor', { ...values, ...more }, status)
}

async function showSecret(req: Request, res: Response, more: PageValues = {}, status = 200): Promise<void> {
  const { person, session } = signedIn(req)
  const secret = pendingSecret(person, session, req.house.clock(), keyOf(req))
  if (secret === null) return redirectWith(req, res, secondFactorPage, 'second-factor:flash.begin-again')
  const house = (await organisation())?.name ?? ''
  const values = setUpShown(secret, { email: person.email, house })
  await renderPage(req, res, 'auth/second-factor-set-up', { ...values, ...more }, status)
}

// Shown once, in the answer itself: only their marks are kept, so no redirect can bring them.
async function showCodes(req: Request, res: Response, codes: string[], first: boolean): Promise<void> {
  const values = { codes: codes.map(inGroups), madeAt: req.house.clock(), first }
  await renderPage(req, res, 'auth/recovery-codes', values, 201)
}

function keyOf(req: Request): string {
  return req.house.keys.secondFactors
}
