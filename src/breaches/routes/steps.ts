import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { breachOf, closeBreach, sendPhase } from '../actions.js'
import { readClosing } from '../form.js'
import { urlOf } from '../page.js'
import { wordsIn, type Breach, type ClosingRecord } from '../rules.js'
import { noticeValues, stampIn } from './forms.js'

const base = '/breaches/:reference'

/** What cannot be taken back: sending, closing. */
export function stepRoutes(router: Router): void {
  router.post(`${base}/send`, may('breaches:write'), async (req, res) => {
    const sent = await sendPhase(contextOf(req), pathPart(req, 'reference'), stampIn(req)).catch(refusalOf)
    if (sent instanceof Error) {
      const values = { ...(await noticeValues(req)), refusal: sent }
      return renderPage(req, res, 'breaches/notice', values, 409)
    }
    redirectWith(req, res, urlOf(sent), 'breaches:flash.sent', { number: sent.phases.length })
  })

  router.get(`${base}/close`, may('breaches:write'), async (req, res) => {
    await renderPage(req, res, 'breaches/close', await closeValues(req))
  })

  router.post(`${base}/close`, may('breaches:write'), async (req, res) => {
    const again = { view: 'breaches/close', values: () => closeValues(req) }
    await answerOn(req, res, readClosing(req.body), again, async (input) => {
      const breach = await closeBreach(contextOf(req), pathPart(req, 'reference'), input)
      redirectWith(req, res, urlOf(breach), 'breaches:flash.closed')
    })
  })
}

async function closeValues(req: Request): Promise<PageValues> {
  const breach = await breachOf(pathPart(req, 'reference'))
  return { breach, home: urlOf(breach), stored: proposed(breach, contextOf(req).locale) }
}

/** What has been written already is proposed, and looked over before it becomes the record. */
function proposed({ closing, content, report }: Breach, locale: 'da' | 'en'): ClosingRecord {
  return (
    closing ?? {
      facts: wordsIn(content.nature, locale) || report,
      effects: wordsIn(content.consequences, locale),
      remedy: wordsIn(content.measures, locale),
      lesson: '',
    }
  )
}
