import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import type { Locale } from '../../base/context.js'
import { addMonths, isDay } from '../../base/day.js'
import { customerByReference } from '../../customers/actions.js'
import { lawNow } from '../../transfers/actions.js'
import { contextOf, renderPage } from '../../web/page.js'
import { allServices, completenessNow, pastList, plannedEngagements } from '../actions.js'
import { completenessBar, differencesUrl, listRows, nameIn, plannedRows, thenOrNow } from '../page.js'
import { customersNamed, rowsMatching, withCounts } from '../records.js'
import { rowsIn } from '../page/map.js'
import { countryName } from '../../transfers/rules.js'
import { listMap } from './map.js'
import { servicesOn, type Service } from '../rules.js'
import { queried, type Ports } from './ports.js'

export function listRoutes(router: Router, ports: Ports): void {
  router.get('/register', may('register:read'), async (req, res) => {
    const context = contextOf(req)
    const { today, locale } = context
    const on = isDay(queried(req, 'on')) ? queried(req, 'on') : today
    const search = queried(req, 'q')
    const { customer, candidates, unknown } = await customerAsked(req)
    const services = await allServices()
    const service = serviceAsked(req, services)
    const whose = { customer: customer?._id, service: service?._id }
    const [law, completeness, past, planned, panels] = await Promise.all([
      lawNow(),
      customer || service || on !== today ? null : completenessNow(today),
      pastList(whose, on, today, queried(req, 'known') === 'then'),
      customer || service || on !== today ? [] : plannedEngagements(today),
      Promise.all(customer ? (ports.listPanels ?? []).map((panel) => panel(customer, on, context)) : []),
    ])
    const all = past.rows
    const named = servicesOn(services, on)
    const country = queried(req, 'country').toUpperCase()
    const shown = rowsIn(rowsMatching(all, search), country)
    const { part, paging } = pageOf(shown, req)
    await renderPage(req, res, 'register/list', {
      ...(await listMap(req, law, shown, on)),
      country,
      countryNamed: country && countryName(country, locale),
      on,
      today,
      search,
      customer,
      candidates,
      unknown,
      panels,
      differences: differencesUrl({ from: addMonths(on, -3), to: on }, customer, service),
      service: service && { ...service, name: nameIn(service.name, locale) },
      services: serviceChoices(services, locale),
      line: thenOrNow(past, { on, services: named, url: req.originalUrl, locale }),
      asThen: past.asThen,
      asked: queried(req, 'customer'),
      rows: listRows(law, customer || past.asThen ? part : await withCounts(part, on), named, on, locale),
      paging,
      whole: all.length,
      bar: completeness && completenessBar(completeness, locale),
      planned:
        customer || service || on !== today || search || country
          ? []
          : plannedRows(planned, services, locale),
      empty: services.length === 0 ? 'services' : all.length === 0 ? 'list' : 'search',
    })
  })
}

const rowsAPage = 100

/** Those of a page, by its number: a list is in an order of its own day, which no cursor of today's register knows. */
function pageOf<Row>(rows: readonly Row[], req: Request) {
  const last = Math.max(1, Math.ceil(rows.length / rowsAPage))
  const page = Math.min(last, Math.max(1, Number.parseInt(queried(req, 'page'), 10) || 1))
  const to = (number: number) => {
    const url = new URL(req.originalUrl, 'http://here')
    url.searchParams.set('page', String(number))
    return url.pathname + url.search
  }
  const next = page < last ? to(page + 1) : null
  const previous = page > 1 ? to(page - 1) : null
  return {
    part: rows.slice((page - 1) * rowsAPage, page * rowsAPage),
    paging: { count: rows.length, next, previous },
  }
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

/** Asked for by reference ('S-01'); an unknown one is none. */
export function serviceAsked(req: Request, services: readonly Service[]): Service | null {
  const asked = queried(req, 'service').toUpperCase()
  return services.find(({ reference }) => reference === asked) ?? null
}

export function serviceChoices(services: readonly Service[], locale: Locale) {
  return services.map(({ reference, name }) => ({ value: reference, text: nameIn(name, locale) }))
}
