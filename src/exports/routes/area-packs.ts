import { Router } from 'express'
import { auditAtWork } from '../../audits/actions/read.js'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { contextOf, pathPart, renderPage } from '../../web/page.js'
import { areaPackPieces } from '../actions.js'
import { areaListPage } from '../page/area-list.js'
import { areaPackName, isPackArea } from '../rules.js'
import { sendPieces } from '../../web/send-pieces.js'

/** Evidence packs for an auditor, one for each control area of a year's audit. */
export const areaPackRoutes: Router = Router()

areaPackRoutes.get('/audits/:reference/packs', may('evidence:make'), async (req, res) => {
  const { audit, set } = await auditAtWork(pathPart(req, 'reference'))
  await renderPage(req, res, 'exports/area-packs', {
    audit,
    below: `/audits/${audit.reference}`,
    areas: areaListPage(set, contextOf(req).locale),
    // Who comes from outside is given customers by reference unless somebody chooses otherwise.
    outside: req.person?.role === 'auditor',
  })
})

/** By a form, and not by opening an address: the log is told of each. */
areaPackRoutes.post('/audits/:reference/packs/:area', may('evidence:make'), async (req, res) => {
  const context = contextOf(req)
  const area = pathPart(req, 'area')
  if (!isPackArea(area)) throw new NotFound()
  const { audit } = await auditAtWork(pathPart(req, 'reference'))
  const named = (req.body as Record<string, unknown>)['named'] === 'yes'
  const asked = { audit: audit.reference, area, named }
  await sendPieces(req, res, {
    pieces: areaPackPieces(context, asked, {
      name: req.person?.name ?? '',
      zone: req.house.config.zone,
    }),
    name: areaPackName(asked, context.today),
    of: 'area pack',
  })
})
