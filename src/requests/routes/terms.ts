import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { answerOn, typedText } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { setTerms, termsNow } from '../actions.js'
import { readTerms } from '../form.js'
import { termsPage } from '../page.js'

/** Within how many days we answer each kind, where the house has set its own. */
export function termsRoutes(router: Router): void {
  router.get('/requests/days', may('requests:read'), async (req, res) => {
    await renderPage(req, res, 'requests/days', await values(req))
  })

  router.post('/requests/days', may('requests:write'), async (req, res) => {
    const page = { view: 'requests/days', values: () => values(req) }
    await answerOn(req, res, readTerms(req.body), page, async ({ terms, because }) => {
      const seen = Number(typedText(req, 'version')) || 0
      await setTerms(contextOf(req), { seen, terms, because })
      redirectWith(req, res, '/requests/days', 'requests:flash.days')
    })
  })
}

async function values(req: Request) {
  const { terms, version } = await termsNow()
  return {
    ...termsPage(terms, req.locale),
    version,
    history: await historyOf('request-terms', 'request-terms'),
  }
}
