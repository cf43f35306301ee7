import { Router } from 'express'
import { everyVendorInUse } from './actions/campaign.js'
import { askingRoutes } from './routes/asking.js'
import { campaignRoutes } from './routes/campaigns.js'
import { listRoutes } from './routes/list.js'
import { questionnaireRoutes } from './routes/questionnaire.js'
import { publicRoutes } from './routes/public.js'
import { respondRoutes } from './routes/respond.js'
import { reviewRoutes } from './routes/review.js'
import type { RespondPorts } from './routes/responding.js'
import type { CampaignCandidates } from './rules/campaign.js'

/** What rooms after this one know, handed over in `app.ts`. */
export type QuestionnairePorts = RespondPorts & {
  /** Who owes one in a year, as the supervision reckons it; else every vendor in use is a candidate. */
  campaignCandidates?: CampaignCandidates
}

/** Fixed addresses first: `/questionnaires/campaigns` is no reference. */
export function questionnairesRoutes(ports: QuestionnairePorts): Router {
  const router = Router()
  listRoutes(router)
  campaignRoutes(router, ports.campaignCandidates ?? everyVendorInUse)
  askingRoutes(router)
  questionnaireRoutes(router)
  reviewRoutes(router)
  publicRoutes(router)
  respondRoutes(router, ports)
  return router
}
