import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { openList } from '../../lists/open.js'
import { listPage } from '../../lists/page.js'
import { contextOf, renderPage } from '../../web/page.js'
import { questionnaireListPage } from '../actions/show.js'
import { questionnaireChoices, questionnaireRow } from '../page/list.js'
import { questionnaireList } from '../rules/lists.js'

export function listRoutes(router: Router): void {
  router.get('/questionnaires', may('supervision:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const { query, part, elsewhere, ...opened } = await openList(req, questionnaireList)
    if (elsewhere !== null) return res.redirect(303, elsewhere)
    const page = await questionnaireListPage(query)
    const reader = { today, locale, zone: req.house.config.zone }
    await renderPage(req, res, part ? 'questionnaires/list-rows' : 'questionnaires/list', {
      rows: page.rows.map((questionnaire) => questionnaireRow(questionnaire, page, reader)),
      list: listPage(
        {
          ...opened,
          shape: questionnaireList,
          query,
          choices: questionnaireChoices(page, locale),
          called: (filter, value) => (filter === 'vendor' ? (page.names.get(value) ?? null) : null),
          page,
          exports: [],
          bulk: null,
        },
        locale,
      ),
    })
  })
}
