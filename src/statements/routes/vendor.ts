import { createHash } from 'node:crypto'
import type { Request, Response, Router } from 'express'
import { byVendorLink } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { answerOn } from '../../web/answer.js'
import { speak } from '../../web/language.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { receiveStatement, requestedById, statementsOfVendor, tellReceived } from '../actions.js'
import { readUpload } from '../form.js'
import { vendorPage } from '../page.js'

/** Where a sub-processor's contact sends what was asked for. Opening changes nothing. */
export function vendorRoutes(router: Router): void {
  router.get('/v/:link/statement', byVendorLink(), async (req, res) => {
    await renderPage(req, res, 'statements/vendor', await vendorValues(req))
  })

  router.post(
    '/v/:link/statement',
    byVendorLink(),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req: Request, res: Response) => {
      const values = await vendorValues(req)
      const { statement, vendor } = await asked(req)
      const [file] = uploaded(req, 'file')
      const again = { view: 'statements/vendor', values: () => Promise.resolve(values) }
      await answerOn(req, res, readUpload(req.body, file ? 1 : 0), again, async ({ note }) => {
        if (!file) return
        const context = contextOf(req)
        const received = await receiveStatement(context, {
          vendor,
          file,
          note,
          on: context.today,
          replaces: null,
          from: { kind: 'vendor', name: statement.request?.name ?? '' },
          // Whatever comes after the first is a paper of its own.
          asked: statement.state === 'requested' ? statement : null,
        })
        await tellReceived(
          context,
          { ...received, request: statement.request },
          {
            name: file.name,
            sha256: createHash('sha256').update(file.bytes).digest('hex'),
          },
        )
        redirectWith(req, res, `/v/${req.vendorLink?._id ?? ''}/statement`, 'statements:vendor.flash')
      })
    },
  )
}

async function asked(req: Request) {
  const link = req.vendorLink
  if (!link || link.about.kind !== 'statement-request') throw new NotFound()
  return requestedById(link.about.id)
}

async function vendorValues(req: Request): Promise<PageValues> {
  const { statement, vendor } = await asked(req)
  if (statement.request) speak(req, statement.request.locale)
  const { today, locale } = contextOf(req)
  const all = await statementsOfVendor(vendor._id)
  return {
    ...vendorPage(statement, all, { today, locale }),
    vendorName: vendor.name,
    base: `/v/${req.vendorLink?._id ?? ''}`,
  }
}
