import { Router } from 'express'
import type { ReadSheets } from './actions/drafts.js'
import type { UsesOf } from './actions/show.js'
import { draftRoutes } from './routes/drafts.js'
import { setRoutes } from './routes/sets.js'

/** What rooms after this one know, handed over in `app.ts`. */
export type QuestionSetPorts = { usesOf: UsesOf; readSheets: ReadSheets }

/** Fixed addresses first: `/question-sets/drafts/…` is no set. */
export function questionSetsRoutes({ usesOf, readSheets }: QuestionSetPorts): Router {
  const router = Router()
  draftRoutes(router, readSheets)
  setRoutes(router, usesOf)
  return router
}
