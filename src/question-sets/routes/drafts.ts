import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage } from '../../web/page.js'
import { sendBytes } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import { draftFile, draftSet, importSet, removeDraft, type ReadSheets } from '../actions/drafts.js'
import { readImport } from '../form.js'
import { draftPage } from '../page/draft.js'

export function draftRoutes(router: Router, readSheets: ReadSheets): void {
  router.get('/question-sets/import', may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'question-sets/import')
  })

  router.post(
    '/question-sets/import',
    may('supervision:write'),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req, res) => {
      const context = contextOf(req)
      const [file] = uploaded(req, 'file')
      const read = readImport(req.body, file ? 1 : 0)
      const again = { view: 'question-sets/import', values: () => Promise.resolve({}) }
      await answerOn(req, res, read, again, async ({ language }) => {
        if (!file) return
        const draft = await importSet(context, { file, language }, readSheets)
        redirectWith(req, res, `/question-sets/drafts/${draft._id}`, 'question-sets:flash.imported', {
          count: draft.questions.length,
        })
      })
    },
  )

  router.get('/question-sets/drafts/:draft', may('supervision:read'), async (req, res) => {
    const { locale } = contextOf(req)
    const draft = await draftSet(pathPart(req, 'draft'))
    await renderPage(req, res, 'question-sets/draft', {
      page: draftPage(draft, locale),
      url: `/question-sets/drafts/${draft._id}`,
      made: formatShortDay(draft.madeOn, locale),
      language: textIn(locale)(`question-sets:language.${draft.language}`),
    })
  })

  router.get('/question-sets/drafts/:draft/set.yaml', may('supervision:read'), async (req, res) => {
    const { today } = contextOf(req)
    sendBytes(res, await draftFile(pathPart(req, 'draft'), today.slice(0, 4)))
  })

  router.post('/question-sets/drafts/:draft/remove', may('supervision:write'), async (req, res) => {
    await removeDraft(contextOf(req), pathPart(req, 'draft'))
    redirectWith(req, res, '/question-sets', 'question-sets:flash.removed')
  })
}
