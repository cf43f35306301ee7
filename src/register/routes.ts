import { Router } from 'express'
import { baselineRoutes } from './routes/baseline.js'
import { chainRoutes } from './routes/chain.js'
import { choicesRoutes } from './routes/choices.js'
import { continuedRoutes } from './routes/continued.js'
import { contractCopyRoutes, contractRoutes } from './routes/contracts.js'
import { approvalCorrectionRoutes } from './routes/approval-corrections.js'
import { correctionRoutes } from './routes/corrections.js'
import { countryRoutes } from './routes/countries.js'
import { decisionRoutes } from './routes/decisions.js'
import { membershipRoutes } from './routes/memberships.js'
import { differencesRoutes } from './routes/differences.js'
import { engagementMapRoutes } from './routes/engagement-map.js'
import { engagementRoutes } from './routes/engagements.js'
import { listRoutes } from './routes/list.js'
import { listsRoutes } from './routes/lists.js'
import type { Ports } from './routes/ports.js'
import { placeRoutes } from './routes/places.js'
import { severalRoutes } from './routes/several.js'
import { serviceRoutes } from './routes/services.js'
import { siteRoutes } from './routes/sites.js'
import { transfersDueRoutes } from './routes/transfers-due.js'
import { vendorRoutes } from './routes/vendors.js'
import { worklistRoutes } from './routes/worklist.js'

export type { Panel, Ports } from './routes/ports.js'
export { customerListPanel } from './routes/panel.js'

/** `ports`: what rooms above show on an engagement's page and below a customer's list. */
export function registerRoutes(ports: Ports = {}): Router {
  const router = Router()
  listRoutes(router, ports)
  listsRoutes(router)
  choicesRoutes(router)
  engagementMapRoutes(router)
  severalRoutes(router)
  baselineRoutes(router)
  differencesRoutes(router)
  countryRoutes(router)
  decisionRoutes(router, ports)
  membershipRoutes(router, ports)
  transfersDueRoutes(router, ports)
  correctionRoutes(router, ports)
  approvalCorrectionRoutes(router, ports)
  chainRoutes(router)
  worklistRoutes(router)
  vendorRoutes(router, ports)
  engagementRoutes(router, ports)
  continuedRoutes(router)
  contractRoutes(router)
  contractCopyRoutes(router)
  siteRoutes(router, ports)
  placeRoutes(router)
  serviceRoutes(router)
  return router
}
