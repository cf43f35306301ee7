import type { Request, Router } from 'express'
import { byVendorLink } from '../../auth/guards.js'
import { organisation } from '../../auth/organisation.js'
import { NotFound } from '../../base/errors.js'
import { vendorsByIds } from '../../register/actions.js'
import { answerOn } from '../../web/answer.js'
import { speak } from '../../web/language.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import { answerByVendor, departureForVendor, departureFile, departureOf } from '../actions.js'
import { readAnswer } from '../form.js'
import { vendorDeparturePage } from '../page.js'

const base = '/v/:link/deletion'
const files = upload([{ name: 'files', maxCount: 5 }])

/** What a sub-processor's contact sees and says of its own points. Opening it changes nothing: mail scanners open links. */
export function vendorRoutes(router: Router): void {
  router.get(base, byVendorLink(), async (req, res) => {
    await renderPage(req, res, 'departures/vendor', await vendorValues(req))
  })

  router.get(`${base}/files/:file`, byVendorLink(), async (req, res) => {
    const { departure } = await shownHere(req)
    const file = await departureFile(departure, pathPart(req, 'file'))
    const own = departure.points.flatMap(({ answer, earlier }) => [answer, ...earlier])
    if (!own.some((each) => each?.from === 'vendor' && each.files.includes(file))) throw new NotFound()
    await sendFile(res, file)
  })

  router.post(base, byVendorLink(), files, async (req, res) => {
    const { departure, settings, vendor } = await shownHere(req)
    const again = { view: 'departures/vendor', values: () => vendorValues(req) }
    await answerOn(
      req,
      res,
      readAnswer(req.body, settings, req.locale),
      again,
      async ({ outcome: _outcome, ...input }) => {
        const whole = await departureOf(departure.reference)
        await answerByVendor(contextOf(req), whole, vendor, { ...input, files: uploaded(req, 'files') })
        redirectWith(req, res, `/v/${pathPart(req, 'link')}/deletion`, 'departures:flash.thanks')
      },
    )
  })
}

async function shownHere(req: Request) {
  const link = req.vendorLink
  if (link?.about.kind !== 'departure') throw new NotFound()
  const [vendor] = await vendorsByIds([link.vendor])
  const contact = vendor?.contacts.find(({ id }) => id === link.contact)
  if (contact) speak(req, contact.locale)
  return { ...(await departureForVendor(link.about.id, link.vendor)), vendor: link.vendor, contact }
}

async function vendorValues(req: Request): Promise<PageValues> {
  const { departure, files: stored, settings, contact } = await shownHere(req)
  const { today, locale } = contextOf(req)
  const house = await organisation()
  return {
    ...vendorDeparturePage(
      { departure, files: stored, settings, house: house?.name ?? '' },
      { today, locale, base: `/v/${pathPart(req, 'link')}/deletion` },
    ),
    stored: { by: contact?.name ?? '', on: today },
  }
}
