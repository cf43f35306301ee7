import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { contextOf, renderPage } from '../../web/page.js'
import { footingsNow, noticesByMonth, supervisionOfChart } from '../actions/charts.js'
import { yearEvents } from '../actions/year.js'
import { footingChart, noticeChart, supervisionChart } from '../page/charts.js'
import { yearPage } from '../page/year.js'
import { yearAsked } from '../rules/year.js'

/** What happens when, and how the year is going. */
export function yearRoutes(router: Router): void {
  router.get('/year', may('dashboard:read'), async (req, res) => {
    const context = contextOf(req)
    const { today, locale } = context
    const year = yearAsked((req.query as Record<string, unknown>)['year'], Number(today.slice(0, 4)))
    const [events, notices, duties, footings] = await Promise.all([
      yearEvents(context, year),
      noticesByMonth(context, year),
      supervisionOfChart(context, year),
      footingsNow(context),
    ])
    await renderPage(req, res, 'dashboard/year', {
      ...yearPage(events, { year, today, locale }),
      charts: [
        noticeChart(notices, locale),
        supervisionChart(duties, year, locale),
        footingChart(footings, locale),
      ],
    })
  })
}
