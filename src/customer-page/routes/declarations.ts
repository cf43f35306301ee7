import type { Router } from 'express'
import { confirmDeclaration, declarationsFor, takeDeclaration } from '../../audits/actions/received.js'
import { declarationCard } from '../../audits/page/sending.js'
import { byLink } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { textIn } from '../../i18n/texts.js'
import { contextOf, pathPart, redirectWith, renderPage } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { visiting, type Visited } from './visiting.js'

const base = '/c/:link/declarations'

/** The declarations of the yearly audit (DPA C.7): all that are signed, whether they were sent to the customer or not. */
export function declarationRoutes(router: Router): void {
  router.get(
    base,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const t = textIn(reader.locale)
      const all = await declarationsFor(visitor.customer)
      const around = { locale: reader.locale, zone: req.house.config.zone, base: reader.base }
      await renderPage(req, res, 'customer-page/declarations', {
        title: t('declaration:customer.title'),
        lead: t('declaration:customer.lead'),
        base: reader.base,
        cards: all.map((each) => declarationCard(each, around)),
      })
    }),
  )

  router.get(
    `${base}/:reference/:file`,
    byLink(),
    visiting(async (req, res, { visitor }) => {
      const wanted = (['da', 'en', 'copy'] as const).find((each) => each === pathPart(req, 'file'))
      if (!wanted) throw new NotFound()
      const asked = { reference: pathPart(req, 'reference'), wanted }
      await sendFile(res, await takeDeclaration(contextOf(req), visitor.customer, visitor.contact.id, asked))
    }),
  )

  router.post(
    `${base}/:reference/receipt`,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const reference = pathPart(req, 'reference')
      await confirmDeclaration(contextOf(req), visitor.customer, visitor.contact.id, reference)
      redirectWith(req, res, `${reader.base}/declarations`, 'declaration:flash.confirmed')
    }),
  )
}

/** For the start page: the newest one that holds; null where none is signed. */
export async function newestDeclaration({ visitor, reader }: Visited) {
  const all = await declarationsFor(visitor.customer)
  const newest = all.find(({ declaration }) => declaration.state === 'signed')
  if (!newest) return null
  const { declaration, copy } = newest
  return {
    year: declaration.year,
    url: `${reader.base}/declarations`,
    // Whoever was sent one is asked to confirm it; who was not may still have it.
    toConfirm: copy !== null && copy.receipt === null,
  }
}
