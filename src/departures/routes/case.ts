import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { repliesInCase } from '../../replies/actions.js'
import { replyItems } from '../../replies/page.js'
import { contextOf, pathPart, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { confirmationFile, departureFile, departureOf, departureToShow } from '../actions.js'
import { departurePage } from '../page.js'

export function caseRoutes(router: Router): void {
  router.get('/departures/:reference', may('departures:read'), async (req, res) => {
    await renderPage(req, res, 'departures/case', await caseValues(req))
  })

  router.get('/departures/:reference/files/:file', may('files:read'), async (req, res) => {
    const departure = await departureOf(pathPart(req, 'reference'))
    await sendFile(res, await departureFile(departure, pathPart(req, 'file')))
  })

  router.get(
    '/departures/:reference/confirmations/:number/:language',
    may('departures:read'),
    async (req, res) => {
      const language = pathPart(req, 'language')
      if (language !== 'da' && language !== 'en') throw new NotFound()
      const departure = await departureOf(pathPart(req, 'reference'))
      await sendFile(res, confirmationFile(departure, Number(pathPart(req, 'number')), language))
    },
  )
}

/** Everything the page shows; its forms show what was typed when one of them is wrong. */
export async function caseValues(req: Request): Promise<PageValues> {
  const { today, locale } = contextOf(req)
  const shown = await departureToShow(pathPart(req, 'reference'))
  return {
    ...departurePage(shown, { today, locale, zone: req.house.config.zone }),
    replies: replyItems(await repliesInCase(shown.departure.reference, 50), {
      locale,
      zone: req.house.config.zone,
    }),
    history: await historyOf('departure', shown.departure._id),
  }
}
