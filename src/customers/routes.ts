import { Router } from 'express'
import { agreementRoutes } from './routes/agreement.js'
import { choicesRoutes } from './routes/choices.js'
import { contactRoutes } from './routes/contacts.js'
import { customerRoutes } from './routes/customer.js'
import { listRoutes } from './routes/list.js'
import type { Ports } from './routes/ports.js'
import { severalRoutes } from './routes/several.js'
import { serviceRoutes } from './routes/services.js'

export type { Panel, Ports } from './routes/ports.js'

/** What this room cannot see itself, since it stands above: the services by name, and what other rooms know of a customer. */
export function customersRoutes(ports: Ports): Router {
  const router = Router()
  listRoutes(router, ports)
  choicesRoutes(router)
  severalRoutes(router, ports)
  customerRoutes(router, ports)
  agreementRoutes(router)
  contactRoutes(router)
  serviceRoutes(router, ports)
  return router
}
