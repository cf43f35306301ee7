import { Router } from 'express'
import { may } from '../auth/guards.js'
import { contextOf, redirectWith, renderPage } from '../web/page.js'
import { loadSample, removeSample, sampleRemoval } from './actions.js'
import { removalRows } from './page.js'
import { sampleVisitUrl } from './visit.js'

export const sampleRoutes: Router = Router()

sampleRoutes.post('/sample/load', may('sample:write'), async (req, res) => {
  await loadSample(contextOf(req))
  redirectWith(req, res, '/', 'sample:loaded')
})

sampleRoutes.get('/sample/remove', may('sample:write'), async (req, res) => {
  const removal = await sampleRemoval()
  await renderPage(req, res, 'sample/remove', { rows: removalRows(removal, req.locale), kept: removal.kept })
})

sampleRoutes.post('/sample/remove', may('sample:write'), async (req, res) => {
  await removeSample(contextOf(req))
  redirectWith(req, res, '/', 'sample:removed')
})

sampleRoutes.post('/sample/visit', may('sample:write'), async (req, res) => {
  const { recipient } = req.body as { recipient?: unknown }
  res.redirect(303, await sampleVisitUrl(req.house, typeof recipient === 'string' ? recipient : ''))
})
