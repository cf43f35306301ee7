import type { Express, Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { allows } from '../../auth/permissions.js'
import { dayOf } from '../../base/day.js'
import { openList } from '../../lists/open.js'
import { listPage, type Choice } from '../../lists/page.js'
import { addressOf } from '../../lists/rules.js'
import { lawNow } from '../../transfers/actions.js'
import { contextOf, renderPage } from '../../web/page.js'
import { pathExists } from '../../web/routes-of.js'
import { exportChoicesOfColumns } from '../../web/send-rows.js'
import { allServices, approvalCounts, engagementPage, vendorListPage } from '../actions.js'
import {
  calledInLists,
  engagementListChoices,
  engagementListRow,
  vendorListChoices,
  vendorListRow,
} from '../page.js'
import { engagementList, vendorList } from '../rules/lists.js'

export function listsRoutes(router: Router): void {
  router.get('/engagements', may('register:read'), async (req, res) => {
    const context = contextOf(req)
    const { today, locale } = context
    const { query, part, elsewhere, ...opened } = await openList(req, engagementList)
    if (elsewhere !== null) return res.redirect(303, elsewhere)
    const [law, services, page] = await Promise.all([lawNow(), allServices(), engagementPage(context, query)])
    const ids = page.rows.map(({ engagement }) => engagement._id)
    const customers = query.columns.includes('customers') ? await approvalCounts(today, ids) : new Map()
    await renderPage(req, res, part ? 'register/engagement-rows' : 'register/engagements', {
      rows: page.rows.map((entry) =>
        engagementListRow(entry, { law, services, customers, today, dayOf: localDay(req), locale }),
      ),
      none: services.length === 0,
      mapUrl: addressOf(engagementList, query).replace('/engagements', '/engagements/map'),
      list: listPage(
        {
          ...opened,
          shape: engagementList,
          query,
          choices: engagementListChoices(services, page.inUse, locale),
          called: calledInLists(locale),
          page,
          exports: exportsOf(req, '/engagements/export'),
          bulk: mayBulk(req) ? '/engagements/several' : null,
        },
        locale,
      ),
    })
  })

  router.get('/vendors', may('register:read'), async (req, res) => {
    const context = contextOf(req)
    const { today, locale } = context
    const { query, part, elsewhere, ...opened } = await openList(req, vendorList)
    if (elsewhere !== null) return res.redirect(303, elsewhere)
    const [services, page] = await Promise.all([allServices(), vendorListPage(context, query)])
    await renderPage(req, res, part ? 'register/vendor-rows' : 'register/vendors', {
      rows: page.rows.map((entry) => vendorListRow(entry, { today, dayOf: localDay(req), locale })),
      mapUrl: addressOf(vendorList, query).replace('/vendors', '/vendors/map'),
      list: listPage(
        {
          ...opened,
          shape: vendorList,
          query,
          choices: vendorListChoices(services, page.inUse, locale),
          called: calledInLists(locale),
          page,
          exports: exportsOf(req, '/vendors/export'),
          bulk: mayBulk(req) ? '/vendors/several' : null,
        },
        locale,
      ),
    })
  })
}

function localDay(req: Request): (at: Date) => string {
  return (at) => dayOf(at, req.house.config.zone)
}

/** What a room above hands out of the list as it is shown; offered where it is there. */
function exportsOf(req: Request, path: string): Choice[] {
  return pathExists(req.app as Express, path) ? exportChoicesOfColumns(path, req.locale) : []
}

function mayBulk(req: Request): boolean {
  return req.person !== undefined && allows(req.person.role, 'register:write')
}
