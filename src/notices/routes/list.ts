import type { Express, Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { dayOf } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { openList } from '../../lists/open.js'
import { listPage } from '../../lists/page.js'
import { contextOf, renderPage } from '../../web/page.js'
import { pathExists } from '../../web/routes-of.js'
import { listOfNotices, serviceNames } from '../actions.js'
import { noticeListChoices, noticeListRow } from '../page.js'
import { noticeList } from '../rules/lists.js'
import { textOf } from './ports.js'

/** Addresses from before the list had filters. */
const shownBefore: Record<string, string> = {
  all: '/notices',
  draft: '/notices?state=draft',
  running: '/notices?state=issuing&state=issued',
  ended: '/notices?state=settled&state=withdrawn',
}

export function listRoutes(router: Router): void {
  router.get('/notices', may('notices:read'), async (req, res) => {
    const before = shownBefore[textOf(req.query['show'])]
    if (before !== undefined) return res.redirect(303, before)
    const context = contextOf(req)
    const { locale } = context
    const { query, part, elsewhere, ...opened } = await openList(req, noticeList)
    if (elsewhere !== null) return res.redirect(303, elsewhere)
    const [page, services] = await Promise.all([listOfNotices(query, context), serviceNames()])
    const localDay = (at: Date) => dayOf(at, req.house.config.zone)
    await renderPage(req, res, part ? 'notices/list-rows' : 'notices/list', {
      rows: page.entries.map((entry) => noticeListRow(entry, { services, dayOf: localDay, locale })),
      list: listPage(
        {
          ...opened,
          shape: noticeList,
          query,
          choices: noticeListChoices(services, locale),
          page,
          exports: exportsOf(req),
          bulk: null,
        },
        locale,
      ),
    })
  })
}

/** What a room above hands out of the list as it is shown; offered where it is there. */
function exportsOf(req: Request) {
  if (!pathExists(req.app as Express, '/notices/export')) return []
  const t = textIn(req.locale)
  return [
    { value: '/notices/export?format=xlsx', text: t('lists:export-excel') },
    { value: '/notices/export?format=csv', text: t('lists:export-csv') },
  ]
}
