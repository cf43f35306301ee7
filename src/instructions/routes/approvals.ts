import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { isDay } from '../../base/day.js'
import { customersToPick } from '../../customers/actions.js'
import { pickersFor, pickIn, type PickField } from '../../lists/picker.js'
import { engagementsToPick } from '../../register/actions.js'
import { queried } from '../../web/answer.js'
import { contextOf, renderPage } from '../../web/page.js'
import { approvalsToShow, instructionsToList } from '../actions.js'
import { approvalRow, groundsOfCustomer, instructionRow } from '../page.js'

/** On what does this stand, on that day: approvals with their notices, and the instructions beside them. */
export function approvalRoutes(router: Router): void {
  router.get('/approvals', may('requests:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const asked = queried(req, 'on')
    const on = isDay(asked) ? asked : today
    // What was typed may be a name that fits several: then the boxes offer those.
    const fields = boxes(req)
    const picks = await pickIn(req.query, fields)
    const chosen = (field: string) => picks.found.get(field)?.chosen?.value ?? ''
    const [customer, engagement] = [chosen('customer'), chosen('engagement')]
    const nothing = customer === '' && engagement === ''
    const [pickers, shown, instructions] = await Promise.all([
      pickersFor(fields, picks),
      approvalsToShow({ customer, engagement, on }, queried(req, 'page') || undefined),
      nothing
        ? null
        : instructionsToList(
            { q: '', state: '', subject: '', country: '', customer, engagement, on },
            undefined,
          ),
    ])
    const at = (cursor: string | null) =>
      cursor && `/approvals?${new URLSearchParams({ customer, engagement, on, page: cursor }).toString()}`
    await renderPage(req, res, 'instructions/approvals', {
      pickers,
      problems: picks.problems,
      typed: req.query,
      on,
      today,
      nothing,
      ...groundsOfCustomer(shown, { locale, zone: req.house.config.zone }),
      rows: shown.rows.map((row) => approvalRow(row, { locale, zone: req.house.config.zone })),
      instructions: (instructions?.rows ?? []).map((each) => instructionRow(each, { on, locale })),
      paging: { count: shown.count, next: at(shown.next), previous: at(shown.previous) },
    })
  })
}

function boxes(req: Request): PickField[] {
  const context = contextOf(req)
  return [
    { field: 'customer', source: customersToPick(context, 'reference') },
    { field: 'engagement', source: engagementsToPick(context, 'reference') },
  ]
}
