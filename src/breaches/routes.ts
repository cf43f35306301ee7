import { Router } from 'express'
import { callRoutes } from './routes/calls.js'
import { caseRoutes } from './routes/case.js'
import { customerRoutes } from './routes/customer.js'
import { formRoutes } from './routes/forms.js'
import { listRoutes } from './routes/list.js'
import { stepRoutes } from './routes/steps.js'
import { vendorRoutes } from './routes/vendor.js'

export const breachRoutes: Router = Router()

listRoutes(breachRoutes)
caseRoutes(breachRoutes)
formRoutes(breachRoutes)
stepRoutes(breachRoutes)
callRoutes(breachRoutes)
customerRoutes(breachRoutes)
vendorRoutes(breachRoutes)
