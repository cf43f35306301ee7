import { Router, type Request } from 'express'
import { may } from '../auth/guards.js'
import type { Role } from '../auth/permissions.js'
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
  const { zone } = req.house.config
  const lists = listsUpToDate(today)
  const [completeness, map, tasks, notices, registers, health] = await Promise.all([
    lists.then(completenessAt),
    mapNow(context, lists, (req.query as Record<string, unknown>)['area']),
    tasksToShow(context, zone, lists),
    runningNotices(context),
    registersNow(today),
    healthNow(now),
  ])
  await renderPage(req, res, 'dashboard/show', {
    map,
    bar: completenessBar(completeness, locale),
    ...dashboardPage({ tasks, notices, registers, health }, { locale, today, zone, role: roleOf(req) }),
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

function roleOf({ person }: Request): Role {
  if (!person) throw new Error('a page behind may() without a person')
  return person.role
}
