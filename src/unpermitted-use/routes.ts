import { Router } from 'express'
import { caseRoutes } from './routes/case.js'
import { customerRoutes } from './routes/customer.js'
import { listRoutes } from './routes/list.js'

export const unpermittedUseRoutes: Router = Router()

listRoutes(unpermittedUseRoutes)
caseRoutes(unpermittedUseRoutes)
customerRoutes(unpermittedUseRoutes)
