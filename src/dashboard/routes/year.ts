import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { dutyKinds } from '../../supervision/rules.js'
import { queried } from '../../web/answer.js'
import { contextOf, renderPage } from '../../web/page.js'
import { noticesCounted, standingsNow, supervisionOfChart } from '../actions/charts.js'
import { yearEvents } from '../actions/year.js'
import { footingChart, noticeChart, supervisionChart } from '../page/charts.js'
import { eventsCounted, noticesCountedPage, standingPage } from '../page/counted.js'
import { yearPage } from '../page/year.js'
import { monthsOfNotices, standings } from '../rules/charts.js'
import { monthAsked, yearAsked, yearKinds } from '../rules/year.js'

/** What happens when, and how the year is going. */
export function yearRoutes(router: Router): void {
  router.get('/year', may('dashboard:read'), async (req, res) => {
    const context = contextOf(req)
    const { today, locale } = context
    const { year } = readerOf(req)
    const [events, notices, duties, footings] = await Promise.all([
      yearEvents(context, year),
      noticesCounted(context, year),
      supervisionOfChart(context, year),
      standingsNow(context),
    ])
    await renderPage(req, res, 'dashboard/year', {
      ...yearPage(events, { year, today, locale }),
      charts: [
        noticeChart(monthsOfNotices(notices), year, locale),
        supervisionChart(duties, year, locale),
        footingChart(
          footings.map(({ footing, of }) => ({ footing, count: of.length })),
          locale,
        ),
      ],
    })
  })

  router.get('/year/events', may('dashboard:read'), async (req, res) => {
    const reader = readerOf(req)
    const asked = {
      month: monthAsked(queried(req, 'month')),
      kind: yearKinds.find((each) => each === queried(req, 'kind')) ?? null,
      what: dutyKinds.find((each) => each === queried(req, 'what')) ?? null,
    }
    const events = await yearEvents(contextOf(req), reader.year)
    await renderPage(req, res, 'dashboard/counted', eventsCounted(events, asked, reader))
  })

  router.get('/year/notices', may('dashboard:read'), async (req, res) => {
    const reader = readerOf(req)
    const tallies = await noticesCounted(contextOf(req), reader.year)
    const month = monthAsked(queried(req, 'month'))
    await renderPage(req, res, 'dashboard/counted', noticesCountedPage(tallies, month, reader))
  })

  router.get('/year/bases', may('dashboard:read'), async (req, res) => {
    const footing = standings.find((each) => each === queried(req, 'footing')) ?? 'none'
    const found = (await standingsNow(contextOf(req))).find((each) => each.footing === footing)
    await renderPage(req, res, 'dashboard/counted', standingPage(footing, found?.of ?? [], readerOf(req)))
  })
}

function readerOf(req: Request): { year: number; locale: 'da' | 'en'; page: number } {
  const { today, locale } = contextOf(req)
  const page = Number(queried(req, 'page'))
  return {
    year: yearAsked(queried(req, 'year'), Number(today.slice(0, 4))),
    locale,
    page: Number.isInteger(page) && page > 0 ? page : 1,
  }
}
