import { Router } from 'express'
import { caseRoutes } from './routes/case.js'
import { listRoutes } from './routes/list.js'
import { settingsRoutes } from './routes/settings.js'
import { stepRoutes } from './routes/steps.js'
import { vendorRoutes } from './routes/vendor.js'

export const departuresRoutes: Router = Router()

listRoutes(departuresRoutes)
// Before the references: `settings` is none.
settingsRoutes(departuresRoutes)
caseRoutes(departuresRoutes)
stepRoutes(departuresRoutes)
vendorRoutes(departuresRoutes)
