import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import { NotFound, Refused } from '../../base/errors.js'
import { answerOn, typedText } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { answerFromPublic, submitFromPublic } from '../actions/public.js'
import { reviewOf } from '../actions/review-shown.js'
import { readPublic } from '../form/public.js'
import { isForStaff, isOpenToStaff, publicPage, publicSectionPage } from '../page/public.js'

const base = '/questionnaires/:reference/public'

/** Vendors who never answer: staff reads what is published, and says where and when. */
export function publicRoutes(router: Router): void {
  router.get(base, may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'questionnaires/public/show', await wholeValues(req))
  })

  router.get(`${base}/sections/:section`, may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'questionnaires/public/section', await sectionValues(req))
  })

  router.post(`${base}/sections/:section`, may('supervision:write'), async (req, res) => {
    await saveSection(req, res)
  })

  router.post(`${base}/submit`, may('supervision:write'), async (req, res) => {
    const page = { view: 'questionnaires/public/show', values: () => wholeValues(req) }
    await answerOn(req, res, { input: {} }, page, async () => {
      const reference = pathPart(req, 'reference')
      await submitFromPublic(contextOf(req), reference, req.person?.name ?? '')
      redirectWith(req, res, `/questionnaires/${reference}/review`, 'review:flash.public-submitted')
    })
  })
}

/** What is right is saved, whatever is wrong with the rest; the form comes back with what is to be mended. */
async function saveSection(req: Request, res: Response): Promise<void> {
  const context = contextOf(req)
  const { view, byQuestion, questionnaire, set } = await reviewed(req)
  const section = pathPart(req, 'section')
  const questions = set.questions.filter(
    (each) => each.section === section && view.shows(each.id) && isForStaff(each, byQuestion.get(each.id)),
  )
  const page = { view: 'questionnaires/public/section', values: () => sectionValues(req) }
  const adding = typedText(req, 'add') !== ''
  const { input, problems } = readPublic(questions, byQuestion, req.body, context.today)
  await answerOn(req, res, { input: {} }, page, async () => {
    if (!isOpenToStaff(questionnaire)) throw new Refused('questionnaire-not-open')
    const conflicts: string[] = []
    if (!adding)
      for (const answer of input) {
        const saved = await answerFromPublic(context, questionnaire, req.person?.name ?? '', answer)
        if ('conflict' in saved) conflicts.push(answer.question)
      }
    if (!adding && problems.length === 0 && conflicts.length === 0)
      return redirectWith(
        req,
        res,
        `/questionnaires/${questionnaire.reference}/public/sections/${encodeURIComponent(section)}`,
        'review:flash.public-saved',
        { count: input.length },
      )
    const values = { ...(await page.values()), conflicts, typed: req.body as unknown }
    const status = adding ? 200 : problems.length > 0 ? 422 : 409
    await renderPage(req, res, page.view, { ...values, problems: adding ? [] : problems }, status)
  })
}

function reviewed(req: Request) {
  return reviewOf(contextOf(req), pathPart(req, 'reference'), req.house.config.zone)
}

async function wholeValues(req: Request): Promise<PageValues> {
  return publicPage(await reviewed(req), req.locale)
}

async function sectionValues(req: Request): Promise<PageValues> {
  const { today, locale } = contextOf(req)
  const shown = await reviewed(req)
  const section = pathPart(req, 'section')
  if (!shown.set.sections.some(({ id }) => id === section)) throw new NotFound()
  return {
    ...publicSectionPage(shown, section, { locale, today, adding: typedText(req, 'add') }),
    conflicts: [],
  }
}
