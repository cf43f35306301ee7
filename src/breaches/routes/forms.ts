import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { allServices, engagementsOfVendor } from '../../register/actions.js'
import { answerOn, typedText } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { breachOf, breachToShow, correctTimes, judgeRisk, saveContent, saveDetails } from '../actions.js'
import { readContent, readDetails, readRisk, readTimes } from '../form.js'
import { detailsPage, noticePage, riskPage, urlOf } from '../page.js'
import { readingOf, wallOf } from './shared.js'

const base = '/breaches/:reference'

/** What is filled in on a page of its own: whose and when, what customers are told, the risk. */
export function formRoutes(router: Router): void {
  const details = (req: Request) => ({ view: 'breaches/details', values: () => detailsValues(req) })

  router.get(`${base}/details`, may('breaches:write'), async (req, res) => {
    await renderPage(req, res, 'breaches/details', await detailsValues(req))
  })

  router.post(`${base}/details`, may('breaches:write'), async (req, res) => {
    const context = contextOf(req)
    await answerOn(
      req,
      res,
      readDetails(req.body, context.today, wallOf(req)),
      details(req),
      async (input) => {
        const breach = await saveDetails(context, pathPart(req, 'reference'), input)
        redirectWith(req, res, urlOf(breach), 'breaches:flash.assessed')
      },
    )
  })

  router.post(`${base}/times`, may('breaches:write'), async (req, res) => {
    await answerOn(req, res, readTimes(req.body, wallOf(req)), details(req), async (input) => {
      const breach = await correctTimes(contextOf(req), pathPart(req, 'reference'), input)
      redirectWith(req, res, urlOf(breach), 'breaches:flash.times')
    })
  })

  router.get(`${base}/notice`, may('breaches:read'), async (req, res) => {
    await renderPage(req, res, 'breaches/notice', await noticeValues(req))
  })

  router.post(`${base}/notice`, may('breaches:write'), async (req, res) => {
    const again = { view: 'breaches/notice', values: () => noticeValues(req) }
    await answerOn(req, res, readContent(req.body), again, async (input) => {
      const breach = await saveContent(contextOf(req), pathPart(req, 'reference'), input, stampIn(req))
      redirectWith(req, res, `${urlOf(breach)}/notice#send`, 'breaches:flash.words')
    })
  })

  router.get(`${base}/risk`, may('breaches:read'), async (req, res) => {
    await renderPage(req, res, 'breaches/risk', await riskValues(req))
  })

  router.post(`${base}/risk`, may('breaches:write'), async (req, res) => {
    const again = { view: 'breaches/risk', values: () => riskValues(req) }
    await answerOn(req, res, readRisk(req.body), again, async (input) => {
      const breach = await judgeRisk(contextOf(req), pathPart(req, 'reference'), input)
      redirectWith(req, res, `${urlOf(breach)}#risk`, 'breaches:flash.risk')
    })
  })
}

/** Which words the page showed; a form without it, as of an older page, is taken. */
export function stampIn(req: Request): string | undefined {
  return typedText(req, 'seen') || undefined
}

async function detailsValues(req: Request): Promise<PageValues> {
  const breach = await breachOf(pathPart(req, 'reference'))
  const [services, offered] = await Promise.all([
    allServices(),
    breach.vendor ? engagementsOfVendor(breach.vendor) : [],
  ])
  return { ...detailsPage(breach, offered, services, readingOf(req)), today: contextOf(req).today }
}

export async function noticeValues(req: Request): Promise<PageValues> {
  const everybody = { q: '', told: null, standing: 'affected' as const }
  const shown = await breachToShow(pathPart(req, 'reference'), everybody, undefined)
  const example = shown.customers.rows[0]?.customerReference ?? null
  return noticePage(shown.breach, shown.standing, example, readingOf(req))
}

async function riskValues(req: Request): Promise<PageValues> {
  const breach = await breachOf(pathPart(req, 'reference'))
  const groups = (req.body as { groups?: unknown } | undefined)?.groups
  const typed = Array.isArray(groups) ? groups.length : 0
  return riskPage(breach, typed, readingOf(req))
}
