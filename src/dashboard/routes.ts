import { Router } from 'express'
import { may } from '../auth/guards.js'
import { completenessAt, listsUpToDate } from '../register/actions.js'
import { completenessBar } from '../register/page.js'
import { contextOf, renderPage } from '../web/page.js'
import { healthNow, mapNow, registersNow, runningNotices, tasksToShow, timersNow } from './actions.js'
import { dashboardPage, timersPage } from './page.js'
import { calendarRoutes } from './routes/calendar.js'
import { yearRoutes } from './routes/year.js'

export const dashboardRoutes: Router = Router()
calendarRoutes(dashboardRoutes)
yearRoutes(dashboardRoutes)

dashboardRoutes.get('/', may('dashboard:read'), async (req, res) => {
  const context = contextOf(req)
  const { now, today, locale } = context
  const lists = listsUpToDate(today)
  const [completeness, map, tasks, notices, registers, health] = await Promise.all([
    lists.then(completenessAt),
    mapNow(context, lists, (req.query as Record<string, unknown>)['area']),
    tasksToShow(context, lists),
    runningNotices(context),
    registersNow(today),
    healthNow(now),
  ])
  const { zone } = req.house.config
  await renderPage(req, res, 'dashboard/show', {
    map,
    bar: completenessBar(completeness, locale),
    ...dashboardPage({ tasks, notices, registers, health }, { locale, today, zone }),
  })
})

dashboardRoutes.get('/timers', may('dashboard:read'), async (req, res) => {
  const { today, locale } = contextOf(req)
  await renderPage(
    req,
    res,
    'dashboard/timers',
    timersPage(await timersNow(), { locale, today, zone: req.house.config.zone }),
  )
})
