import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { newId } from '../../base/ids.js'
import { customersToPick } from '../../customers/actions.js'
import { textIn } from '../../i18n/texts.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { engagementsToPick } from '../../register/actions.js'
import { answerOn, queried, typedText } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { departuresToList, openByHand } from '../actions.js'
import { readNew } from '../form.js'
import { departureRow, urlOf } from '../page.js'
import { causes, departureStates } from '../rules.js'

const states = ['running', 'overdue', ...departureStates, 'all'] as const

export function listRoutes(router: Router): void {
  router.get('/departures', may('departures:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const t = textIn(locale)
    const q = queried(req, 'q').slice(0, 200)
    const show = states.find((each) => each === queried(req, 'state')) ?? 'running'
    const cause = causes.find((each) => each === queried(req, 'cause')) ?? ''
    const page = await departuresToList(
      {
        q,
        state: show === 'all' || show === 'overdue' ? '' : show,
        cause,
        overdueBy: show === 'overdue' ? today : null,
      },
      queried(req, 'page') || undefined,
    )
    const at = (cursor: string | null) =>
      cursor && `/departures?${new URLSearchParams({ q, state: show, cause, page: cursor }).toString()}`
    await renderPage(req, res, 'departures/list', {
      rows: page.rows.map((departure) => departureRow(departure, { today, locale })),
      q,
      show,
      cause,
      states: states.map((value) => ({ value, text: t(`departures:show.${value}`) })),
      causes: causes.map((value) => ({ value, text: t(`departures:cause.${value}`) })),
      narrowed: q !== '' || show !== 'running' || cause !== '',
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })

  router.get('/departures/new', may('departures:write'), async (req, res) => {
    await renderPage(req, res, 'departures/new', await newValues(req))
  })

  router.post('/departures/new', may('departures:write'), async (req, res) => {
    const picks = await pickIn(req.body, boxes(req))
    const again = { view: 'departures/new', values: () => newValues(req, picks) }
    await answerOn(req, res, withPicks(readNew(picks.body), picks), again, async (input) => {
      const departure = await openByHand(contextOf(req), input)
      redirectWith(req, res, urlOf(departure), 'departures:flash.opened', { reference: departure.reference })
    })
  })
}

async function newValues(req: Request, picks?: Picks): Promise<PageValues> {
  const [customer, engagement] = boxes(req)
  return {
    once: typedText(req, 'once') || newId(),
    pickers: await pickersFor(
      [
        { ...(customer as PickField), stored: queried(req, 'customer') || null },
        { ...(engagement as PickField), stored: queried(req, 'engagement') || null },
      ],
      picks,
    ),
    today: contextOf(req).today,
  }
}

function boxes(req: Request): PickField[] {
  return [
    { field: 'customer', source: customersToPick(contextOf(req), 'reference') },
    {
      field: 'engagement',
      source: engagementsToPick(contextOf(req), 'reference', { role: 'sub-processor' }),
    },
  ]
}
