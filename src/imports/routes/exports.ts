import express, { type Request, type Response, type Router } from 'express'
import { may } from '../../auth/guards.js'
import { contextOf } from '../../web/page.js'
import { sendPieces } from '../../web/send-pieces.js'
import { exportPieces, keptPieces, type ExportAsked, type Format } from '../actions.js'
import { readDayList, readExport } from '../form.js'
import type { Exported } from '../rules.js'

/** Mounted before the registers' own routes: '/vendors/export' is not a vendor called "export". */
export const exportRoutes: Router = express.Router()

exportRoutes.get('/register/export', may('register:read'), (req, res) => send(req, res, { of: 'register' }))
exportRoutes.get('/register/day/export', may('register:read'), (req, res) =>
  send(req, res, { of: 'list', query: readDayList(req.query, contextOf(req).today) }),
)
exportRoutes.get('/engagements/export', may('register:read'), (req, res) =>
  send(req, res, shown(req, 'register')),
)
exportRoutes.get('/vendors/export', may('register:read'), (req, res) => send(req, res, shown(req, 'vendors')))
exportRoutes.get('/customers/export', may('customers:read'), (req, res) =>
  send(req, res, shown(req, 'customers')),
)

// All that the registers' own files leave out, for who leaves with everything.
exportRoutes.get('/register/kept/export', may('register:write'), (req, res) =>
  hand(req, res, 'kept', 'xlsx', keptPieces(contextOf(req))),
)

/** What the list of that address shows; everything where the whole is asked for. */
function shown(req: Request, of: Exported): ExportAsked {
  return readExport(req.query).whole ? { of } : { of, query: req.query, zone: req.house.config.zone }
}

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

async function send(req: Request, res: Response, asked: ExportAsked): Promise<void> {
  const { format } = readExport(req.query)
  await hand(req, res, asked.of, format, exportPieces(contextOf(req), asked, format))
}

function hand(
  req: Request,
  res: Response,
  of: string,
  format: Format,
  pieces: AsyncGenerator<Buffer>,
): Promise<void> {
  const name = `tilsyn-${of}-${contextOf(req).today}.${format}`
  return sendPieces(req, res, { pieces, name, of, type: types[format] })
}
