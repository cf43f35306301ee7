import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import type { Locale } from '../../base/context.js'
import { addMonths, isDay, type Day } from '../../base/day.js'
import { customerByReference } from '../../customers/actions.js'
import { referenceIn } from '../../lists/picking.js'
import { lawNow } from '../../transfers/actions.js'
import { queried } from '../../web/answer.js'
import { contextOf, renderPage } from '../../web/page.js'
import type { Mapped } from '../../transfers/map.js'
import {
  allServices,
  completenessAt,
  firstPlanned,
  listsUpToDate,
  pastList,
  wholeListPage,
  type PastList,
} from '../actions.js'
import { completenessBar, differencesUrl, listRows, nameIn, plannedRows, thenOrNow } from '../page.js'
import { customersNamed, rowsMatching, spansMapped, type SpanFilter } from '../records.js'
import { mappedRows, mappedSpans, rowsIn } from '../page/map.js'
import { countryName } from '../../transfers/rules.js'
import { listMap } from './map.js'
import { servicesOn, type ListRow, type Service } from '../rules.js'
import { addressOf, cursorOf, pageNumber, pagesOf } from './paged.js'
import { type Ports } from './ports.js'

export function listRoutes(router: Router, ports: Ports): void {
  router.get('/register', may('register:read'), async (req, res) => {
    const context = contextOf(req)
    const { today, locale } = context
    const on = isDay(queried(req, 'on')) ? queried(req, 'on') : today
    const search = queried(req, 'q')
    const [{ customer, candidates, unknown }, services, law, early] = await Promise.all([
      customerAsked(req),
      allServices(),
      lawNow(),
      queried(req, 'customer') === '' ? listsUpToDate(today) : null,
    ])
    const lists = customer ? null : (early ?? (await listsUpToDate(today)))
    const service = serviceAsked(req, services)
    const country = queried(req, 'country').toUpperCase()
    const asked = { service: service?._id, search, country }
    const plain = !customer && !service && on === today
    const [completeness, found, planned] = await Promise.all([
      plain ? completenessAt(lists) : null,
      listAsked(req, customer?._id, asked, { lists, on, today }),
      plain && !search && !country ? firstPlanned(mostPlanned) : { rows: [], more: false },
    ])
    const { past } = found
    const shown = { on, asThen: past.asThen }
    const panels = await Promise.all(
      customer ? (ports.listPanels ?? []).map((panel) => panel(customer, shown, context)) : [],
    )
    const named = servicesOn(services, on)
    await renderPage(req, res, 'register/list', {
      ...(await listMap(req, law, found.mapped, on)),
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
      rows: listRows(law, found.rows, named, on, locale),
      paging: found.paging,
      bar: completeness && completenessBar(completeness, locale),
      planned: plannedRows(planned.rows, services, locale),
      morePlanned: planned.more,
      empty: services.length === 0 ? 'services' : found.any ? 'search' : 'list',
    })
  })
}

/** So many of those that nobody has approved yet are named below the list. */
const mostPlanned = 10
const rowsAPage = 100

type Found = {
  past: Omit<PastList, 'rows'>
  rows: ListRow[]
  paging: { count: number | { count: number; capped: boolean }; next: string | null; previous: string | null }
  any: boolean
  mapped: () => Promise<Mapped[]>
}

/** One customer's list, and any as it was known on its day, is read whole; that of all is found by its spans. */
async function listAsked(
  req: Request,
  customer: string | undefined,
  asked: SpanFilter,
  { lists, on, today }: { lists: string | null; on: Day; today: Day },
): Promise<Found> {
  const asThen = on < today && queried(req, 'known') === 'then'
  if (customer === undefined && !asThen) {
    const cursor = cursorOf(req)
    const { differs, any, rows, count, next, previous } = await wholeListPage(lists, asked, on, {
      today,
      cursor,
    })
    const page = (at: string | null) => at && addressOf(req, at)
    return {
      past: { asThen, differs, differences: [], entered: 0, vendors: new Map() },
      rows,
      paging: { count, next: page(next), previous: page(previous) },
      any,
      mapped: async () => mappedSpans(await spansMapped(on, asked)),
    }
  }
  const past = await pastList({ customer, service: asked.service }, on, today, asThen)
  const shown = rowsIn(rowsMatching(past.rows, asked.search), asked.country)
  const page = Math.min(pageNumber(req), Math.max(1, Math.ceil(shown.length / rowsAPage)))
  return {
    past,
    rows: shown.slice((page - 1) * rowsAPage, page * rowsAPage),
    paging: pagesOf(req, page, shown.length, rowsAPage),
    any: past.rows.length > 0,
    mapped: async () => mappedRows(shown),
  }
}

/** Asked for by number ('C-0001') or by name: one that fits is taken, several are offered. */
export async function customerAsked(req: Request) {
  const asked = queried(req, 'customer')
  if (asked === '') return { customer: null, candidates: [], unknown: false }
  const reference = referenceIn(asked)
  if (reference?.startsWith('C-')) {
    const customer = await customerByReference(reference)
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
