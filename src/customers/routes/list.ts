import type { Express, Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { allows } from '../../auth/permissions.js'
import { dayOf } from '../../base/day.js'
import { openList } from '../../lists/open.js'
import { listPage } from '../../lists/page.js'
import { addressOf } from '../../lists/rules.js'
import { contextOf, renderPage } from '../../web/page.js'
import { pathExists } from '../../web/routes-of.js'
import { exportChoicesOfColumns } from '../../web/send-rows.js'
import { customerListChoices, customerListRow } from '../page.js'
import {
  agreedNotices,
  agreedVersions,
  countAsked,
  countCustomers,
  customersAsked,
  type CustomerFilter,
} from '../records.js'
import { customerList } from '../rules/lists.js'
import type { Ports } from './ports.js'

const pageSize = 50

export function listRoutes(router: Router, ports: Ports): void {
  router.get('/customers', may('customers:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const { query, part, elsewhere, ...opened } = await openList(req, customerList)
    if (elsewhere !== null) return res.redirect(303, elsewhere)
    const [services, notices, versions, page, count, missing] = await Promise.all([
      ports.services(),
      agreedNotices(),
      agreedVersions(),
      customersAsked(query, today, query.page || undefined, pageSize),
      countAsked(query, today),
      countCustomers({ ...everyone, withoutContact: true }, today),
    ])
    const localDay = (at: Date) => dayOf(at, req.house.config.zone)
    await renderPage(req, res, part ? 'customers/list-rows' : 'customers/list', {
      rows: page.rows.map((customer) =>
        customerListRow(customer, services, { today, dayOf: localDay, locale }),
      ),
      missing: missing.count,
      mapUrl: mapOffered(req) ? addressOf(customerList, query).replace('/customers', '/customers/map') : null,
      list: listPage(
        {
          ...opened,
          shape: customerList,
          query,
          choices: customerListChoices(services, notices, versions, locale),
          page: { ...page, count },
          exports: exportsOf(req),
          bulk: mayBulk(req) ? '/customers/several' : null,
        },
        locale,
      ),
    })
  })
}

const everyone: CustomerFilter = {
  q: '',
  service: null,
  authorisation: null,
  noticeKey: null,
  withoutContact: false,
  state: 'current',
}

/** What a room above hands out of the list as it is shown; offered where it is there. */
function exportsOf(req: Request) {
  const offered = pathExists(req.app as Express, '/customers/export')
  return offered ? exportChoicesOfColumns('/customers/export', req.locale) : []
}

/** Where the data are of those shown; a page of a room above. */
function mapOffered(req: Request): boolean {
  return pathExists(req.app as Express, '/customers/map')
}

function mayBulk(req: Request): boolean {
  return req.person !== undefined && allows(req.person.role, 'customers:write')
}
