import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { addAgreementVersion, agreementChangelog } from '../actions.js'
import { readVersionLine } from '../form.js'
import { changelogRow } from '../page.js'

/** The changelog of our own agreement: version, change, published; and which version customers have accepted. */
export function versionRoutes(router: Router): void {
  router.get('/agreement-versions', may('requests:read'), async (req, res) => {
    await renderPage(req, res, 'instructions/versions', await values(req))
  })

  router.post(
    '/agreement-versions',
    may('requests:write'),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req, res) => {
      const context = contextOf(req)
      const page = { view: 'instructions/versions', values: () => values(req) }
      await answerOn(req, res, readVersionLine(req.body, context.today), page, async (input) => {
        const { number: version, ...line } = input
        const [file = null] = uploaded(req, 'file')
        await addAgreementVersion(context, { version, ...line, file })
        redirectWith(req, res, '/agreement-versions', 'instructions:flash.version', { version })
      })
    },
  )
}

async function values(req: Request) {
  const { today, locale } = contextOf(req)
  return { rows: (await agreementChangelog(today)).map((row) => changelogRow(row, locale)), today }
}
