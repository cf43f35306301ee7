import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import express, { type Request, type Response, type Router } from 'express'
import { may } from '../../auth/guards.js'
import { contextOf } from '../../web/page.js'
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
  sendPieces(req, res, 'kept', 'xlsx', keptPieces(contextOf(req))),
)

/** What the list of that address shows; everything where the whole is asked for. */
function shown(req: Request, of: Exported): ExportAsked {
  return readExport(req.query).whole ? { of } : { of, query: req.query }
}

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

async function send(req: Request, res: Response, asked: ExportAsked): Promise<void> {
  const { format } = readExport(req.query)
  await sendPieces(req, res, asked.of, format, exportPieces(contextOf(req), asked, format))
}

async function sendPieces(
  req: Request,
  res: Response,
  of: string,
  format: Format,
  pieces: AsyncGenerator<Buffer>,
): Promise<void> {
  // What fails before the first piece is told on a page as any other failure.
  const first = await pieces.next()
  res.attachment(`tilsyn-${of}-${contextOf(req).today}.${format}`)
  res.setHeader('Content-Type', types[format])
  if (first.value) res.write(first.value)
  try {
    if (res.writableNeedDrain) await once(res, 'drain')
    await pipeline(Readable.from(pieces), res)
  } catch (error) {
    // The answer is broken off, so that no browser takes it for the file. One who goes away in the middle is no failure.
    const left = (error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE' && !res.errored
    if (!left) req.house.log.error({ error: Object(error).name, of }, 'export broken off')
    res.destroy()
  }
}
