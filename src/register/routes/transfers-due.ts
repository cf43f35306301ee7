import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { contextOf, renderPage } from '../../web/page.js'
import { lawFindings, nobodyInstructed } from '../actions.js'
import { transfersDue } from '../actions/law-tasks.js'
import { dueRows, findingRows } from '../page/transfers-due.js'
import { listsUpToDate } from '../records.js'
import type { Ports } from './ports.js'

/** What the overview counts: what does not hold, assessments to make again, and recipients to look up again. */
export function transfersDueRoutes(router: Router, { instructedFor = nobodyInstructed }: Ports): void {
  router.get('/transfers/due', may('register:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const [{ tia, listings, scopes }, findings] = await Promise.all([
      transfersDue(today),
      listsUpToDate(today).then((stamp) => lawFindings(stamp, { today }, instructedFor)),
    ])
    await renderPage(req, res, 'register/transfers-due', {
      findings: findingRows(findings, locale),
      tia: dueRows(tia, today, locale),
      listings: dueRows(listings, today, locale),
      scopes: dueRows(scopes, today, locale),
    })
  })
}
