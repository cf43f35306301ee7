import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Router } from 'express'
import { recordEvent } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { textPieces } from '../../documents/text-pieces.js'
import { defused } from '../../documents/workbook.js'
import { workbookPieces } from '../../documents/workbook-stream.js'
import { contextOf, renderPage } from '../../web/page.js'
import { boardRows, boardToShow } from '../actions.js'
import { readBoardQuery } from '../form.js'
import { boardCells, boardHeadings, boardPage } from '../page.js'

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

export function boardRoutes(router: Router): void {
  router.get('/supervision', may('supervision:read'), async (req, res) => {
    const context = contextOf(req)
    const query = readBoardQuery(req.query, context.today)
    await renderPage(
      req,
      res,
      'supervision/board',
      boardPage(await boardToShow(context, query), query, context),
    )
  })

  router.get('/supervision/export', may('supervision:read'), async (req, res) => {
    const context = contextOf(req)
    const query = readBoardQuery(req.query, context.today)
    const format = req.query['format'] === 'csv' ? 'csv' : 'xlsx'
    const rows = await boardRows(context, query)
    await recordEvent(context, 'register.exported', { kind: 'register', id: 'supervision' }, { format })
    async function* lines() {
      yield boardHeadings(context.locale)
      for (const row of rows) for (const cells of boardCells(row, context.locale)) yield cells.map(defused)
    }
    res.attachment(`tilsyn-supervision-${query.year}-${context.today}.${format}`)
    res.setHeader('Content-Type', types[format])
    await pipeline(
      Readable.from(format === 'xlsx' ? workbookPieces('Tilsyn', lines()) : textPieces(lines())),
      res,
    )
  })
}
