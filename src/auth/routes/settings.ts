import { Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { locales } from '../../base/context.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { readOrganisationForm } from '../form.js'
import { may } from '../guards.js'
import { editOrganisation, organisation } from '../organisation.js'
import { organisationId } from '../organisation-rules.js'

export const settingsRoutes: Router = Router()

settingsRoutes.get('/settings', may('settings:write'), async (req, res) => {
  const values = {
    stored: await organisation(),
    locales,
    history: await historyOf('organisation', organisationId),
  }
  await renderPage(req, res, 'auth/settings', values)
})

settingsRoutes.post('/settings', may('settings:write'), async (req, res) => {
  const read = readOrganisationForm(req.body)
  if (read.problems) {
    const values = {
      stored: await organisation(),
      locales,
      history: await historyOf('organisation', organisationId),
    }
    return renderPage(
      req,
      res,
      'auth/settings',
      { ...values, problems: read.problems, typed: req.body as unknown },
      422,
    )
  }
  await editOrganisation(contextOf(req), read.input)
  redirectWith(req, res, '/settings', 'auth:settings.saved')
})
