import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import { instructionFile, instructionToShow, withdrawInstruction } from '../actions.js'
import { readEnd } from '../form.js'
import { instructionPage } from '../page.js'

const base = '/instructions/:reference'

export function instructionCaseRoutes(router: Router): void {
  router.get(base, may('requests:read'), async (req, res) => {
    await renderPage(req, res, 'instructions/case', await values(req))
  })

  router.get(`${base}/files/:file`, may('files:read'), async (req, res) => {
    await sendFile(res, await instructionFile(pathPart(req, 'reference'), pathPart(req, 'file')))
  })

  router.post(
    `${base}/withdraw`,
    may('requests:write'),
    upload([{ name: 'files', maxCount: 5 }]),
    async (req, res) => {
      const reference = pathPart(req, 'reference')
      const page = { view: 'instructions/case', values: () => values(req) }
      await answerOn(req, res, readEnd(req.body), page, async (input) => {
        const given = { ...input, files: uploaded(req, 'files') }
        await withdrawInstruction(contextOf(req), reference, given)
        redirectWith(req, res, `/instructions/${reference}`, 'instructions:flash.withdrawn')
      })
    },
  )
}

async function values(req: Request) {
  const { today, locale } = contextOf(req)
  const shown = await instructionToShow(pathPart(req, 'reference'))
  return {
    ...instructionPage(shown, { today, locale }),
    history: await historyOf('instruction', shown.instruction._id),
  }
}
