import { Router } from 'express'
import { caseRoutes } from './routes/case.js'
import { listRoutes } from './routes/list.js'
import { newRoutes } from './routes/new.js'
import type { RequestPorts } from './routes/ports.js'
import { stepRoutes } from './routes/steps.js'
import { termsRoutes } from './routes/terms.js'

/** `ports`: what rooms above have to hand over. */
export function requestsRoutes(ports: RequestPorts): Router {
  const router = Router()
  listRoutes(router)
  // Before the references: `new` is none.
  newRoutes(router)
  termsRoutes(router)
  caseRoutes(router, ports)
  stepRoutes(router, ports)
  return router
}
