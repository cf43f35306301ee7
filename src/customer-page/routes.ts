import { Router, type Request, type Response } from 'express'
import { readForm } from '../base/form.js'
import { newId } from '../base/ids.js'
import { byLink } from '../auth/guards.js'
import { formatInstant } from '../i18n/formats.js'
import { repliesOfRecipient } from '../replies/actions.js'
import { repliesForCustomer } from '../replies/page.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../web/page.js'
import { sendBytes, sendFile } from '../web/send.js'
import { upload, uploaded } from '../web/upload.js'
import {
  allShown,
  confirm,
  noticeCalendar,
  noticePdf,
  noticeShown,
  object,
  objectionShown,
  ownFile,
  write,
} from './actions.js'
import { messageForm, objectionForm } from './form.js'
import { noticePage, objectionPage, startPage } from './page.js'
import { answerRoutes } from './routes/answers.js'
import { breachCards, breachRoutes } from './routes/breaches.js'
import { declarationRoutes, newestDeclaration } from './routes/declarations.js'
import { departureCards, departureRoutes } from './routes/departures.js'
import { endingRoutes } from './routes/endings.js'
import { instructionRoutes } from './routes/instructions.js'
import { listRoutes } from './routes/list.js'
import { passingOnRoutes } from './routes/passing-on.js'
import { ownRequestsSection, requestRoutes } from './routes/requests.js'
import { supervisionCard, supervisionRoutes } from './routes/supervision.js'
import { othersHere, togetherRoutes } from './routes/together.js'
import { mailboxRoutes } from './routes/mailbox.js'
import { visiting, type Visited } from './routes/visiting.js'
import { mayEndHere } from './actions/codes.js'

/** Opening any of these changes nothing: mail scanners open links. Whatever counts is sent by a form. */
export const customerPageRoutes: Router = Router()

customerPageRoutes.get(
  '/c/:link',
  byLink(),
  visiting(async (req, res, { visitor, reader }) => {
    await renderPage(req, res, 'customer-page/start', {
      ...startPage(visitor.customer, await allShown(visitor), reader),
      requests: await ownRequestsSection({ visitor, reader }),
      breaches: await breachCards(req, { visitor, reader }),
      departures: await departureCards({ visitor, reader }),
      supervision: await supervisionCard({ visitor, reader }),
      declaration: await newestDeclaration({ visitor, reader }),
    })
  }),
)

customerPageRoutes.get(
  '/c/:link/notices/:reference',
  byLink(),
  visiting(async (req, res, visited) => {
    await showNotice(req, res, visited)
  }),
)

customerPageRoutes.get(
  '/c/:link/notices/:reference/notice.pdf',
  byLink(),
  visiting(async (req, res, { visitor, reader }) => {
    sendBytes(res, {
      type: 'application/pdf',
      ...(await noticePdf(visitor, pathPart(req, 'reference'), reader.locale)),
    })
  }),
)

customerPageRoutes.get(
  '/c/:link/notices/:reference/calendar.ics',
  byLink(),
  visiting(async (req, res, { visitor, reader }) => {
    sendBytes(res, {
      type: 'text/calendar; charset=utf-8',
      ...(await noticeCalendar(visitor, pathPart(req, 'reference'), reader.locale)),
    })
  }),
)

customerPageRoutes.post(
  '/c/:link/notices/:reference/receipt',
  byLink(),
  visiting(async (req, res, { visitor, reader }) => {
    const reference = pathPart(req, 'reference')
    await confirm(contextOf(req), visitor, reference)
    redirectWith(req, res, `${reader.base}/notices/${reference}`, 'customer-page:flash.confirmed')
  }),
)

customerPageRoutes.get(
  '/c/:link/notices/:reference/object',
  byLink(),
  visiting(async (req, res, visited) => {
    await showNotice(req, res, visited, 'customer-page/object')
  }),
)

customerPageRoutes.post(
  '/c/:link/notices/:reference/object',
  byLink(),
  upload([{ name: 'files', maxCount: 5 }]),
  visiting(async (req, res, visited) => {
    const { visitor, reader } = visited
    const again = (values: PageValues, status: number) =>
      showNotice(req, res, visited, 'customer-page/object', { ...values, typed: req.body }, status)
    const read = readForm(objectionForm, req.body)
    if (read.problems) return again({ problems: read.problems }, 422)
    const taken = await object(contextOf(req), visitor, pathPart(req, 'reference'), {
      reasons: read.input.reasons ?? null,
      files: uploaded(req, 'files'),
    }).catch(refusalOf)
    if (taken instanceof Error) return again({ refusal: taken }, 409)
    redirectWith(req, res, `${reader.base}/objections/${taken.reference}`, 'customer-page:flash.objected')
  }),
)

customerPageRoutes.get(
  '/c/:link/objections/:reference',
  byLink(),
  visiting(async (req, res, visited) => {
    await showObjection(req, res, visited)
  }),
)

customerPageRoutes.get(
  '/c/:link/objections/:reference/files/:file',
  byLink(),
  visiting(async (req, res, { visitor }) => {
    await sendFile(res, await ownFile(visitor, pathPart(req, 'reference'), pathPart(req, 'file')))
  }),
)

customerPageRoutes.post(
  '/c/:link/objections/:reference/messages',
  byLink(),
  visiting(async (req, res, visited) => {
    const read = readForm(messageForm, req.body)
    if (read.problems)
      return showObjection(req, res, visited, { problems: read.problems, typed: req.body }, 422)
    await write(contextOf(req), visited.visitor, pathPart(req, 'reference'), read.input)
    redirectWith(req, res, objectionUrl(req, visited), 'customer-page:flash.written')
  }),
)

listRoutes(customerPageRoutes)
answerRoutes(customerPageRoutes)
breachRoutes(customerPageRoutes)
declarationRoutes(customerPageRoutes)
departureRoutes(customerPageRoutes)
endingRoutes(customerPageRoutes, showObjection)
passingOnRoutes(customerPageRoutes)
supervisionRoutes(customerPageRoutes)
togetherRoutes(customerPageRoutes)
requestRoutes(customerPageRoutes)
instructionRoutes(customerPageRoutes)
mailboxRoutes(customerPageRoutes)

async function showNotice(
  req: Request,
  res: Response,
  visited: Visited,
  view = 'customer-page/notice',
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const { visitor, reader } = visited
  const { services, ...shown } = await noticeShown(visitor, pathPart(req, 'reference'))
  const page = noticePage(shown, services, reader)
  await renderPage(
    req,
    res,
    view,
    {
      ...page,
      base: reader.base,
      replies: repliesForCustomer(
        await repliesOfRecipient(shown.recipient._id),
        reader.locale,
        shown.notice.rules.zone,
      ),
      contact: visitor.contact,
      passesOn: visitor.customer.isProcessor,
      ...(await othersHere(req, visited, shown)),
      ...values,
    },
    status,
  )
}

async function showObjection(
  req: Request,
  res: Response,
  { visitor, reader }: Visited,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const { objection, files } = await objectionShown(visitor, pathPart(req, 'reference'))
  const instant = (at: Date) => formatInstant(at, reader.locale, req.house.config.zone)
  const page = objectionPage(objection, files, { ...reader, instant, mayEnd: mayEndHere(visitor, objection) })
  await renderPage(
    req,
    res,
    'customer-page/objection',
    { ...page, base: reader.base, once: newId(), contact: visitor.contact, ...values },
    status,
  )
}

function objectionUrl(req: Request, { reader }: Visited): string {
  return `${reader.base}/objections/${pathPart(req, 'reference')}`
}
