import { Router } from 'express'
import { caseRoutes } from './routes/case.js'
import { centreRoutes } from './routes/centres.js'
import { listRoutes } from './routes/list.js'
import { requestRoutes } from './routes/request.js'
import { vendorRoutes } from './routes/vendor.js'

export const statementRoutes: Router = Router()

// Those with a name of their own before '/statements/:reference'.
listRoutes(statementRoutes)
requestRoutes(statementRoutes)
centreRoutes(statementRoutes)
caseRoutes(statementRoutes)
vendorRoutes(statementRoutes)
