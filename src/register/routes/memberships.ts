import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import {
  addMembership,
  checkMemberships,
  decisionAsked,
  endMembership,
  lawNow,
} from '../../transfers/actions.js'
import { readJoining, readLeaving } from '../../transfers/form.js'
import {
  afterLeaving,
  countryName,
  countryOf,
  lawWith,
  newMembership,
  regionOf,
} from '../../transfers/rules.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith } from '../../web/page.js'
import { membershipChanged } from '../actions/standing.js'
import { readVersion } from '../form.js'
import { preview } from './decision-preview.js'
import { parameter, showForm, type FormPage, type Ports } from './ports.js'

/** Who comes into the EEA and who leaves it: shown with all that follows, and done once that is confirmed. */
export function membershipRoutes(router: Router, ports: Ports): void {
  router.post('/countries/memberships/check', may('register:write'), async (req, res) => {
    await checkMemberships(contextOf(req))
    redirectWith(req, res, '/countries?state=eea', 'law:flash.memberships-checked')
  })

  router.get('/countries/:code/memberships/new', may('register:write'), async (req, res) => {
    await showForm(req, res, joiningPage(req))
  })

  router.post('/countries/:code/memberships', may('register:write'), async (req, res) => {
    const code = stateAsked(req)
    await answer(
      readJoining(req.body),
      (wrong) => showForm(req, res, joiningPage(req), wrong),
      async ({ confirmed, ...input }) => {
        const context = contextOf(req)
        if (!confirmed) {
          const law = await lawNow()
          const decision = { _id: 'new', ...newMembership(code, input, context.today, null) }
          return preview(req, res, decision, law, lawWith(law, decision), input.from, 'join', ports)
        }
        const { _id } = await addMembership(context, code, input)
        await membershipChanged(code)
        redirectWith(req, res, `/decisions/${_id}`, 'law:flash.member-added')
      },
    )
  })

  router.get('/decisions/:id/leave', may('register:write'), async (req, res) => {
    await showForm(req, res, await leavingPage(req))
  })

  router.post('/decisions/:id/leave', may('register:write'), async (req, res) => {
    const decision = await membershipAsked(req)
    await answer(
      readLeaving(req.body, decision.from),
      async (wrong) => showForm(req, res, await leavingPage(req), wrong),
      async ({ leaving, because, confirmed }) => {
        const context = contextOf(req)
        const after = { ...decision, ...afterLeaving(decision, leaving) }
        if (!confirmed) {
          const law = await lawNow()
          return preview(req, res, decision, law, lawWith(law, after), after.ended.on, 'leave', ports)
        }
        const which = { id: decision._id, version: readVersion(req.body) }
        await endMembership(context, which, { ...leaving, because })
        await membershipChanged(decision.country)
        redirectWith(req, res, `/decisions/${decision._id}`, 'law:flash.left')
      },
    )
  })
}

async function membershipAsked(req: Request) {
  const decision = await decisionAsked(parameter(req, 'id'))
  if (decision.kind !== 'membership') throw new NotFound()
  return decision
}

function stateAsked(req: Request): string {
  const code = parameter(req, 'code')
  if (!countryOf(code) || regionOf(code) !== null) throw new NotFound()
  return code
}

function joiningPage(req: Request): FormPage {
  const code = stateAsked(req)
  const values = {
    name: countryName(code, req.locale),
    back: `/countries/${code}`,
    action: `/countries/${code}/memberships`,
  }
  return { view: 'register/membership-new', values }
}

async function leavingPage(req: Request): Promise<FormPage> {
  const decision = await membershipAsked(req)
  const values = {
    name: decision.name[req.locale] || decision.number,
    back: `/decisions/${decision._id}`,
    action: `/decisions/${decision._id}/leave`,
  }
  return { view: 'register/membership-end', record: decision, values }
}
