import { Router } from 'express'
import { everyone } from '../../auth/guards.js'
import { organisation } from '../../auth/organisation.js'
import { NotFound } from '../../base/errors.js'
import { fileById } from '../../files/actions.js'
import { contextOf, pathPart } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import {
  archivePage,
  changedAt,
  currentEdition,
  editionAt,
  newestEditions,
  openList,
} from '../actions/read.js'
import { readFilter } from '../form.js'
import { editionShown } from '../page/archive.js'
import { feedOf, feedType } from '../page/feed.js'
import { jsonOf } from '../page/json.js'
import { listPage } from '../page/list.js'
import { mayBeKept, renderOpenPage, sendTagged, showOpenError, visitOpenPage } from './open.js'
import { subscriptionRoutes } from './subscription.js'

/** Mounted before anything that reads or sets a cookie. */
export const publicPagesRoutes: Router = Router()

publicPagesRoutes.get('/sub-processors', everyone(), visitOpenPage, async (req, res) => {
  const list = await openList()
  const edition = await currentEdition()
  const { page, ...filter } = readFilter(req.query)
  mayBeKept(res, await changedAt(list))
  await renderOpenPage(req, res, 'public-list/public/list', {
    list: listPage(edition.entries, filter, page, req.locale),
    edition: editionShown(edition, req.locale, req.house.config.zone),
  })
})

publicPagesRoutes.get('/sub-processors.json', everyone(), visitOpenPage, async (req, res) => {
  const list = await openList()
  const json = jsonOf(await currentEdition(), await organisation(), req.house.config.baseUrl)
  mayBeKept(res, await changedAt(list))
  // Public already: pages elsewhere may read it.
  res.set('Access-Control-Allow-Origin', '*')
  sendTagged(res, 'application/json; charset=utf-8', `${JSON.stringify(json, null, 2)}\n`)
})

publicPagesRoutes.get('/sub-processors/feed.atom', everyone(), visitOpenPage, async (req, res) => {
  const list = await openList()
  const editions = await newestEditions()
  const house = await organisation()
  const { baseUrl } = req.house.config
  const name = house?.name ?? editions[0]?.organisation ?? ''
  mayBeKept(res, await changedAt(list))
  res.set('Access-Control-Allow-Origin', '*')
  sendTagged(res, feedType, feedOf(editions, { baseUrl, organisation: name, locale: req.locale }))
})

publicPagesRoutes.get('/sub-processors/agreement.pdf', everyone(), visitOpenPage, async (req, res) => {
  const { agreement } = await openList()
  const id = agreement[req.locale] ?? agreement.da ?? agreement.en
  const file = id === null ? null : await fileById(id)
  if (!file) throw new NotFound()
  mayBeKept(res, file.storedAt)
  res.set('ETag', `"${file.sha256}"`)
  if (req.fresh) return void res.status(304).end()
  await sendFile(res, file._id)
})

publicPagesRoutes.get('/sub-processors/archive', everyone(), visitOpenPage, async (req, res) => {
  const list = await openList()
  const { page } = req.query as Record<string, unknown>
  const { rows, next, previous } = await archivePage(typeof page === 'string' ? page : undefined)
  mayBeKept(res, await changedAt(list))
  await renderOpenPage(req, res, 'public-list/public/archive', {
    editions: rows.map((edition) => editionShown(edition, req.locale, req.house.config.zone)),
    next,
    previous,
  })
})

publicPagesRoutes.get('/sub-processors/archive/:edition', everyone(), visitOpenPage, async (req, res) => {
  await openList()
  const found = await editionAt(contextOf(req), pathPart(req, 'edition'))
  const { lang } = req.query as Record<string, unknown>
  if ('elsewhere' in found) {
    const asked = typeof lang === 'string' ? `?lang=${req.locale}` : ''
    return res.redirect(303, `/sub-processors/archive/${found.elsewhere}${asked}`)
  }
  const { edition, before, after } = found
  const { page, ...filter } = readFilter(req.query)
  mayBeKept(res, edition.at)
  await renderOpenPage(req, res, 'public-list/public/edition', {
    list: listPage(edition.entries, filter, page, req.locale),
    edition: editionShown(edition, req.locale, req.house.config.zone),
    before,
    after,
  })
})

subscriptionRoutes(publicPagesRoutes)
publicPagesRoutes.use(showOpenError)
