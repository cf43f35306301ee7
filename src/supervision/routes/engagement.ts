import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { queried, answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import { actFile, confirmScore, noteAct, supervisionToShow } from '../actions.js'
import { readAct, readScore } from '../form.js'
import { engagementPage, scoreForm } from '../page.js'
import { publishedModel } from '../rules.js'

const base = '/supervision/engagements/:reference'

export function engagementRoutes(router: Router): void {
  router.get(base, may('supervision:read'), async (req, res) => {
    await renderPage(req, res, 'supervision/engagement', await pageValues(req))
  })

  router.get(`${base}/files/:file`, may('files:read'), async (req, res) => {
    await sendFile(res, await actFile(pathPart(req, 'reference'), pathPart(req, 'file')))
  })

  router.get(`${base}/score`, may('supervision:conclude'), async (req, res) => {
    await renderPage(req, res, 'supervision/score', await formValues(req))
  })

  router.post(`${base}/score`, may('supervision:conclude'), async (req, res) => {
    const reference = pathPart(req, 'reference')
    const { proposal, models } = await shownOf(req)
    const read = readScore(req.body, proposal, models[0] ?? publishedModel)
    const again = { view: 'supervision/score', values: () => formValues(req) }
    await answerOn(req, res, read, again, async (input) => {
      await confirmScore(contextOf(req), reference, input)
      redirectWith(req, res, `/supervision/engagements/${reference}`, 'supervision:flash.scored')
    })
  })

  router.post(
    `${base}/acts`,
    may('supervision:conclude'),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req, res) => {
      const reference = pathPart(req, 'reference')
      const context = contextOf(req)
      const [file] = uploaded(req, 'file')
      const again = { view: 'supervision/engagement', values: () => pageValues(req) }
      await answerOn(req, res, readAct(req.body, context.today), again, async (input) => {
        await noteAct(context, reference, input, file)
        redirectWith(req, res, `/supervision/engagements/${reference}`, 'supervision:flash.noted')
      })
    },
  )
}

function yearAsked(req: Request): number {
  const present = Number(contextOf(req).today.slice(0, 4))
  const year = Number(queried(req, 'year'))
  return Number.isInteger(year) && year >= 2018 && year <= present + 1 ? year : present
}

function shownOf(req: Request) {
  return supervisionToShow(contextOf(req), pathPart(req, 'reference'), yearAsked(req))
}

async function pageValues(req: Request): Promise<PageValues> {
  const shown = await shownOf(req)
  return { ...engagementPage(shown, yearAsked(req), req.locale), history: shown.history }
}

async function formValues(req: Request): Promise<PageValues> {
  return scoreForm(await shownOf(req), req.locale)
}
