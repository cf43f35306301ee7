import { Router } from 'express'
import { everyone, may } from '../auth/guards.js'
import { pathPart } from './page.js'
import { sendFile } from './send.js'

export const webRoutes: Router = Router()

// For whatever watches the process; says nothing about what is in it.
webRoutes.get('/health', everyone(), (_req, res) => {
  res.type('text').send('ok')
})

webRoutes.get('/files/:id', may('files:read'), async (req, res) => {
  await sendFile(res, pathPart(req, 'id'))
})
