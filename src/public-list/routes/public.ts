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
  editionNamed,
  newestEditions,
  openList,
} from '../actions/read.js'
import { publicListNow } from '../actions/settings.js'
import { readFilter } from '../form.js'
import { editionShown } from '../page/archive.js'
import { feedOf, feedType } from '../page/feed.js'
import { jsonOf } from '../page/json.js'
import { contentText } from '../rules/editions.js'
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
  const shown = listPage(edition.entries, filter, page, req.locale)
  await renderOpenPage(req, res, 'public-list/public/list', {
    list: shown,
    indexed: isFirst(shown) && !edition.sample,
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
  const { first, editions } = await newestEditions()
  const house = await organisation()
  const { baseUrl } = req.house.config
  const name = house?.name ?? editions[0]?.organisation ?? ''
  mayBeKept(res, await changedAt(list))
  res.set({ 'Access-Control-Allow-Origin': '*', 'Content-Language': req.locale })
  sendTagged(res, feedType, feedOf(editions, { first, baseUrl, organisation: name, locale: req.locale }))
})

publicPagesRoutes.get('/sub-processors/agreement.pdf', everyone(), visitOpenPage, async (req, res) => {
  const { agreement, changedAt: chosenAt } = await openList()
  const id = agreement[req.locale] ?? agreement.da ?? agreement.en
  const file = id === null ? null : await fileById(id)
  if (!file) throw new NotFound()
  // Another file may have been taken away, so that an older one counts again.
  mayBeKept(res, chosenAt && chosenAt > file.storedAt ? chosenAt : file.storedAt)
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
    indexed: page === undefined,
    next,
    previous,
  })
})

/** What the edition's fingerprint is of, and nothing else: these bytes never change. */
publicPagesRoutes.get(
  '/sub-processors/archive/:edition.json',
  everyone(),
  visitOpenPage,
  async (req, res) => {
    await openList()
    const { at, organisation: house, entries } = await editionNamed(pathPart(req, 'edition'))
    mayBeKept(res, at)
    res.set('Access-Control-Allow-Origin', '*')
    sendTagged(res, 'application/json; charset=utf-8', contentText(house, entries))
  },
)

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
  const shown = listPage(edition.entries, filter, page, req.locale)
  await renderOpenPage(req, res, 'public-list/public/edition', {
    list: shown,
    indexed: isFirst(shown) && !edition.sample,
    edition: editionShown(edition, req.locale, req.house.config.zone),
    before,
    after,
  })
})

/** Search engines are welcome to what anyone may read, and to nothing else of the house. */
publicPagesRoutes.get('/robots.txt', everyone(), visitOpenPage, async (_req, res) => {
  const list = await publicListNow()
  const open = list.on ? ['Allow: /sub-processors', 'Allow: /assets/'] : []
  const closed = list.on ? ['Disallow: /sub-processors/subscription/', 'Disallow: /'] : ['Disallow: /']
  mayBeKept(res, await changedAt(list))
  sendTagged(res, 'text/plain; charset=utf-8', `${['User-agent: *', ...open, ...closed].join('\n')}\n`)
})

subscriptionRoutes(publicPagesRoutes)
publicPagesRoutes.use(showOpenError)

/** The page every other of them is a part of, or a search in. */
function isFirst({ narrowed, page }: ReturnType<typeof listPage>): boolean {
  return !narrowed && page === 1
}
