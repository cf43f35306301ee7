import type { Express, Request, Response } from 'express'
import { textIn } from '../../i18n/texts.js'
import { openList } from '../../lists/open.js'
import { listPage } from '../../lists/page.js'
import { contextOf, renderPage } from '../../web/page.js'
import { pathExists } from '../../web/routes-of.js'
import { objectionListPage } from '../actions/lists.js'
import { objectionListChoices, objectionRow } from '../page.js'
import { objectionList } from '../rules/lists.js'

export async function showList(req: Request, res: Response): Promise<void> {
  const { today, locale } = contextOf(req)
  const { query, part, elsewhere, ...opened } = await openList(req, objectionList)
  if (elsewhere !== null) return res.redirect(303, elsewhere)
  const page = await objectionListPage(query)
  await renderPage(req, res, part ? 'objections/list-rows' : 'objections/list', {
    rows: page.rows.map((objection) => objectionRow(objection, page.names, today, locale)),
    list: listPage(
      {
        ...opened,
        shape: objectionList,
        query,
        choices: objectionListChoices(page, locale),
        called: (filter, value) => (filter === 'customer' ? (page.customers.get(value) ?? null) : null),
        page,
        exports: exportsOf(req),
        bulk: null,
      },
      locale,
    ),
  })
}

/** What a room above hands out of the list as it is shown; offered where it is there. */
function exportsOf(req: Request) {
  if (!pathExists(req.app as Express, '/objections/export')) return []
  const t = textIn(req.locale)
  return [
    { value: '/objections/export?format=xlsx', text: t('lists:export-excel') },
    { value: '/objections/export?format=csv', text: t('lists:export-csv') },
  ]
}
