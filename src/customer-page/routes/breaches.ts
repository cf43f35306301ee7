import type { Request, Router } from 'express'
import { z } from 'zod'
import { byLink } from '../../auth/guards.js'
import { organisation } from '../../auth/organisation.js'
import { readForm, text } from '../../base/form.js'
import { newId } from '../../base/ids.js'
import {
  askAboutBreach,
  breachesForCustomer,
  breachForCustomer,
  confirmBreach,
  namesOfServices,
  paperFor,
} from '../../breaches/actions.js'
import { noticeName, noticePaper, ownCard, ownPage } from '../../breaches/page.js'
import { buildPdf } from '../../documents/pdf.js'
import { answerOn, queried, typedText } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendBytes } from '../../web/send.js'
import { visiting, type Visited } from './visiting.js'

const base = '/c/:link/breaches/:reference'

/** A customer's own part of a breach: what was sent to it, its receipt, its questions. */
export function breachRoutes(router: Router): void {
  router.get(
    base,
    byLink(),
    visiting(async (req, res, visited) => {
      await renderPage(req, res, 'customer-page/breach', await valuesOf(req, visited))
    }),
  )

  router.get(
    `${base}/notice.pdf`,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const own = await breachForCustomer(visitor.customer._id, pathPart(req, 'reference'))
      const sent = own.breach.phases.filter(({ number }) => number <= own.affected.phase)
      const asked = sent.find(({ number }) => String(number) === queried(req, 'phase')) ?? sent.at(-1)
      const { locale } = reader
      const paper = await paperFor(contextOf(req), own, asked?.number ?? null, locale)
      sendBytes(res, {
        name: noticeName(paper, locale),
        type: 'application/pdf',
        bytes: await buildPdf(noticePaper(paper, { locale, zone: req.house.config.zone })),
      })
    }),
  )

  router.post(
    `${base}/receipt`,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const reference = pathPart(req, 'reference')
      await confirmBreach(
        contextOf(req),
        await breachForCustomer(visitor.customer._id, reference),
        visitor.contact,
      )
      redirectWith(req, res, `${reader.base}/breaches/${reference}`, 'breaches:own-flash.confirmed')
    }),
  )

  router.post(
    `${base}/questions`,
    byLink(),
    visiting(async (req, res, visited) => {
      const { visitor, reader } = visited
      const reference = pathPart(req, 'reference')
      const again = { view: 'customer-page/breach', values: () => valuesOf(req, visited) }
      const read = readForm(z.object({ text: text(4000), once: text(60) }), req.body)
      await answerOn(req, res, read, again, async (input) => {
        const own = await breachForCustomer(visitor.customer._id, reference)
        await askAboutBreach(contextOf(req), own, visitor.contact, input)
        redirectWith(req, res, `${reader.base}/breaches/${reference}#ask`, 'breaches:own-flash.asked')
      })
    }),
  )
}

/** For the first page: breaches that concern the customer, those to be read first. */
export async function breachCards(req: Request, { visitor, reader }: Visited) {
  const reading = { locale: reader.locale, zone: req.house.config.zone }
  const cards = (await breachesForCustomer(visitor.customer._id)).map((own) =>
    ownCard(own, visitor.contact.id, reader.base, reading),
  )
  return cards.toSorted((a, b) => Number(b.open) - Number(a.open))
}

async function valuesOf(req: Request, { visitor, reader }: Visited): Promise<PageValues> {
  const own = await breachForCustomer(visitor.customer._id, pathPart(req, 'reference'))
  const [names, house] = await Promise.all([namesOfServices(), organisation()])
  const { locale } = reader
  return ownPage(
    own,
    {
      services: own.affected.services.flatMap((id) => names.get(id)?.[locale] ?? []),
      contact: visitor.contact.id,
      base: reader.base,
      once: typedText(req, 'once') || newId(),
      house: house?.name ?? '',
    },
    { locale, zone: req.house.config.zone },
  )
}
