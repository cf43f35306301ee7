import { Router, type Request, type Response } from 'express'
import { historyOf } from '../audit-log/actions.js'
import { may } from '../auth/guards.js'
import { allows } from '../auth/permissions.js'
import { Forbidden, NotFound } from '../base/errors.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../web/page.js'
import { sendBytes, sendFile } from '../web/send.js'
import { attachReply, dismissReply, passToUpstream, readReply, type Reply } from './actions.js'
import { fileOfReply, repliesToShow, replyToShow } from './actions/show.js'
import { readAttaching, readDismissal, readReading, readReplyQuery } from './form.js'
import { listPage, replyPage, urlOf } from './page.js'

export const repliesRoutes: Router = Router()

repliesRoutes.get('/replies', may('objections:read'), async (req, res) => {
  const query = readReplyQuery(req.query as Record<string, unknown>)
  const reader = { locale: req.locale, zone: req.house.config.zone }
  await renderPage(req, res, 'replies/list', listPage(await repliesToShow(query), query, reader))
})

repliesRoutes.get('/replies/:reference', may('objections:read'), async (req, res) => {
  await show(req, res)
})

repliesRoutes.get('/replies/:reference/files/:number', may('files:read'), async (req, res) => {
  const number = pathPart(req, 'number')
  if (!/^\d{1,3}$/.test(number)) throw new NotFound()
  const file = await fileOfReply(pathPart(req, 'reference'), Number(number))
  if ('stored' in file) return sendFile(res, file.stored)
  sendBytes(res, { ...file, type: 'application/octet-stream' })
})

repliesRoutes.post('/replies/:reference/read', may('objections:write'), async (req, res) => {
  const { reply } = await replyToShow(pathPart(req, 'reference'), contextOf(req).today)
  const read = readReading(req.body, reply.classification !== null && reply.unfinished === null)
  if (read.problems) return show(req, res, { problems: read.problems, typed: req.body }, 422)
  // Registering an approval is the notices room's own right, which a DPO does not have.
  if (read.input.as === 'approval' && !allows(req.person?.role ?? 'auditor', 'notices:write'))
    throw new Forbidden()
  await answered(
    req,
    res,
    () => readReply(contextOf(req), reply.reference, read.input),
    (moved) => {
      const { objection } = moved.classification ?? {}
      if (objection) return redirectWith(req, res, `/objections/${objection}`, 'replies:flash.objection')
      redirectWith(req, res, urlOf(moved), 'replies:flash.read')
    },
  )
})

repliesRoutes.post('/replies/:reference/attach', may('objections:write'), async (req, res) => {
  const read = readAttaching(req.body)
  if (read.problems) return show(req, res, { problems: read.problems, typed: req.body }, 422)
  const reference = pathPart(req, 'reference')
  await answered(
    req,
    res,
    () => attachReply(contextOf(req), reference, read.input),
    (moved) => redirectWith(req, res, urlOf(moved), 'replies:flash.attached'),
  )
})

repliesRoutes.post('/replies/:reference/dismiss', may('objections:write'), async (req, res) => {
  const read = readDismissal(req.body)
  if (read.problems) return show(req, res, { problems: read.problems, typed: req.body }, 422)
  const reference = pathPart(req, 'reference')
  await answered(
    req,
    res,
    () => dismissReply(contextOf(req), reference, read.input.reason),
    () => redirectWith(req, res, '/replies?show=unmatched', 'replies:flash.dismissed'),
  )
})

repliesRoutes.post('/replies/:reference/upstream', may('notices:write'), async (req, res) => {
  try {
    const { upstream } = await passToUpstream(contextOf(req), pathPart(req, 'reference'))
    redirectWith(req, res, `/upstream/${upstream}`, 'replies:flash.upstream')
  } catch (error) {
    await show(req, res, { refusal: refusalOf(error) }, 409)
  }
})

async function answered(
  req: Request,
  res: Response,
  act: () => Promise<Reply>,
  done: (moved: Reply) => void,
): Promise<void> {
  try {
    done(await act())
  } catch (error) {
    if (error instanceof NotFound && req.body)
      return show(
        req,
        res,
        { problems: [{ field: 'notice', text: 'reply-not-found' }], typed: req.body },
        422,
      )
    await show(req, res, { refusal: refusalOf(error), typed: req.body }, 409)
  }
}

async function show(req: Request, res: Response, values: PageValues = {}, status = 200): Promise<void> {
  const { today, locale } = contextOf(req)
  const shown = await replyToShow(pathPart(req, 'reference'), today)
  const page = replyPage(shown, { locale, zone: req.house.config.zone })
  const history = await historyOf('reply', shown.reply._id)
  await renderPage(req, res, 'replies/show', { ...page, history, ...values }, status)
}
