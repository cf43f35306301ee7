import type { Request, Response, Router } from 'express'
import { byVendorLink } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { sendBytes } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import { answersToTake, bring, broughtTo, discard } from '../actions/bringing.js'
import { coveredByStatements } from '../actions/covered.js'
import { offersTo } from '../actions/taking-over.js'
import { answersWorkbook } from '../actions/workbook.js'
import { bringPage } from '../page/bringing.js'
import { responding, type Responding, type RespondPorts } from './responding.js'

const path = '/v/:link/bring'

/** Answers as files: taken along, filled in away from here, and brought back. */
export function bringingRoutes(router: Router, ports: RespondPorts): void {
  router.get(
    '/v/:link/answers.json',
    byVendorLink(),
    responding(async (req, res, { respondent }) => {
      // A colleague has a part only: what leaves the house under the vendor's name is the owner's.
      if (respondent.part.kind !== 'owner') throw new NotFound()
      sendBytes(res, await answersToTake(contextOf(req), respondent, req.house.keys.answers))
    }),
  )

  router.get(
    '/v/:link/answers.xlsx',
    byVendorLink(),
    responding(async (_req, res, { respondent }) => {
      sendBytes(res, await answersWorkbook(respondent, respondent.locale))
    }),
  )

  router.get(
    path,
    byVendorLink(),
    responding((req, res, visit) => show(req, res, visit)),
  )

  router.post(
    path,
    byVendorLink(),
    upload([{ name: 'file', maxCount: 1 }]),
    responding(async (req, res, visit) => {
      const [file] = uploaded(req, 'file')
      if (!file) return show(req, res, visit, { problems: [{ field: 'file', text: 'choose-file' }] }, 422)
      const { keys, config } = req.house
      const brought = await bring(contextOf(req), visit.respondent, file, {
        readSheets: ports.readSheets,
        seed: keys.answers,
        locale: visit.respondent.locale,
        zone: config.zone,
      }).catch(refusalOf)
      if (brought instanceof Error) return show(req, res, visit, { refusal: brought }, 409)
      redirectWith(req, res, `${visit.base}/bring`, 'questionnaires-respond:flash.brought', {
        count: brought.answers.length,
      })
    }),
  )

  router.post(
    `${path}/:kind/discard`,
    byVendorLink(),
    responding(async (req, res, { respondent, base }) => {
      const kind = pathPart(req, 'kind')
      if (kind !== 'portable' && kind !== 'workbook') throw new NotFound()
      await discard(contextOf(req), respondent, kind)
      redirectWith(req, res, `${base}/bring`, 'questionnaires-respond:flash.put-aside')
    }),
  )
}

async function show(
  req: Request,
  res: Response,
  { respondent, base }: Responding,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const { questionnaire } = respondent
  const covered = await coveredByStatements(questionnaire.vendor, contextOf(req).today)
  const [brought, offers] = await Promise.all([broughtTo(questionnaire._id), offersTo(respondent, covered)])
  const around = { locale: req.locale, zone: req.house.config.zone, base }
  const page = bringPage(respondent, brought, offers, around)
  await renderPage(req, res, 'questionnaires/respond/bring', { ...page, ...values }, status)
}
