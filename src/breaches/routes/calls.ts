import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { organisation } from '../../auth/organisation.js'
import { buildPdf } from '../../documents/pdf.js'
import { buildWorkbook } from '../../documents/workbook.js'
import { queried } from '../../web/answer.js'
import { contextOf, pathPart, renderPage } from '../../web/page.js'
import { sendBytes } from '../../web/send.js'
import { allToCall, breachOf, callsToShow } from '../actions.js'
import { callsName, callsPage, callsPaper, urlOf } from '../page.js'
import { readingOf } from './shared.js'

const base = '/breaches/:reference/calls'
const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function callRoutes(router: Router): void {
  router.get(base, may('breaches:read'), async (req, res) => {
    const context = contextOf(req)
    const q = queried(req, 'q').slice(0, 200)
    const all = queried(req, 'show') === 'all'
    const found = await callsToShow(
      context,
      pathPart(req, 'reference'),
      { q, all },
      queried(req, 'page') || undefined,
    )
    const { breach, standing, page } = found
    const house = await organisation()
    const at = (cursor: string | null) =>
      cursor &&
      `${urlOf(breach)}/calls?${new URLSearchParams({ q, show: all ? 'all' : '', page: cursor }).toString()}`
    await renderPage(req, res, 'breaches/calls', {
      ...callsPage({ breach, rows: page.rows }, house?.name ?? '', context.now, readingOf(req)),
      untold: standing.untold,
      q,
      all,
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })

  for (const ending of ['pdf', 'xlsx'] as const)
    router.get(`${base}.${ending}`, may('breaches:read'), async (req, res) => {
      const context = contextOf(req)
      const breach = await breachOf(pathPart(req, 'reference'))
      const [rows, house] = await Promise.all([allToCall(context, breach), organisation()])
      const paper = callsPaper({ breach, rows }, house?.name ?? '', context.now, readingOf(req))
      const { main: _main, sheets: _sheets, ...printed } = paper
      sendBytes(res, {
        name: callsName(breach.reference, context.locale, ending),
        type: ending === 'pdf' ? 'application/pdf' : workbook,
        bytes:
          ending === 'pdf'
            ? await buildPdf(printed)
            : await buildWorkbook({ ...paper, blocks: paper.blocks.filter((block) => block !== paper.main) }),
      })
    })
}
