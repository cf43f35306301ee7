import { Router } from 'express'
import { draftRoutes } from './routes/draft.js'
import { issueRoutes } from './routes/issue.js'
import { listRoutes } from './routes/list.js'
import { noticeRoutes } from './routes/notice.js'
import type { Ports } from './routes/ports.js'
import { recipientRoutes } from './routes/recipient.js'
import { toldRoutes } from './routes/told.js'

export { engagementChangesPanel } from './routes/changes-panel.js'
export {
  customerNoticesPanel,
  customerToldPanel,
  engagementNoticesPanel,
  engagementToldPanel,
} from './routes/panel.js'
export type { Panel, Ports } from './routes/ports.js'

export function noticesRoutes(ports: Ports = {}): Router {
  const router = Router()
  listRoutes(router)
  draftRoutes(router)
  issueRoutes(router)
  noticeRoutes(router, ports)
  recipientRoutes(router, ports)
  toldRoutes(router, ports)
  return router
}
