import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { rowsMatching } from '../../register/records.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { rowsNow } from '../actions/publish.js'
import { chooseNames, publicListNow } from '../actions/settings.js'
import { readChoices, readFilter } from '../form.js'
import { choicesPage } from '../page/choices.js'

const view = 'public-list/choices'

export function choiceRoutes(router: Router): void {
  router.get('/public-list/choices', may('public-list:write'), async (req, res) => {
    await renderPage(req, res, view, await choicesShown(req))
  })

  router.post('/public-list/choices', may('public-list:write'), async (req, res) => {
    await answerOn(
      req,
      res,
      readChoices(req.body),
      { view, values: () => choicesShown(req) },
      async (input) => {
        await chooseNames(contextOf(req), input)
        redirectWith(req, res, '/public-list', 'public-list:saved')
      },
    )
  })
}

async function choicesShown(req: Request) {
  const [rows, { unnamed }] = await Promise.all([rowsNow(contextOf(req)), publicListNow()])
  const asked = readFilter(req.query)
  return choicesPage(rowsMatching(rows, asked.q), new Set(unnamed), asked, req.locale)
}
