import type { Request, Response, Router } from 'express'
import { byVendorLink, may } from '../../auth/guards.js'
import { organisation } from '../../auth/organisation.js'
import { newId } from '../../base/ids.js'
import { answerOn, typedText } from '../../web/answer.js'
import { speak } from '../../web/language.js'
import { contextOf, pathPart, redirectWith, renderPage, refusalOf, type PageValues } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { mailReportLink, moreByVendor, reportByVendor, reportsOf, vendorBy } from '../actions.js'
import { readVendorReport, readWords } from '../form.js'
import { reportPage } from '../page.js'
import { readingOf, wallOf } from './shared.js'

const base = '/v/:link/breach'
const files = upload([{ name: 'files', maxCount: 10 }])

/** How a sub-processor reports a breach, without an account. Opening it changes nothing: mail scanners open links. */
export function vendorRoutes(router: Router): void {
  router.post('/breaches/vendors/:vendor/links/:contact', may('breaches:write'), async (req, res) => {
    const vendor = pathPart(req, 'vendor')
    const mailed = await mailReportLink(contextOf(req), vendor, pathPart(req, 'contact')).catch(refusalOf)
    const flash = mailed instanceof Error ? 'link-not-mailed' : 'link-mailed'
    redirectWith(req, res, `/vendors/${vendor}`, `breaches:flash.${flash}`)
  })

  router.get(base, byVendorLink(), async (req, res) => {
    await renderPage(req, res, 'breaches/report', await reportValues(req))
  })

  router.post(base, byVendorLink(), files, async (req, res) => {
    const here = await vendorBy(req.vendorLink)
    await answerOn(req, res, readVendorReport(req.body, wallOf(req)), again(req), async (input) => {
      const breach = await reportByVendor(contextOf(req), here, input, uploaded(req, 'files'))
      done(req, res, 'reported', breach.reference)
    })
  })

  router.post(`${base}/:reference`, byVendorLink(), files, async (req, res) => {
    const here = await vendorBy(req.vendorLink)
    const reference = pathPart(req, 'reference')
    await answerOn(req, res, readWords(req.body), again(req), async ({ text }) => {
      await moreByVendor(contextOf(req), here, reference, { text, files: uploaded(req, 'files') })
      done(req, res, 'more', reference)
    })
  })
}

const again = (req: Request) => ({ view: 'breaches/report', values: () => reportValues(req) })

function done(req: Request, res: Response, flash: string, reference: string): void {
  redirectWith(req, res, `/v/${pathPart(req, 'link')}/breach`, `breaches:vendor-flash.${flash}`, {
    reference,
  })
}

async function reportValues(req: Request): Promise<PageValues> {
  const here = await vendorBy(req.vendorLink)
  speak(req, here.contact.locale)
  const [reports, house] = await Promise.all([reportsOf(here), organisation()])
  return {
    ...reportPage(
      {
        ...here,
        reports,
        once: typedText(req, 'once') || newId(),
        base: `/v/${pathPart(req, 'link')}/breach`,
        house: house?.name ?? '',
        now: contextOf(req).now,
      },
      readingOf(req),
    ),
    vendorName: here.vendor.name,
  }
}
