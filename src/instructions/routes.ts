import { Router } from 'express'
import { approvalRoutes } from './routes/approvals.js'
import { instructionCaseRoutes } from './routes/case.js'
import { listRoutes } from './routes/list.js'
import { newRoutes } from './routes/new.js'
import { versionRoutes } from './routes/versions.js'

export const instructionsRoutes: Router = Router()

listRoutes(instructionsRoutes)
// Before the references: `new` is none.
newRoutes(instructionsRoutes)
instructionCaseRoutes(instructionsRoutes)
approvalRoutes(instructionsRoutes)
versionRoutes(instructionsRoutes)
