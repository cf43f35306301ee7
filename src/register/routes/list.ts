import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { addMonths, isDay } from '../../base/day.js'
import { customerByReference } from '../../customers/actions.js'
import { contextOf, renderPage } from '../../web/page.js'
import { allServices, listForAll, listOn, plannedEngagements } from '../actions.js'
import { differencesUrl, listRows, plannedRows } from '../page.js'
import { customersNamed, rowsMatching } from '../records.js'
import { queried, type Ports } from './ports.js'

export function listRoutes(router: Router, ports: Ports): void {
  router.get('/register', may('register:read'), async (req, res) => {
    const context = contextOf(req)
    const { today, locale } = context
    const on = isDay(queried(req, 'on')) ? queried(req, 'on') : today
    const search = queried(req, 'q')
    const { customer, candidates, unknown } = await customerAsked(req)
    const [services, all, planned, panels] = await Promise.all([
      allServices(),
      customer ? listOn(customer._id, on) : listForAll(on),
      plannedEngagements(today),
      Promise.all(customer ? (ports.listPanels ?? []).map((panel) => panel(customer, on, context)) : []),
    ])
    await renderPage(req, res, 'register/list', {
      on,
      today,
      search,
      customer,
      candidates,
      unknown,
      panels,
      differences: differencesUrl(addMonths(on, -3), on, customer?.reference),
      asked: queried(req, 'customer'),
      rows: listRows(rowsMatching(all, search), services, on, locale),
      whole: all.length,
      planned: customer || on !== today || search ? [] : plannedRows(planned, services, locale),
      empty: services.length === 0 ? 'services' : all.length === 0 ? 'list' : 'search',
    })
  })
}

/** Asked for by number ('C-0001') or by name: one that fits is taken, several are offered. */
export async function customerAsked(req: Request) {
  const asked = queried(req, 'customer')
  if (asked === '') return { customer: null, candidates: [], unknown: false }
  if (/^c-\d+$/i.test(asked)) {
    const customer = await customerByReference(asked.toUpperCase())
    return { customer, candidates: [], unknown: false }
  }
  const candidates = await customersNamed(asked)
  const only = candidates.length === 1 ? candidates[0] : undefined
  return { customer: only ?? null, candidates: only ? [] : candidates, unknown: candidates.length === 0 }
}
