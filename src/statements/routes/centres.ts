import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { textIn } from '../../i18n/texts.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { centresNow, setSettings, settingsNow } from '../actions.js'
import { readSettingsForm } from '../form.js'
import { centresPage, equivalentChoices, sortInWords } from '../page.js'

export function centreRoutes(router: Router): void {
  router.get('/statements/data-centres', may('supervision:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const settings = await settingsNow()
    const t = textIn(locale)
    await renderPage(req, res, 'statements/data-centres', {
      ...centresPage(await centresNow(today), today, locale, settings.terms),
      equivalents: settings.equivalents.map((sort) => sortInWords(sort, t)).join('; '),
      clause: settings.clause,
    })
  })

  router.get('/statements/settings', may('supervision:read'), async (req, res) => {
    await renderPage(req, res, 'statements/settings', await settingsValues(req))
  })

  router.post('/statements/settings', may('supervision:conclude'), async (req, res) => {
    const again = { view: 'statements/settings', values: () => settingsValues(req) }
    await answerOn(req, res, readSettingsForm(req.body), again, async (input) => {
      await setSettings(contextOf(req), input)
      redirectWith(req, res, '/statements/settings', 'statements:flash.settings')
    })
  })
}

async function settingsValues(req: Request): Promise<PageValues> {
  const { terms, equivalents, clause } = await settingsNow()
  return {
    stored: { ...terms, equivalents, clause },
    choices: equivalentChoices(textIn(req.locale)),
    history: await historyOf('statement-settings', 'statement-settings'),
  }
}
