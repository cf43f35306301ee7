import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { pickRoute } from '../../lists/picker.js'
import { contextOf } from '../../web/page.js'
import { customersToPick } from '../actions/pick.js'

/** What boxes that choose a customer ask while somebody types. */
export function choicesRoutes(router: Router): void {
  pickRoute(router, '/choices/customers', may('customers:read'), (req) =>
    customersToPick(contextOf(req), 'reference'),
  )
}
