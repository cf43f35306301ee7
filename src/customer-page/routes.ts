import { Router, type Request, type RequestHandler, type Response } from 'express'
import { annexBFile } from '../annex-b/actions.js'
import { readOrder } from '../annex-b/form.js'
import { readForm } from '../base/form.js'
import { newId } from '../base/ids.js'
import { byLink } from '../auth/guards.js'
import { formatInstant } from '../i18n/formats.js'
import { speak } from '../web/language.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../web/page.js'
import { sendBytes, sendFile } from '../web/send.js'
import { upload, uploaded } from '../web/upload.js'
import {
  allShown,
  chainShown,
  confirm,
  listMap,
  listShown,
  noticeCalendar,
  noticePdf,
  noticeShown,
  object,
  objectionShown,
  ownFile,
  visitorBy,
  withdrawObjection,
  write,
  type Visitor,
} from './actions.js'
import { messageForm, objectionForm, readListDay, readShape } from './form.js'
import { chainSection, listPage, noticePage, objectionPage, startPage, type Reader } from './page.js'

/** Opening any of these changes nothing: mail scanners open links. Whatever counts is sent by a form. */
export const customerPageRoutes: Router = Router()

type Visited = { visitor: Visitor; reader: Reader }

customerPageRoutes.get(
  '/c/:link',
  byLink(),
  visiting(async (req, res, { visitor, reader }) => {
    await renderPage(
      req,
      res,
      'customer-page/start',
      startPage(visitor.customer, await allShown(visitor), reader),
    )
  }),
)

customerPageRoutes.get(
  '/c/:link/list',
  byLink(),
  visiting(async (req, res, { visitor, reader }) => {
    const read = readListDay(req.query, reader.today)
    const { on } = read.input ?? { on: reader.today }
    const rows = await listShown(visitor, on)
    const page = listPage(visitor.customer, rows, on, reader)
    const map = await listMap(rows, on, reader, (req.query as Record<string, unknown>)['area'])
    const chain = chainSection(await chainShown(rows, on), on, readShape(req.query), reader)
    const again = read.problems ? { problems: read.problems, typed: req.query } : {}
    await renderPage(
      req,
      res,
      'customer-page/list',
      { ...page, map, chain, ...again },
      read.problems ? 422 : 200,
    )
  }),
)

customerPageRoutes.get(
  '/c/:link/list/annex-b',
  byLink(),
  visiting(async (req, res, { visitor, reader }) => {
    const read = readOrder(req.query, reader)
    if (read.input) return sendBytes(res, await annexBFile(contextOf(req), visitor.customer, read.input))
    const on = reader.today
    const page = listPage(visitor.customer, await listShown(visitor, on), on, reader)
    await renderPage(
      req,
      res,
      'customer-page/list',
      { ...page, map: null, chain: null, problems: read.problems, typed: req.query },
      422,
    )
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

customerPageRoutes.post(
  '/c/:link/objections/:reference/withdraw',
  byLink(),
  visiting(async (req, res, visited) => {
    const refused = await withdrawObjection(
      contextOf(req),
      visited.visitor,
      pathPart(req, 'reference'),
    ).catch(refusalOf)
    if (refused instanceof Error) return showObjection(req, res, visited, { refusal: refused }, 409)
    redirectWith(req, res, objectionUrl(req, visited), 'customer-page:flash.withdrawn')
  }),
)

/** Whom the page is for, and in that person's language unless the reader chose another. */
function visiting(show: (req: Request, res: Response, visited: Visited) => Promise<void>): RequestHandler {
  return async (req, res) => {
    const { link } = req
    if (!link) throw new Error('a customer page without byLink()')
    const { today } = contextOf(req)
    const visitor = await visitorBy(link, today)
    speak(req, visitor.contact.locale)
    await show(req, res, { visitor, reader: { locale: req.locale, today, base: `/c/${link._id}` } })
  }
}

async function showNotice(
  req: Request,
  res: Response,
  { visitor, reader }: Visited,
  view = 'customer-page/notice',
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const { services, ...shown } = await noticeShown(visitor, pathPart(req, 'reference'))
  const page = noticePage(shown, services, reader)
  await renderPage(
    req,
    res,
    view,
    { ...page, base: reader.base, contact: visitor.contact, ...values },
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
  const page = objectionPage(objection, files, { ...reader, instant })
  await renderPage(
    req,
    res,
    'customer-page/objection',
    { ...page, base: reader.base, once: newId(), ...values },
    status,
  )
}

function objectionUrl(req: Request, { reader }: Visited): string {
  return `${reader.base}/objections/${pathPart(req, 'reference')}`
}
