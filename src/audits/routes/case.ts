import type { Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { queried } from '../../web/answer.js'
import { pathPart, renderPage } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { findingsFor } from '../actions/findings.js'
import { testers } from '../actions/begin.js'
import { auditOf } from '../actions/read.js'
import { auditFile } from '../actions/revisited.js'
import { controlsPage } from '../page/controls.js'
import { latestOnControls } from '../page/log.js'
import { overviewPage } from '../page/overview.js'
import { around, atWork, topOf } from './around.js'

export function caseRoutes(router: Router): void {
  router.get('/audits/:reference', may('audits:read'), async (req, res) => {
    const whole = await atWork(req)
    const [findings, near] = await Promise.all([findingsFor(whole.audit), around(req, whole)])
    await renderPage(req, res, 'audits/overview', {
      top: topOf(req, whole.audit),
      ...overviewPage(whole, findings, near),
    })
  })

  router.get('/audits/:reference/controls', may('audits:read'), async (req, res) => {
    const whole = await atWork(req)
    const [near, people] = await Promise.all([around(req, whole), testers()])
    const filter = {
      area: queried(req, 'area'),
      tester: queried(req, 'tester'),
      result: queried(req, 'result'),
      q: queried(req, 'q'),
    }
    await renderPage(req, res, 'audits/controls', {
      top: topOf(req, whole.audit),
      ...controlsPage(whole, filter, near),
      people: people.map(({ _id, name }) => ({ value: _id, text: name })),
    })
  })

  router.get('/audits/:reference/log', may('audits:read'), async (req, res) => {
    const whole = await atWork(req)
    const latest = latestOnControls(whole)
    await renderPage(req, res, 'audits/log', {
      top: topOf(req, whole.audit),
      history: await historyOf('audit', whole.audit._id),
      latest,
      actors: latest.map(({ by }) => by),
    })
  })

  router.get('/audits/:reference/files/:file', may('files:read'), async (req, res) => {
    const audit = await auditOf(pathPart(req, 'reference'))
    await sendFile(res, await auditFile(audit, pathPart(req, 'file')))
  })
}
