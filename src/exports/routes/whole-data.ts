import { Router, type Request, type Response } from 'express'
import { passwordIsOf } from '../../auth/actions/people.js'
import { may } from '../../auth/guards.js'
import { checkLimit, takeTry } from '../../auth/limits.js'
import { contextOf, renderPage, type PageValues } from '../../web/page.js'
import { wholeDataSize, wholeDataPieces } from '../actions.js'
import { readPasswordAgain } from '../form.js'
import { wholeName } from '../rules/whole-data.js'
import { sendPieces } from './send-pieces.js'

export const wholeDataRoutes: Router = Router()

wholeDataRoutes.get('/whole-data', may('whole-data:read'), async (req, res) => show(req, res))

/** Everything leaves the house, so the password is asked again: an unlocked screen is not enough. */
wholeDataRoutes.post('/whole-data', may('whole-data:read'), async (req, res) => {
  const { person } = req
  if (!person) throw new Error('a page behind may() without a person')
  const read = readPasswordAgain(req.body)
  if (read.problems) return show(req, res, { problems: read.problems }, 422)
  const { account } = req.house.limits
  await checkLimit(account, person.email)
  await takeTry(account, person.email)
  if (!(await passwordIsOf(person._id, read.input.password)))
    return show(req, res, { problems: [{ field: 'password', text: 'password-wrong' }] }, 422)
  await account.delete(person.email)
  const context = contextOf(req)
  const pieces = wholeDataPieces(context, { clock: req.house.clock, name: person.name })
  await sendPieces(req, res, { pieces, name: wholeName(context.today), of: 'whole data' })
})

async function show(req: Request, res: Response, more: PageValues = {}, status = 200): Promise<void> {
  await renderPage(req, res, 'exports/whole-data', { size: await wholeDataSize(), ...more }, status)
}
