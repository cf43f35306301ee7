import { Router } from 'express'
import { caseRoutes } from './routes/case.js'
import { gapRoutes } from './routes/gaps.js'
import { listRoutes } from './routes/list.js'
import { stepRoutes } from './routes/steps.js'

export const upstreamRoutes: Router = Router()

listRoutes(upstreamRoutes)
caseRoutes(upstreamRoutes)
stepRoutes(upstreamRoutes)
gapRoutes(upstreamRoutes)
