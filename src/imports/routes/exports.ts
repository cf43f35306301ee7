import express, { type Request, type Response, type Router } from 'express'
import { z } from 'zod'
import { may } from '../../auth/guards.js'
import { readForm } from '../../base/form.js'
import { contextOf } from '../../web/page.js'
import { writeExport } from '../actions.js'
import type { Exported } from '../rules.js'

/** Mounted before the registers' own routes: '/vendors/export' is not a vendor called "export". */
export const exportRoutes: Router = express.Router()

exportRoutes.get('/register/export', may('register:read'), (req, res) => send(req, res, 'register'))
exportRoutes.get('/vendors/export', may('register:read'), (req, res) => send(req, res, 'vendors'))
exportRoutes.get('/customers/export', may('customers:read'), (req, res) => send(req, res, 'customers'))

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

async function send(req: Request, res: Response, exported: Exported): Promise<void> {
  const context = contextOf(req)
  const format = readForm(z.object({ format: z.enum(['xlsx', 'csv']) }), req.query).input?.format ?? 'xlsx'
  res.attachment(`tilsyn-${exported}-${context.today}.${format}`)
  res.setHeader('Content-Type', types[format])
  await writeExport(context, exported, format, res)
}
