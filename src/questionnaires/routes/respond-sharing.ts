import type { Request, Response, Router } from 'express'
import { byVendorLink } from '../../auth/guards.js'
import { readForm } from '../../base/form.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith } from '../../web/page.js'
import { renderPage } from '../../web/page.js'
import { handOn, sharesOf, takeBack } from '../actions/share.js'
import { handOnForm } from '../form/respond.js'
import { colleaguesPage } from '../page/colleagues.js'
import { responding, type Responding } from './responding.js'

const view = 'questionnaires/respond/colleagues'

/** Sections handed to colleagues; only the owner does. */
export function sharingRoutes(router: Router): void {
  router.get(
    '/v/:link/colleagues',
    byVendorLink(),
    responding(async (req, res, visit) => show(req, res, visit)),
  )

  router.post(
    '/v/:link/colleagues',
    byVendorLink(),
    responding(async (req, res, visit) => {
      const values = () => valuesOf(req, visit)
      await answerOn(req, res, readForm(handOnForm, req.body), { view, values }, async (input) => {
        const share = await handOn(contextOf(req), visit.respondent, input)
        const url = `${visit.base}/colleagues`
        redirectWith(req, res, url, 'questionnaires-respond:flash.handed-on', { name: share.name })
      })
    }),
  )

  router.post(
    '/v/:link/colleagues/:share/take-back',
    byVendorLink(),
    responding(async (req, res, { respondent, base }) => {
      await takeBack(contextOf(req), respondent, pathPart(req, 'share'))
      redirectWith(req, res, `${base}/colleagues`, 'questionnaires-respond:flash.taken-back')
    }),
  )
}

async function show(req: Request, res: Response, visit: Responding): Promise<void> {
  await renderPage(req, res, view, await valuesOf(req, visit))
}

async function valuesOf(req: Request, { respondent, base }: Responding) {
  const shares = await sharesOf(respondent.questionnaire._id)
  return colleaguesPage(respondent, shares, { locale: req.locale, zone: req.house.config.zone, base })
}
