import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { textIn } from '../../i18n/texts.js'
import { contextOf, renderPage } from '../../web/page.js'
import { noticesToShow } from '../actions/show.js'
import { listFilters, noticeRow, statesIn } from '../page.js'
import { textOf } from './ports.js'

export function listRoutes(router: Router): void {
  router.get('/notices', may('notices:read'), async (req, res) => {
    const context = contextOf(req)
    const t = textIn(context.locale)
    const filter = listFilters.find((each) => each === textOf(req.query['show'])) ?? 'all'
    const { entries, next, previous } = await noticesToShow(
      statesIn(filter),
      textOf(req.query['page']) || undefined,
      context,
    )
    const page = (cursor: string | null) => cursor && `/notices?show=${filter}&page=${cursor}`
    await renderPage(req, res, 'notices/list', {
      filter,
      filters: listFilters.map((value) => ({
        value,
        text: t(`notices:list.show-${value}`),
        url: `/notices?show=${value}`,
      })),
      rows: entries.map((entry) => noticeRow(entry, t)),
      paging: { next: page(next), previous: page(previous) },
    })
  })
}
