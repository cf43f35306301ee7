import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { departureSettingsNow, setDepartureSettings } from '../actions.js'
import { readSettings } from '../form.js'

const emptyRows = 2

export function settingsRoutes(router: Router): void {
  router.get('/departures/settings', may('settings:write'), async (req, res) => {
    await renderPage(req, res, 'departures/settings', await settingsValues())
  })

  router.post('/departures/settings', may('settings:write'), async (req, res) => {
    const again = { view: 'departures/settings', values: settingsValues }
    await answerOn(req, res, readSettings(req.body), again, async (input) => {
      await setDepartureSettings(contextOf(req), input)
      redirectWith(req, res, '/departures', 'departures:flash.settings')
    })
  })
}

async function settingsValues(): Promise<PageValues> {
  const settings = await departureSettingsNow()
  const none = { id: '', rule: { da: '', en: '' }, data: { da: '', en: '' }, months: '' }
  return { settings, rows: [...settings.retentions, ...Array.from({ length: emptyRows }, () => none)] }
}
