import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { models, presentModel, setModel } from '../actions.js'
import { readModel } from '../form.js'
import { modelForm, modelPage } from '../page.js'

export function modelRoutes(router: Router): void {
  router.get('/supervision/model', may('supervision:read'), async (req, res) => {
    await renderPage(req, res, 'supervision/model', modelPage(await models(), req.locale))
  })

  router.get('/supervision/model/edit', may('supervision:conclude'), async (req, res) => {
    await renderPage(req, res, 'supervision/model-form', await formValues(req))
  })

  router.post('/supervision/model/edit', may('supervision:conclude'), async (req, res) => {
    const again = { view: 'supervision/model-form', values: () => formValues(req) }
    await answerOn(req, res, readModel(req.body), again, async (input) => {
      await setModel(contextOf(req), input)
      redirectWith(req, res, '/supervision/model', 'supervision:flash.model')
    })
  })
}

async function formValues(req: Request): Promise<PageValues> {
  return modelForm(await presentModel(), req.locale)
}
