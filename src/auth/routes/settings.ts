import { Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { locales } from '../../base/context.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { staffMembers } from '../actions/people.js'
import { requireSecondFactor, rolesWithSecondFactor } from '../actions/second-factor-for.js'
import { readOrganisationForm, readSecondFactorFor } from '../form.js'
import { may } from '../guards.js'
import { editOrganisation, organisation } from '../organisation.js'
import { organisationId } from '../organisation-rules.js'
import { secondFactorsByRole } from '../page.js'
import { roles } from '../permissions.js'

export const settingsRoutes: Router = Router()

settingsRoutes.get('/settings', may('settings:write'), async (req, res) => {
  await renderPage(req, res, 'auth/settings', await settingsValues())
})

settingsRoutes.post('/settings', may('settings:write'), async (req, res) => {
  const read = readOrganisationForm(req.body)
  if (read.problems) {
    const typed = { problems: read.problems, typed: req.body as unknown }
    return renderPage(req, res, 'auth/settings', { ...(await settingsValues()), ...typed }, 422)
  }
  await editOrganisation(contextOf(req), read.input)
  redirectWith(req, res, '/settings', 'auth:settings.saved')
})

settingsRoutes.get('/settings/second-factor', may('settings:write'), async (req, res) => {
  await renderPage(req, res, 'auth/second-factor-for', await secondFactorValues())
})

settingsRoutes.post('/settings/second-factor', may('settings:write'), async (req, res) => {
  const read = readSecondFactorFor(req.body)
  if (read.problems) {
    const values = { ...(await secondFactorValues()), problems: read.problems }
    return renderPage(req, res, 'auth/second-factor-for', values, 422)
  }
  // In the order of the house, whatever order they came in.
  const chosen = roles.filter((role) => read.input.roles.includes(role))
  await requireSecondFactor(contextOf(req), chosen)
  redirectWith(req, res, '/settings/second-factor', 'auth:settings.saved')
})

async function settingsValues(): Promise<PageValues> {
  return {
    stored: await organisation(),
    locales,
    required: await rolesWithSecondFactor(),
    history: await historyOf('organisation', organisationId),
  }
}

async function secondFactorValues(): Promise<PageValues> {
  return {
    required: await rolesWithSecondFactor(),
    byRole: secondFactorsByRole(await staffMembers(), roles),
  }
}
