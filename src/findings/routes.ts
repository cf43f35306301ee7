import { Router } from 'express'
import { caseRoutes } from './routes/case.js'
import { listRoutes } from './routes/list.js'
import { newRoutes } from './routes/new.js'
import type { FindingPorts } from './routes/ports.js'
import { stepRoutes } from './routes/steps.js'
import { vendorRoutes } from './routes/vendor.js'

/** `ports`: what rooms above know of where a finding came from. */
export function findingsRoutes(ports: FindingPorts): Router {
  const router = Router()
  listRoutes(router)
  // Before the references: `new` is none.
  newRoutes(router)
  caseRoutes(router, ports)
  stepRoutes(router, ports)
  vendorRoutes(router)
  return router
}
