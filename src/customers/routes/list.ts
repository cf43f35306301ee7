import type { Router } from 'express'
import { z } from 'zod'
import { may } from '../../auth/guards.js'
import { readForm } from '../../base/form.js'
import { contextOf, renderPage } from '../../web/page.js'
import { choicesIn, customerRow, noticeChoices } from '../page.js'
import { agreedNotices, countCustomers, pageOfCustomers, type CustomerFilter } from '../records.js'
import { authorisations } from '../rules.js'
import type { Ports } from './ports.js'

const pageSize = 50

const text = z.string().max(200).catch('')
const queryShape = z.object({
  q: text,
  service: text,
  authorisation: z.enum(authorisations).nullable().catch(null),
  notice: text,
  contact: text,
  state: z.enum(['current', 'ended', 'all']).catch('current'),
  after: text,
})

export function listRoutes(router: Router, ports: Ports): void {
  router.get('/customers', may('customers:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    // Every part has a fallback: an address somebody mistyped shows the list.
    const query = readForm(queryShape, req.query).input ?? queryShape.parse({})
    const filter: CustomerFilter = {
      q: query.q,
      service: query.service || null,
      authorisation: query.authorisation,
      noticeKey: query.notice || null,
      withoutContact: query.contact === 'without',
      state: query.state,
    }
    const [services, notices, page, count, missing] = await Promise.all([
      ports.services(),
      agreedNotices(),
      pageOfCustomers(filter, today, query.after || undefined, pageSize),
      countCustomers(filter, today),
      countCustomers({ ...everyone, withoutContact: true }, today),
    ])
    const { after, ...narrowed } = query
    const narrowing = new URLSearchParams(
      Object.entries(narrowed).flatMap(([name, value]): [string, string][] =>
        value && value !== 'current' ? [[name, value]] : [],
      ),
    )
    await renderPage(req, res, 'customers/list', {
      rows: page.rows.map((customer) => customerRow(customer, services, today, locale)),
      narrowed: narrowing.size > 0,
      missing: missing.count,
      query,
      choices: choicesIn(locale),
      services,
      notices: noticeChoices(notices, locale),
      paging: {
        count: { count: count.count, more: count.capped },
        first: after ? `/customers?${narrowing.toString()}` : null,
        next: page.next ? `/customers?${withCursor(narrowing, page.next)}` : null,
      },
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

function withCursor(narrowing: URLSearchParams, cursor: string): string {
  return new URLSearchParams([...narrowing, ['after', cursor]]).toString()
}
