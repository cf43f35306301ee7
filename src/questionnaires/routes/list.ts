import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { textIn } from '../../i18n/texts.js'
import { openList } from '../../lists/open.js'
import { listPage } from '../../lists/page.js'
import { namesColumns, readListQuery } from '../../lists/rules.js'
import { contextOf, renderPage } from '../../web/page.js'
import { exportChoicesOfColumns, sendRows } from '../../web/send-rows.js'
import { questionnaireListPage, questionnairesMatching } from '../actions/show.js'
import {
  questionnaireCells,
  questionnaireChoices,
  questionnaireHeadings,
  questionnaireRow,
} from '../page/list.js'
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
          exports: exportChoicesOfColumns('/questionnaires/export', locale),
          bulk: null,
        },
        locale,
      ),
    })
  })

  router.get('/questionnaires/export', may('supervision:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const reader = { today, locale, zone: req.house.config.zone }
    const query = readListQuery(questionnaireList, req.query)
    const columns = namesColumns(req.query) ? query.columns : null
    async function* rows() {
      yield questionnaireHeadings(columns, locale)
      for await (const page of questionnairesMatching(query))
        for (const row of page.rows) yield questionnaireCells(questionnaireRow(row, page, reader), columns)
    }
    const sheet = textIn(locale)('questionnaires-asking:title')
    await sendRows(req, res, { of: 'questionnaires', sheet, rows: rows() })
  })
}
