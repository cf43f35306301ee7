import type { Router } from 'express'
import { annexBFile } from '../../annex-b/actions.js'
import { readOrder } from '../../annex-b/form.js'
import { byLink } from '../../auth/guards.js'
import { lawNow } from '../../transfers/actions.js'
import { contextOf, renderPage } from '../../web/page.js'
import { sendBytes } from '../../web/send.js'
import { listAndChainShown, listMap, listShown } from '../actions.js'
import { ownSitesShown } from '../actions/own-sites.js'
import { readListDay, readShape } from '../form.js'
import { chainSection, goneSince, listPage, ownSites } from '../page.js'
import { visiting } from './visiting.js'

/** What the customer has approved on a day, everyone below that, and where: on the page and on paper. */
export function listRoutes(router: Router): void {
  router.get(
    '/c/:link/list',
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const read = readListDay(req.query, reader.today)
      const { on } = read.input ?? { on: reader.today }
      const [{ law, rows, gone, nodes }, places] = await Promise.all([
        listAndChainShown(visitor, on),
        ownSitesShown(visitor, on),
      ])
      const page = listPage(visitor.customer, rows, on, law, reader)
      const map = await listMap(rows, { law, on }, reader, (req.query as Record<string, unknown>)['area'])
      const chain = chainSection(nodes, on, readShape(req.query), reader)
      const again = read.problems ? { problems: read.problems, typed: req.query } : {}
      await renderPage(
        req,
        res,
        'customer-page/list',
        {
          ...page,
          gone: goneSince(gone, on, reader.locale),
          map,
          chain,
          sites: ownSites(places, reader),
          ...again,
        },
        read.problems ? 422 : 200,
      )
    }),
  )

  router.get(
    '/c/:link/list/annex-b',
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const read = readOrder(req.query, reader)
      if (read.input) return sendBytes(res, await annexBFile(contextOf(req), visitor.customer, read.input))
      const on = reader.today
      const page = listPage(visitor.customer, await listShown(visitor, on), on, await lawNow(), reader)
      await renderPage(
        req,
        res,
        'customer-page/list',
        {
          ...page,
          gone: null,
          map: null,
          chain: null,
          sites: null,
          problems: read.problems,
          typed: req.query,
        },
        422,
      )
    }),
  )
}
