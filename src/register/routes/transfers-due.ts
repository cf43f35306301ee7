import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { contextOf, renderPage } from '../../web/page.js'
import { transfersDue } from '../actions/law-tasks.js'
import { dueRows } from '../page/transfers-due.js'

/** What the overview counts: assessments to make again, and recipients to look up again. */
export function transfersDueRoutes(router: Router): void {
  router.get('/transfers/due', may('register:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const { tia, listings } = await transfersDue(today)
    await renderPage(req, res, 'register/transfers-due', {
      tia: dueRows(tia, today, locale),
      listings: dueRows(listings, today, locale),
    })
  })
}
