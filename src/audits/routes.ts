import { Router } from 'express'
import { caseRoutes } from './routes/case.js'
import { controlRoutes } from './routes/control.js'
import { figureRoutes } from './routes/figures.js'
import { listRoutes } from './routes/list.js'
import { paperRoutes } from './routes/papers.js'
import { partRoutes } from './routes/parts.js'
import { reviewRoutes } from './routes/review.js'
import { revisitedRoutes } from './routes/revisited.js'
import { sendingRoutes } from './routes/sending.js'
import { severalRoutes } from './routes/several.js'
import { signingRoutes } from './routes/signing.js'

/** The yearly internal audit (DPA C.7). */
export function auditsRoutes(): Router {
  const router = Router()
  // Before the references: `new` is none.
  listRoutes(router)
  caseRoutes(router)
  // Before the controls: `leave-out` is none.
  severalRoutes(router)
  controlRoutes(router)
  partRoutes(router)
  revisitedRoutes(router)
  figureRoutes(router)
  reviewRoutes(router)
  signingRoutes(router)
  paperRoutes(router)
  sendingRoutes(router)
  return router
}
