import { Router } from 'express'
import { boardRoutes } from './routes/board.js'
import { engagementRoutes } from './routes/engagement.js'
import { modelRoutes } from './routes/model.js'

export const supervisionRoutes: Router = Router()

boardRoutes(supervisionRoutes)
modelRoutes(supervisionRoutes)
engagementRoutes(supervisionRoutes)
