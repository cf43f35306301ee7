import type { Request, Response, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { newId } from '../../base/ids.js'
import { repliesInCase } from '../../replies/actions.js'
import { replyItems } from '../../replies/page.js'
import { typedText } from '../../web/answer.js'
import { contextOf, pathPart, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { requestFile, requestToShow } from '../actions.js'
import { requestCasePage } from '../page.js'
import type { RequestPorts } from './ports.js'

export function caseRoutes(router: Router, ports: RequestPorts): void {
  router.get('/requests/:reference', may('requests:read'), async (req, res) => {
    await showCase(req, res, ports)
  })

  router.get('/requests/:reference/files/:file', may('files:read'), async (req, res) => {
    await sendFile(res, await requestFile(pathPart(req, 'reference'), pathPart(req, 'file')))
  })
}

/** The whole page; several forms stand on it, and what is stored in the others stays when one is shown again. */
export async function showCase(
  req: Request,
  res: Response,
  { signedDeclarations }: RequestPorts,
  { typed, ...values }: PageValues = {},
  status = 200,
): Promise<void> {
  const { today, locale } = contextOf(req)
  const shown = await requestToShow(pathPart(req, 'reference'), today)
  const { answer, running } = shown.request
  const page = requestCasePage(shown, running ? await signedDeclarations() : [], {
    today,
    locale,
    zone: req.house.config.zone,
  })
  const kept = typed === undefined ? {} : { typed: { ...page.stored, ...(typed as object) } }
  await renderPage(
    req,
    res,
    'requests/case',
    {
      ...page,
      answered: answer !== null,
      once: typedText(req, 'once') || newId(),
      replies: replyItems(await repliesInCase(shown.request.reference, 50), {
        locale,
        zone: req.house.config.zone,
      }),
      history: await historyOf('request', shown.request._id),
      ...values,
      ...kept,
    },
    status,
  )
}
