import { Router, type Request, type Response } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { locales } from '../../base/context.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import {
  addPerson,
  disablePerson,
  editPerson,
  enablePerson,
  personToShow,
  renewPasswordLink,
  staffMembers,
} from '../actions/people.js'
import { takeSecondFactorOff } from '../actions/second-factor.js'
import { confirmedBy, notConfirmed } from '../confirming.js'
import { readPersonForm, readTakingOff } from '../form.js'
import { may } from '../guards.js'
import { personRows, personShown } from '../page.js'
import { roles } from '../permissions.js'

export const peopleRoutes: Router = Router()

peopleRoutes.get('/people', may('people:read'), async (req, res) => {
  await renderPage(req, res, 'auth/people', { people: personRows(await staffMembers()) })
})

peopleRoutes.get('/people/new', may('people:write'), async (req, res) => {
  await renderPage(req, res, 'auth/person-form', { of: null, roles, locales })
})

peopleRoutes.post('/people', may('people:write'), async (req, res) => {
  const again = (more: PageValues, status: number) =>
    renderPage(
      req,
      res,
      'auth/person-form',
      { of: null, roles, locales, typed: req.body as unknown, ...more },
      status,
    )
  const read = readPersonForm(req.body)
  if (read.problems) return again({ problems: read.problems }, 422)
  try {
    const { person, token } = await addPerson(contextOf(req), read.input)
    await showPasswordLink(req, res, person, token)
  } catch (error) {
    await again({ refusal: refusalOf(error) }, 409)
  }
})

peopleRoutes.get('/people/:id', may('people:read'), async (req, res) =>
  showPerson(req, res, pathPart(req, 'id')),
)

peopleRoutes.get('/people/:id/edit', may('people:write'), async (req, res) => {
  await renderPage(req, res, 'auth/person-form', {
    of: await personToShow(pathPart(req, 'id')),
    roles,
    locales,
  })
})

peopleRoutes.post('/people/:id/edit', may('people:write'), async (req, res) => {
  const of = await personToShow(pathPart(req, 'id'))
  const again = (more: PageValues, status: number) =>
    renderPage(
      req,
      res,
      'auth/person-form',
      { of, roles, locales, typed: req.body as unknown, ...more },
      status,
    )
  const read = readPersonForm(req.body)
  if (read.problems) return again({ problems: read.problems }, 422)
  try {
    await editPerson(contextOf(req), of._id, read.input)
    redirectWith(req, res, `/people/${of._id}`, 'auth:people.saved')
  } catch (error) {
    await again({ refusal: refusalOf(error) }, 409)
  }
})

peopleRoutes.post('/people/:id/password-link', may('people:write'), async (req, res) => {
  const { person, token } = await renewPasswordLink(contextOf(req), pathPart(req, 'id'))
  await showPasswordLink(req, res, person, token)
})

peopleRoutes.post('/people/:id/disable', may('people:write'), async (req, res) => {
  try {
    await disablePerson(contextOf(req), pathPart(req, 'id'))
    redirectWith(req, res, `/people/${pathPart(req, 'id')}`, 'auth:people.disabled')
  } catch (error) {
    await showPerson(req, res, pathPart(req, 'id'), { refusal: refusalOf(error) }, 409)
  }
})

peopleRoutes.post('/people/:id/enable', may('people:write'), async (req, res) => {
  await enablePerson(contextOf(req), pathPart(req, 'id'))
  redirectWith(req, res, `/people/${pathPart(req, 'id')}`, 'auth:people.enabled')
})

peopleRoutes.post('/people/:id/second-factor-off', may('people:write'), async (req, res) => {
  const id = pathPart(req, 'id')
  const { person } = req
  if (!person) throw new Error('a page behind may() without a person')
  const again = (more: PageValues, status: number) =>
    showPerson(req, res, id, { typed: req.body as unknown, ...more }, status)
  const read = readTakingOff(req.body, person)
  if (read.problems) return again({ problems: read.problems }, 422)
  if (!(await confirmedBy(req, contextOf(req), read.input)))
    return again({ problems: notConfirmed(person) }, 422)
  try {
    await takeSecondFactorOff(contextOf(req), id, read.input.because)
    redirectWith(req, res, `/people/${id}`, 'second-factor:flash.taken-off')
  } catch (error) {
    await again({ refusal: refusalOf(error) }, 409)
  }
})

async function showPerson(
  req: Request,
  res: Response,
  id: string,
  more: PageValues = {},
  status = 200,
): Promise<void> {
  const values = { of: personShown(await personToShow(id)), history: await historyOf('person', id) }
  await renderPage(req, res, 'auth/person', { ...values, ...more }, status)
}

// Shown once, in the answer itself: the token is kept nowhere, so no redirect can bring it.
async function showPasswordLink(
  req: Request,
  res: Response,
  of: { _id: string; name: string },
  token: string,
): Promise<void> {
  await renderPage(
    req,
    res,
    'auth/password-link',
    { of, address: `${req.house.config.baseUrl}/password/${token}` },
    201,
  )
}
