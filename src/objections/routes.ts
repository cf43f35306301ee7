import { Router, type Request, type Response } from 'express'
import { instantAt } from '../base/day.js'
import { readForm } from '../base/form.js'
import { newId } from '../base/ids.js'
import { historyOf } from '../audit-log/actions.js'
import { may } from '../auth/guards.js'
import { NotFound } from '../base/errors.js'
import { formatInstant } from '../i18n/formats.js'
import { queried, typedText } from '../web/answer.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../web/page.js'
import { sendFile } from '../web/send.js'
import { upload, uploaded } from '../web/upload.js'
import {
  assessObjection,
  proposeRemedyTo,
  raiseObjection,
  settleObjection,
  takeObjection,
  writeToCustomer,
} from './actions.js'
import { caseToShow, fileOfObjection, recipientToRegister } from './actions/show.js'
import { messageForm, readAssessment, readRegistration, readSettlement, remedyForm } from './form.js'
import { casePage, registrationPage, settledFlash, urlOf, writtenFlash } from './page.js'

import { showList } from './routes/list.js'

export const objectionsRoutes: Router = Router()

objectionsRoutes.get('/objections', may('objections:read'), async (req, res) => {
  await showList(req, res)
})

objectionsRoutes.get('/objections/new', may('objections:write'), async (req, res) => {
  const recipient = queried(req, 'recipient')
  if (!recipient) return renderPage(req, res, 'objections/choose')
  await showRegistration(req, res, recipient, { typed: undefined })
})

objectionsRoutes.post(
  '/objections/new',
  may('objections:write'),
  upload([{ name: 'files', maxCount: 5 }]),
  async (req, res) => {
    const context = contextOf(req)
    const { zone } = req.house.config
    const { recipient, notice } = await recipientToRegister(typedText(req, 'recipient'))
    const again = (values: PageValues, status: number) =>
      showRegistration(req, res, recipient._id, { ...values, typed: req.body }, status)
    const read = readRegistration(req.body, { today: context.today, issuedOn: notice.issuedOn })
    if (read.problems) return again({ problems: read.problems }, 422)
    const { once, channel, raisedBy, receivedOn, receivedTime, reasons } = read.input
    const raised = await raiseObjection(context, recipient._id, {
      by: { kind: 'staff', id: context.actor.id, name: raisedBy },
      channel,
      receivedAt: instantAt(receivedOn, receivedTime ?? '12:00', zone),
      receivedOn,
      reasons: reasons ?? null,
      files: uploaded(req, 'files'),
      once,
    }).catch(refusalOf)
    if (raised instanceof Error) return again({ refusal: raised }, 409)
    const { objection } = raised
    redirectWith(req, res, urlOf(objection), `objections:flash.${raised.again ? 'raisedAgain' : 'raised'}`, {
      customer: objection.customerName,
    })
  },
)

objectionsRoutes.get('/objections/:reference', may('objections:read'), async (req, res) => {
  await showCase(req, res, pathPart(req, 'reference'))
})

objectionsRoutes.get('/objections/:reference/files/:file', may('files:read'), async (req, res) => {
  await sendFile(res, await fileOfObjection(pathPart(req, 'reference'), pathPart(req, 'file')))
})

objectionsRoutes.post('/objections/:reference/take', may('objections:write'), async (req, res) => {
  const context = contextOf(req)
  const objection = await takeObjection(context, pathPart(req, 'reference'), context.actor.id)
  redirectWith(req, res, urlOf(objection), 'objections:flash.taken')
})

objectionsRoutes.post('/objections/:reference/assess', may('objections:write'), async (req, res) => {
  const reference = pathPart(req, 'reference')
  const { owners } = await caseToShow(reference)
  const read = readAssessment(
    req.body,
    owners.map(({ _id }) => _id),
  )
  if (read.problems) return showCase(req, res, reference, { problems: read.problems, typed: req.body }, 422)
  const moved = await assessObjection(contextOf(req), reference, read.input).catch(refusalOf)
  if (moved instanceof Error) return showCase(req, res, reference, { refusal: moved, typed: req.body }, 409)
  redirectWith(req, res, urlOf(moved), 'objections:flash.assessed')
})

objectionsRoutes.post('/objections/:reference/messages', may('objections:write'), async (req, res) => {
  const { objection } = await caseToShow(pathPart(req, 'reference'))
  const read = readForm(messageForm, req.body)
  if (read.problems)
    return showCase(req, res, objection.reference, { problems: read.problems, typed: req.body }, 422)
  await writeToCustomer(contextOf(req), objection, {
    by: writer(req, objection.raisedBy.name, read.input.direction),
    ...read.input,
  })
  redirectWith(req, res, urlOf(objection), writtenFlash(read.input.direction))
})

objectionsRoutes.post('/objections/:reference/remedy', may('objections:write'), async (req, res) => {
  const reference = pathPart(req, 'reference')
  const read = readForm(remedyForm, req.body)
  if (read.problems) return showCase(req, res, reference, { problems: read.problems, typed: req.body }, 422)
  const proposed = await proposeRemedyTo(contextOf(req), reference, {
    by: writer(req, '', 'to-customer'),
    text: read.input.remedy,
  }).catch(refusalOf)
  if (proposed instanceof Error)
    return showCase(req, res, reference, { refusal: proposed, typed: req.body }, 409)
  redirectWith(req, res, urlOf(proposed), 'remedies:flash.proposed')
})

objectionsRoutes.post(
  '/objections/:reference/settle',
  may('objections:write'),
  upload([{ name: 'files', maxCount: 5 }]),
  async (req, res) => {
    const reference = pathPart(req, 'reference')
    const files = uploaded(req, 'files')
    const read = readSettlement(req.body, files.length)
    if (read.problems) return showCase(req, res, reference, { problems: read.problems, typed: req.body }, 422)
    const settled = await settleObjection(contextOf(req), reference, {
      ...read.input,
      files,
    }).catch(refusalOf)
    if (settled instanceof Error)
      return showCase(req, res, reference, { refusal: settled, typed: req.body }, 409)
    redirectWith(req, res, urlOf(settled), settledFlash(settled))
  },
)

async function showCase(
  req: Request,
  res: Response,
  reference: string,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const { today, locale } = contextOf(req)
  const shown = await caseToShow(reference)
  const page = casePage(shown, {
    today,
    locale,
    instant: (at) => formatInstant(at, locale, req.house.config.zone),
  })
  const { typed, ...rest } = values
  // Several forms stand on the page: what is stored in the others stays when one is shown again.
  const kept = typed === undefined ? {} : { typed: { ...page.stored, ...(typed as object) } }
  await renderPage(
    req,
    res,
    'objections/case',
    { ...page, history: await historyOf('objection', shown.objection._id), ...rest, ...kept },
    status,
  )
}

async function showRegistration(
  req: Request,
  res: Response,
  id: string,
  values: PageValues,
  status = 200,
): Promise<void> {
  const { locale } = contextOf(req)
  const page = registrationPage(await recipientToRegister(id), locale)
  const once = typedText(req, 'once') || newId()
  await renderPage(req, res, 'objections/new', { ...page, once, ...values }, status)
}

function writer(req: Request, customer: string, direction: string): { id: string; name: string } {
  const { person } = req
  if (!person) throw new NotFound()
  return { id: person._id, name: direction === 'from-customer' ? customer : person.name }
}
