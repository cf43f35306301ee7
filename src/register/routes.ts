import { Router } from 'express'
import { baselineRoutes } from './routes/baseline.js'
import { differencesRoutes } from './routes/differences.js'
import { engagementRoutes } from './routes/engagements.js'
import { listRoutes } from './routes/list.js'
import type { Ports } from './routes/ports.js'
import { serviceRoutes } from './routes/services.js'
import { vendorRoutes } from './routes/vendors.js'

export type { Panel, Ports } from './routes/ports.js'
export { customerListPanel } from './routes/panel.js'

/** `ports`: what rooms above show on an engagement's page and below a customer's list. */
export function registerRoutes(ports: Ports = {}): Router {
  const router = Router()
  listRoutes(router, ports)
  baselineRoutes(router)
  differencesRoutes(router)
  vendorRoutes(router)
  engagementRoutes(router, ports)
  serviceRoutes(router)
  return router
}
