import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { organisation } from '../../auth/organisation.js'
import { addDays, type Day } from '../../base/day.js'
import { customerByReference } from '../../customers/actions.js'
import { buildWorkbook } from '../../documents/workbook.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { queried } from '../../web/answer.js'
import { contextOf, renderPage } from '../../web/page.js'
import { sendBytes } from '../../web/send.js'
import { copiesHandedOut, requestsToExport, requestsToList } from '../actions.js'
import { copyRow, requestRow, requestSheet } from '../page.js'
import { requestKinds, requestStates } from '../rules.js'

const shows = ['open', 'due', 'overdue', 'asks', 'waits', ...requestStates, 'all'] as const

export function listRoutes(router: Router): void {
  router.get('/requests', may('requests:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const t = textIn(locale)
    const { asked, show, query } = askedIn(req, today)
    const page = await requestsToList(asked, queried(req, 'page') || undefined)
    const at = (cursor: string | null) =>
      cursor && `/requests?${new URLSearchParams({ ...query, page: cursor }).toString()}`
    await renderPage(req, res, 'requests/list', {
      rows: page.rows.map((request) => requestRow(request, page.names, { today, locale })),
      q: asked.q,
      show,
      kind: asked.kind,
      customer: page.customer && { reference: page.customer.reference, name: page.customer.name },
      shows: shows.map((value) => ({ value, text: t(`requests:show.${value}`) })),
      kinds: requestKinds.map((value) => ({ value, text: t(`requests:kind.${value}.name`) })),
      narrowed: asked.q !== '' || show !== 'open' || asked.kind !== '' || asked.customer !== '',
      exportUrl: `/requests/export?${new URLSearchParams(query).toString()}`,
      paging: { count: page.count, next: at(page.next), previous: at(page.previous) },
    })
  })

  router.get('/requests/export', may('requests:read'), async (req, res) => {
    const { now, today, locale } = contextOf(req)
    const t = textIn(locale)
    const { rows, names } = await requestsToExport(askedIn(req, today).asked)
    const title = t('requests:export.title')
    const house = (await organisation())?.name ?? ''
    const bytes = await buildWorkbook({
      title,
      locale,
      author: house,
      createdAt: now,
      blocks: [{ kind: 'paragraph', text: t('requests:export.lead', { day: formatDay(today, locale) }) }],
      footer: `${house} · ${title}`,
      pageLabel: (page, pages) => `${page} / ${pages}`,
      main: requestSheet(rows, names, { today, locale }),
      sheets: { main: title, rest: t('requests:export.rest') },
    })
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    sendBytes(res, { name: `${t('requests:export.file')}-${today}.xlsx`, type, bytes })
  })

  router.get('/requests/copies', may('requests:read'), async (req, res) => {
    const { locale } = contextOf(req)
    const asked = queried(req, 'customer')
    const customer = asked === '' ? null : await customerByReference(asked)
    const page = await copiesHandedOut(customer?._id ?? null, queried(req, 'page') || undefined)
    const at = (cursor: string | null) =>
      cursor && `/requests/copies?${new URLSearchParams({ customer: asked, page: cursor }).toString()}`
    await renderPage(req, res, 'requests/copies', {
      rows: page.rows.map((row) => copyRow(row, locale)),
      customer: customer && { reference: customer.reference, name: customer.name },
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })
}

function askedIn(req: Request, today: Day) {
  const q = queried(req, 'q').slice(0, 200)
  const show = shows.find((each) => each === queried(req, 'state')) ?? 'open'
  const kind = requestKinds.find((each) => each === queried(req, 'kind')) ?? ''
  const customer = queried(req, 'customer').slice(0, 40)
  return {
    show,
    query: { q, state: show, kind, customer },
    asked: {
      q,
      kind,
      customer,
      state: show === 'all' || show === 'overdue' || show === 'due' ? '' : show,
      overdueBy: show === 'overdue' ? today : show === 'due' ? addDays(today, 1) : null,
    },
  }
}
