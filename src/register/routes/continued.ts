import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { contextOf, redirectWith } from '../../web/page.js'
import { planChange } from '../actions.js'
import { parameter } from './ports.js'

/** Where on the form the part stands that is to change. */
const parts = new Map([
  ['new-activity', 'field-activity-da'],
  ['new-place', 'field-storageCountries'],
  ['new-basis', 'transfers'],
])

/** "Plan a change" of what customers have approved: one click, and the copy is there to be edited. */
export function continuedRoutes(router: Router): void {
  router.post('/engagements/:reference/changes', may('register:write'), async (req, res) => {
    const { reference } = await planChange(contextOf(req), parameter(req, 'reference'))
    const part = parts.get(String((req.body as Record<string, unknown> | undefined)?.['change'])) ?? ''
    redirectWith(req, res, `/engagements/${reference}/edit${part && `#${part}`}`, 'changes:flash.planned')
  })
}
