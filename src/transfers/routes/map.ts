import { Router, type Response } from 'express'
import { everyone } from '../../auth/guards.js'
import { readFrame } from '../atlas.js'
import type { Area } from '../rules/map.js'

export const mapRoutes: Router = Router()

// Land and borders: no secret, the same for staff and customers, and so kept by browsers as files of ours are.
mapRoutes.get('/maps/world.svg', everyone(), async (_req, res) => {
  await sendBase(res, 'world')
})

mapRoutes.get('/maps/europe.svg', everyone(), async (_req, res) => {
  await sendBase(res, 'europe')
})

async function sendBase(res: Response, area: Area): Promise<void> {
  const { base } = await readFrame(area)
  res.set('Cache-Control', 'public, max-age=31536000, immutable').type('svg').send(base())
}
