import { Router, type Request, type Response } from 'express'
import { historyOf } from '../audit-log/actions.js'
import { may } from '../auth/guards.js'
import { allows } from '../auth/permissions.js'
import { Forbidden, NotFound } from '../base/errors.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../web/page.js'
import { sendBytes, sendFile } from '../web/send.js'
import {
  attachReply,
  attachToCase,
  dismissReply,
  passToUpstream,
  readForOthers,
  readReply,
  type CaseBook,
  type Reply,
} from './actions.js'
import { fileOfReply, repliesToShow, replyToShow } from './actions/show.js'
import { readAttaching, readAttachingCase, readDismissal, readReading, readReplyQuery } from './form.js'
import { listPage, replyPage, urlOf } from './page.js'

/** `cases`: what later rooms know of the mails they send. */
export function repliesRoutes(cases: CaseBook): Router {
  const router = Router()

  router.get('/replies', may('objections:read'), async (req, res) => {
    const query = readReplyQuery(req.query as Record<string, unknown>)
    const reader = { locale: req.locale, zone: req.house.config.zone }
    await renderPage(req, res, 'replies/list', listPage(await repliesToShow(query), query, reader))
  })

  router.get('/replies/:reference', may('objections:read'), async (req, res) => {
    await show(req, res)
  })

  router.get('/replies/:reference/files/:number', may('files:read'), async (req, res) => {
    const number = pathPart(req, 'number')
    if (!/^\d{1,3}$/.test(number)) throw new NotFound()
    const file = await fileOfReply(pathPart(req, 'reference'), Number(number))
    if ('stored' in file) return sendFile(res, file.stored)
    sendBytes(res, { ...file, type: 'application/octet-stream' })
  })

  router.post('/replies/:reference/read', may('objections:write'), async (req, res) => {
    const { reply } = await replyToShow(pathPart(req, 'reference'), contextOf(req).today)
    const read = readReading(req.body, reply.classification !== null && reply.unfinished === null)
    if (read.problems) return show(req, res, { problems: read.problems, typed: req.body }, 422)
    const { others, ...input } = read.input
    // Registering an approval is the notices room's own right, which a DPO does not have.
    if (input.as === 'approval' && !allows(req.person?.role ?? 'auditor', 'notices:write'))
      throw new Forbidden()
    let same: { read: number; left: number } | null = null
    await answered(
      req,
      res,
      async () => {
        const moved = await readReply(contextOf(req), reply.reference, input, cases)
        if (others) same = await readForOthers(contextOf(req), reply, input)
        return moved
      },
      (moved) => {
        if (same)
          return redirectWith(
            req,
            res,
            urlOf(moved),
            `replies:flash.read-${same.left > 0 ? 'some' : 'all'}`,
            { count: same.read + 1, left: same.left },
          )
        const { as, objection } = moved.classification ?? {}
        if (as === 'case' && moved.about)
          return redirectWith(req, res, moved.about.url, 'replies:flash.case', {
            reference: moved.about.reference,
          })
        if (objection) return redirectWith(req, res, `/objections/${objection}`, 'replies:flash.objection')
        redirectWith(req, res, urlOf(moved), 'replies:flash.read')
      },
    )
  })

  router.post('/replies/:reference/attach', may('objections:write'), async (req, res) => {
    const read = readAttaching(req.body)
    if (read.problems) return show(req, res, { problems: read.problems, typed: req.body }, 422)
    const reference = pathPart(req, 'reference')
    const [first, ...others] = read.input
    if (!first) throw new NotFound()
    await answered(
      req,
      res,
      () => attachReply(contextOf(req), reference, first, others),
      (moved) => redirectWith(req, res, urlOf(moved), 'replies:flash.attached'),
    )
  })

  router.post('/replies/:reference/case', may('objections:write'), async (req, res) => {
    const read = readAttachingCase(req.body)
    if (read.problems) return show(req, res, { problems: read.problems, typed: req.body }, 422)
    const reference = pathPart(req, 'reference')
    await answered(
      req,
      res,
      () => attachToCase(contextOf(req), reference, read.input.case, cases),
      (moved) => redirectWith(req, res, urlOf(moved), 'replies:flash.attached-case'),
      'case',
    )
  })

  router.post('/replies/:reference/dismiss', may('objections:write'), async (req, res) => {
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

  router.post('/replies/:reference/upstream', may('notices:write'), async (req, res) => {
    try {
      const { zone } = req.house.config
      const { upstream } = await passToUpstream(contextOf(req), pathPart(req, 'reference'), zone)
      redirectWith(req, res, `/upstream/${upstream}`, 'replies:flash.upstream')
    } catch (error) {
      await show(req, res, { refusal: refusalOf(error) }, 409)
    }
  })

  return router
}

async function answered(
  req: Request,
  res: Response,
  act: () => Promise<Reply>,
  done: (moved: Reply) => void,
  field = 'notice',
): Promise<void> {
  try {
    done(await act())
  } catch (error) {
    if (error instanceof NotFound && req.body)
      return show(
        req,
        res,
        {
          problems: [{ field, text: field === 'case' ? 'reply-case-not-found' : 'reply-not-found' }],
          typed: req.body,
        },
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
