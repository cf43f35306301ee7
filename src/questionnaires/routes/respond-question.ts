import type { Request, Response, Router } from 'express'
import { byVendorLink } from '../../auth/guards.js'
import { Refused } from '../../base/errors.js'
import { textIn } from '../../i18n/texts.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { saveAnswer } from '../actions/answer.js'
import { attachEvidence, detachEvidence } from '../actions/evidence.js'
import { respondentBy, writerOf } from '../actions/respondent.js'
import { filesOf } from '../actions/shown.js'
import { readAnswer } from '../form/answer.js'
import { evidencePage, savedAnswer } from '../page/saved.js'
import { conflictOf } from '../page/section.js'
import { questionOf, responding, type Responding } from './responding.js'

const path = '/v/:link/questions/:question'

/** One question by itself: saved while somebody types, and its evidence. */
export function questionRoutes(router: Router): void {
  // For the script of the section's page, which has a form for the whole section as well.
  router.post(
    path,
    byVendorLink(),
    responding(async (req, res, { respondent }) => {
      const question = questionOf(req, respondent)
      const { questionnaire } = respondent
      const { locale } = req
      const { zone } = req.house.config
      const t = textIn(locale)
      const typed = readAnswer(question, req.body)
      if (!typed) return void res.status(400).json({})
      if (typed.problems.length > 0) {
        const problems = typed.problems.map(({ text, facts }) => t(`problems:${text}`, facts))
        return void res.status(422).json({ problems })
      }
      const { value, comment, seen } = typed
      const given = { question: question.id, value, comment, seen }
      const by = { by: writerOf(respondent), origin: 'typed' as const }
      const result = await saveAnswer(contextOf(req), questionnaire, { ...given, ...by }).catch(refusalOf)
      if (result instanceof Error)
        return void res.status(409).json({ refused: t(`refusals:${result.reason}`, result.facts) })
      if ('conflict' in result)
        return void res.status(409).json({ conflict: conflictOf(question, result.conflict, locale, zone) })
      res.json(savedAnswer(respondent, question, result.saved, { locale, zone, now: contextOf(req).now }))
    }),
  )

  router.get(
    `${path}/files`,
    byVendorLink(),
    responding((req, res, visit) => showFiles(req, res, visit)),
  )

  router.post(
    `${path}/files`,
    byVendorLink(),
    upload([{ name: 'files', maxCount: 5 }]),
    responding(async (req, res, visit) => {
      const question = questionOf(req, visit.respondent)
      const files = uploaded(req, 'files')
      if (files.length === 0)
        return showFiles(req, res, visit, { problems: [{ field: 'files', text: 'choose-file' }] }, 422)
      const refused: Refused[] = []
      for (const file of files) {
        const done = await attachEvidence(contextOf(req), visit.respondent, question.id, file).catch(
          refusalOf,
        )
        if (done instanceof Error) refused.push(done)
      }
      const [refusal] = refused
      if (refusal) {
        const fresh = req.vendorLink
          ? await respondentBy(req.vendorLink, contextOf(req).today)
          : visit.respondent
        return showFiles(req, res, { ...visit, respondent: fresh }, { refusal }, 409)
      }
      redirectWith(req, res, filesUrl(req, visit), 'questionnaires-respond:flash.attached', {
        count: files.length,
      })
    }),
  )

  router.post(
    `${path}/files/:file/remove`,
    byVendorLink(),
    responding(async (req, res, visit) => {
      const question = questionOf(req, visit.respondent)
      await detachEvidence(contextOf(req), visit.respondent, question.id, pathPart(req, 'file'))
      redirectWith(req, res, filesUrl(req, visit), 'questionnaires-respond:flash.detached')
    }),
  )
}

async function showFiles(
  req: Request,
  res: Response,
  { respondent, base }: Responding,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const question = questionOf(req, respondent)
  const files = await filesOf(respondent.questionnaire, respondent.answers)
  const page = evidencePage(respondent, question, { locale: req.locale, base, files })
  await renderPage(req, res, 'questionnaires/respond/evidence', { ...page, ...values }, status)
}

function filesUrl(req: Request, { base }: Responding): string {
  return `${base}/questions/${encodeURIComponent(pathPart(req, 'question'))}/files`
}
