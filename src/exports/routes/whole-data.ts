import { Router, type Request, type Response } from 'express'
import { confirmedBy, notConfirmed } from '../../auth/confirming.js'
import { readConfirmation } from '../../auth/form.js'
import { may } from '../../auth/guards.js'
import { contextOf, renderPage, type PageValues } from '../../web/page.js'
import { wholeDataSize, wholeDataPieces } from '../actions.js'
import { wholeName } from '../rules/whole-data.js'
import { sendPieces } from '../../web/send-pieces.js'

export const wholeDataRoutes: Router = Router()

wholeDataRoutes.get('/whole-data', may('whole-data:read'), async (req, res) => show(req, res))

/** Everything leaves the house, so password and code are asked again: an unlocked screen is not enough. */
wholeDataRoutes.post('/whole-data', may('whole-data:read'), async (req, res) => {
  const { person } = req
  if (!person) throw new Error('a page behind may() without a person')
  const read = readConfirmation(req.body, person)
  if (read.problems) return show(req, res, { problems: read.problems }, 422)
  const context = contextOf(req)
  if (!(await confirmedBy(req, context, read.input)))
    return show(req, res, { problems: notConfirmed(person) }, 422)
  const pieces = wholeDataPieces(context, { clock: req.house.clock, name: person.name })
  await sendPieces(req, res, { pieces, name: wholeName(context.today), of: 'whole data' })
})

async function show(req: Request, res: Response, more: PageValues = {}, status = 200): Promise<void> {
  await renderPage(req, res, 'exports/whole-data', { size: await wholeDataSize(), ...more }, status)
}
