import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { customerByReference } from '../../customers/actions.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { answer, queried } from '../../web/answer.js'
import { contextOf, redirectWith } from '../../web/page.js'
import { acceptBaseline, approvalCounts, engagementsToPick, runningEngagements } from '../actions.js'
import { readBaseline } from '../form.js'
import { baselineChoices } from '../page.js'
import { customersLackingList } from '../records.js'
import { acceptingOn, type AcceptingCustomer } from '../rules.js'
import { showForm, showWithRow, type FormPage } from './ports.js'

/** The list accepted at signing: of one customer, or of all that have none on record yet. */
export function baselineRoutes(router: Router): void {
  router.get('/register/baseline', may('register:read'), async (req, res) => {
    await showForm(req, res, await baselinePage(req))
  })

  router.post('/register/baseline', may('register:write'), async (req, res) => {
    const context = contextOf(req)
    const customers = await customersAsked(req)
    const picks = await pickIn(req.body, namedBoxes(req))
    if (isAddingBoxes(req)) return showWithRow(req, res, await baselinePage(req, picks))
    await answer(
      withPicks(readBaseline(await chosenIn(req, picks), context.today), picks),
      async (wrong) => showForm(req, res, await baselinePage(req, picks), wrong),
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

const boxesShown = 5
const mostBoxes = 100

/** Where there are too many to tick, those that stood on the list are named, each in a box of its own. */
function namedBoxes(req: Request): PickField[] {
  const body = (req.body ?? {}) as Record<string, unknown>
  const typed = Array.isArray(body['named']) ? body['named'].length : 0
  const count = Math.min(mostBoxes, Math.max(boxesShown, typed) + (isAddingBoxes(req) ? boxesShown : 0))
  const source = engagementsToPick(contextOf(req), 'id', { role: 'sub-processor' })
  return Array.from({ length: count }, (_, row) => ({ field: `named.${row}.engagement`, source }))
}

function isAddingBoxes({ body }: Request): boolean {
  return ((body ?? {}) as Record<string, unknown>)['add'] === 'named'
}

/** The form as its reader takes it: those that were ticked, or were named, or all that are offered. */
async function chosenIn(req: Request, picks: Picks): Promise<Record<string, unknown>> {
  const { which } = picks.body
  if (which === 'all') return { ...picks.body, engagements: (await offered(req)).chosen }
  if (which !== 'named') return picks.body
  const named = [...picks.found.values()].flatMap(({ chosen }) => (chosen ? [chosen.value] : []))
  return { ...picks.body, engagements: [...new Set(named)] }
}

async function offered(req: Request) {
  const { today, locale } = contextOf(req)
  const [customers, running, counts] = await Promise.all([
    customersAsked(req),
    runningEngagements('sub-processor'),
    approvalCounts(today),
  ])
  return { customers, ...baselineChoices(customers, running, counts, locale) }
}

async function baselinePage(req: Request, picks?: Picks): Promise<FormPage> {
  const { customers, ...choices } = await offered(req)
  const reference = queried(req, 'customer')
  const boxes = choices.many ? namedBoxes(req) : []
  return {
    view: 'register/baseline',
    values: {
      customer: reference ? customers[0] : null,
      action: reference ? `/register/baseline?customer=${reference}` : '/register/baseline',
      boxes: boxes.map(({ field }) => field),
      pickers: await pickersFor(boxes, picks),
      ...choices,
    },
  }
}
