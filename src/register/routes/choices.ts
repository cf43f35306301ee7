import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { pickRoute } from '../../lists/picker.js'
import { queried } from '../../web/answer.js'
import { contextOf } from '../../web/page.js'
import { engagementsToPick, vendorsToPick } from '../actions/pick.js'
import { roles } from '../rules.js'

/** What boxes that choose a vendor or an engagement ask while somebody types. */
export function choicesRoutes(router: Router): void {
  pickRoute(router, '/choices/vendors', may('register:read'), (req) =>
    vendorsToPick(contextOf(req), 'reference'),
  )
  pickRoute(router, '/choices/engagements', may('register:read'), (req) => {
    const role = roles.find((each) => each === queried(req, 'role'))
    return engagementsToPick(contextOf(req), 'reference', role === undefined ? {} : { role })
  })
}
