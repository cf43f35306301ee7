import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { textIn } from '../../i18n/texts.js'
import { openList } from '../../lists/open.js'
import { listPage } from '../../lists/page.js'
import { namesColumns, readListQuery } from '../../lists/rules.js'
import { contextOf, renderPage } from '../../web/page.js'
import { exportChoicesOfColumns, sendRows } from '../../web/send-rows.js'
import { findingsMatching, findingsToList } from '../actions/show.js'
import { findingCells, findingChoices, findingHeadings, findingRow } from '../page.js'
import { findingList } from '../rules.js'

export function listRoutes(router: Router): void {
  router.get('/findings', may('supervision:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const { query, part, elsewhere, ...opened } = await openList(req, findingList)
    if (elsewhere !== null) return res.redirect(303, elsewhere)
    const page = await findingsToList(query, today)
    await renderPage(req, res, part ? 'findings/list-rows' : 'findings/list', {
      rows: page.rows.map((finding) => findingRow(finding, page.names, { today, locale })),
      list: listPage(
        {
          ...opened,
          shape: findingList,
          query,
          choices: findingChoices(locale),
          called: (filter, value) => (filter === 'vendor' ? (page.vendors.get(value) ?? null) : null),
          page,
          exports: exportChoicesOfColumns('/findings/export', locale),
          bulk: null,
        },
        locale,
      ),
    })
  })

  router.get('/findings/export', may('supervision:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const query = readListQuery(findingList, req.query)
    const columns = namesColumns(req.query) ? query.columns : null
    async function* rows() {
      yield findingHeadings(columns, locale)
      for await (const page of findingsMatching(query, today))
        for (const finding of page.rows) yield findingCells(finding, page.names, columns, { today, locale })
    }
    await sendRows(req, res, { of: 'findings', sheet: textIn(locale)('findings:title'), rows: rows() })
  })
}
