import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { customerByReference } from '../../customers/actions.js'
import { contextOf, redirectWith } from '../../web/page.js'
import { acceptBaseline, approvalCounts, runningEngagements } from '../actions.js'
import { readBaseline } from '../form.js'
import { baselineChoices } from '../page.js'
import { customersLackingList } from '../records.js'
import { acceptingOn, type AcceptingCustomer } from '../rules.js'
import { answer, queried, showForm, type FormPage } from './ports.js'

/** The list accepted at signing: of one customer, or of all that have none on record yet. */
export function baselineRoutes(router: Router): void {
  router.get('/register/baseline', may('register:read'), async (req, res) => {
    await showForm(req, res, await baselinePage(req))
  })

  router.post('/register/baseline', may('register:write'), async (req, res) => {
    const context = contextOf(req)
    const customers = await customersAsked(req)
    await answer(
      readBaseline(req.body, context.today),
      async (wrong) => showForm(req, res, await baselinePage(req), wrong),
      async ({ engagements, on }) => {
        const chosen = (await runningEngagements('sub-processor')).filter(({ _id }) =>
          engagements.includes(_id),
        )
        await acceptBaseline(context, acceptingOn(customers, on), chosen)
        const customer = queried(req, 'customer')
        redirectWith(
          req,
          res,
          customer ? `/register?customer=${customer}` : '/register',
          'register:baseline.saved',
          {
            count: customers.length,
          },
        )
      },
    )
  })
}

async function customersAsked(req: Request): Promise<AcceptingCustomer[]> {
  const reference = queried(req, 'customer')
  return reference ? [await customerByReference(reference)] : customersLackingList(contextOf(req).today)
}

async function baselinePage(req: Request): Promise<FormPage> {
  const { today, locale } = contextOf(req)
  const [customers, running, counts] = await Promise.all([
    customersAsked(req),
    runningEngagements('sub-processor'),
    approvalCounts(today),
  ])
  const reference = queried(req, 'customer')
  return {
    view: 'register/baseline',
    values: {
      customer: reference ? customers[0] : null,
      action: reference ? `/register/baseline?customer=${reference}` : '/register/baseline',
      ...baselineChoices(customers, running, counts, locale),
    },
  }
}
