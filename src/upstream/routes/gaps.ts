import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Router } from 'express'
import { recordEvent } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { textPieces } from '../../documents/text-pieces.js'
import { defused } from '../../documents/workbook.js'
import { workbookPieces } from '../../documents/workbook-stream.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { contractGaps, gapsToShow, handlingDays, matching, setHandlingDays } from '../actions.js'
import { readGapQuery, readHandling, type GapQuery } from '../form.js'
import { gapCells, gapChoices, gapHeadings, gapRow } from '../page.js'

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

export function gapRoutes(router: Router): void {
  router.get('/contract-gaps', may('register:read'), async (req, res) => {
    await renderPage(req, res, 'upstream/gaps', await gapValues(req))
  })

  router.get('/contract-gaps/export', may('register:read'), async (req, res) => {
    const context = contextOf(req)
    const format = req.query['format'] === 'csv' ? 'csv' : 'xlsx'
    const rows = matching(await contractGaps(context), readGapQuery(req.query))
    await recordEvent(context, 'register.exported', { kind: 'register', id: 'contract-gaps' }, { format })
    async function* lines() {
      yield gapHeadings(context.locale)
      for (const row of rows) yield gapCells(row, context.locale).map(defused)
    }
    res.attachment(`tilsyn-contract-gaps-${context.today}.${format}`)
    res.setHeader('Content-Type', types[format])
    await pipeline(
      Readable.from(format === 'xlsx' ? workbookPieces('Tilsyn', lines()) : textPieces(lines())),
      res,
    )
  })

  router.post('/contract-gaps/handling', may('notices:write'), async (req, res) => {
    const again = { view: 'upstream/gaps', values: () => gapValues(req) }
    await answerOn(req, res, readHandling(req.body), again, async ({ days }) => {
      await setHandlingDays(contextOf(req), days)
      redirectWith(req, res, '/contract-gaps', 'gaps:flash.handling')
    })
  })
}

async function gapValues(req: Request): Promise<PageValues> {
  const context = contextOf(req)
  const query = readGapQuery(req.query)
  const [{ rows, count, pages, counts, all }, days] = await Promise.all([
    gapsToShow(context, query),
    handlingDays(),
  ])
  const at = (page: number) =>
    page < 1 || page > pages ? null : `/contract-gaps?${paramsOf({ ...query, page })}`
  return {
    rows: rows.map((row) => gapRow(row, context.locale)),
    q: query.q,
    chosen: query.state ?? '',
    states: gapChoices(counts, context.locale),
    none: all === 0,
    narrowed: query.q !== '' || query.state !== null,
    days,
    exports: (['xlsx', 'csv'] as const).map((format) => ({
      format,
      url: `/contract-gaps/export?${paramsOf({ ...query, page: 1 })}&format=${format}`,
    })),
    paging: { count, next: at(query.page + 1), previous: at(query.page - 1) },
  }
}

function paramsOf({ q, state, page }: GapQuery): string {
  return new URLSearchParams({
    ...(q ? { q } : {}),
    ...(state ? { state } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
  }).toString()
}
