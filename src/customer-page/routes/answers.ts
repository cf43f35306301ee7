import type { Request, Response, Router } from 'express'
import { byLink } from '../../auth/guards.js'
import { readForm } from '../../base/form.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { noticeShown } from '../actions.js'
import { askAgain, askToAnswer, codeShown, confirmByCode, passOn } from '../actions/codes.js'
import { codeForm, passOnForm, readAnswer } from '../form.js'
import { answerForm, codePage, noticePage } from '../page.js'
import { offersFor } from '../rules.js'
import { pathOf } from '../rules/statement.js'
import { askWhose, maySeeTogether, noteMailbox } from './mailbox.js'
import { visiting, type Visited } from './visiting.js'

const answerPath = '/c/:link/notices/:reference/answer'
const codePath = '/c/:link/codes/:code'

/** Approving, refusing, instructing: what is said first, then the code that makes it count. */
export function answerRoutes(router: Router): void {
  router.get(
    answerPath,
    byLink(),
    visiting(async (req, res, visited) => showAnswer(req, res, visited)),
  )

  router.post(
    answerPath,
    byLink(),
    visiting(async (req, res, visited) => {
      const { visitor, reader } = visited
      const reference = pathPart(req, 'reference')
      const again = (values: PageValues, status: number) =>
        showAnswer(req, res, visited, { ...values, typed: req.body }, status)
      const { notice, recipient, objections } = await noticeShown(visitor, reference)
      const offers = offersFor(recipient, objections, notice, reader.today)
      const read = readAnswer(req.body, offers.answer)
      if (read.problems) return again({ problems: read.problems }, 422)
      const asked = await askToAnswer(contextOf(req), visitor, reference, read.input).catch(refusalOf)
      if (asked instanceof Error) return again({ refusal: asked }, 409)
      redirectWith(req, res, `${reader.base}/codes/${asked._id}`)
    }),
  )

  router.post(
    '/c/:link/notices/:reference/pass-on',
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const reference = pathPart(req, 'reference')
      const url = `${reader.base}/notices/${reference}`
      const { to } = readForm(passOnForm, req.body).input ?? { to: '' }
      const { name } = await passOn(contextOf(req), visitor, reference, to)
      redirectWith(req, res, url, 'answers:flash.passed-on', { name })
    }),
  )

  router.get(
    codePath,
    byLink(),
    visiting(async (req, res, visited) => showCode(req, res, visited)),
  )

  router.post(
    codePath,
    byLink(),
    visiting(async (req, res, visited) => {
      const { visitor, reader } = visited
      const read = readForm(codeForm, req.body)
      if (read.problems) return showCode(req, res, visited, { problems: read.problems }, 422)
      const given = { typed: read.input.code, key: req.house.keys.codes }
      const tried = await confirmByCode(contextOf(req), visitor, pathPart(req, 'code'), given).catch(
        refusalOf,
      )
      if (tried instanceof Error) return showCode(req, res, visited, { refusal: tried }, 409)
      if ('left' in tried) {
        const wrong = { field: 'code', text: 'code-wrong', facts: { count: tried.left } }
        return showCode(req, res, visited, tried.left > 0 ? { problems: [wrong] } : {}, 422)
      }
      if (tried.first) noteMailbox(req, res, visited)
      redirectWith(req, res, `${reader.base}/${pathOf(tried.done)}`, `answers:flash.${tried.done.kind}`, {
        count: tried.count,
      })
    }),
  )

  router.post(
    `${codePath}/again`,
    byLink(),
    visiting(async (req, res, visited) => {
      const { visitor, reader } = visited
      const asked = await askAgain(contextOf(req), visitor, pathPart(req, 'code')).catch(refusalOf)
      if (asked instanceof Error) return showCode(req, res, visited, { refusal: asked }, 409)
      redirectWith(req, res, `${reader.base}/codes/${asked._id}`, 'answers:flash.new-code')
    }),
  )
}

async function showAnswer(
  req: Request,
  res: Response,
  { visitor, reader }: Visited,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const { services, ...shown } = await noticeShown(visitor, pathPart(req, 'reference'))
  const page = noticePage(shown, services, reader)
  const form = answerForm(shown, page.offers, reader.locale)
  const { contact } = visitor
  const signer = { name: contact.name, title: contact.title ?? '' }
  await renderPage(
    req,
    res,
    'customer-page/answer',
    { ...page, ...form, base: reader.base, contact, signer, ...values },
    status,
  )
}

async function showCode(
  req: Request,
  res: Response,
  visited: Visited,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const { visitor, reader } = visited
  const context = contextOf(req)
  const shown = await codeShown(context, visitor, pathPart(req, 'code'))
  // Its words name every customer it answers for.
  if (shown.statement.kind === 'answers' && !maySeeTogether(req, visited, shown.code.about))
    return askWhose(req, res, visited, pathOf(shown.statement))
  const page = codePage(shown, { locale: reader.locale, base: reader.base, now: context.now })
  await renderPage(
    req,
    res,
    'customer-page/code',
    { ...page, base: reader.base, contact: visitor.contact, ...values },
    status,
  )
}
