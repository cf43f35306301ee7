import { type Request, type Response, type Router } from 'express'
import { byVendorLink } from '../../auth/guards.js'
import { organisation } from '../../auth/organisation.js'
import { NotFound } from '../../base/errors.js'
import { readForm } from '../../base/form.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { coveredByStatements } from '../actions/covered.js'
import { filesOf } from '../actions/shown.js'
import { submit } from '../actions/submit.js'
import { offersTo } from '../actions/taking-over.js'
import { aboutOf } from '../actions/writing.js'
import { sharesOf } from '../records/shares.js'
import { signingForm } from '../form/respond.js'
import { printPage } from '../page/print.js'
import { startPage } from '../page/start.js'
import { submitPage } from '../page/submit.js'
import { seesSection } from '../rules/responding.js'
import { bringingRoutes } from './respond-bringing.js'
import { questionRoutes } from './respond-question.js'
import { sectionRoutes } from './respond-section.js'
import { sharingRoutes } from './respond-sharing.js'
import { responding, type Responding, type RespondPorts } from './responding.js'

/** The respondent's pages. Opening any of these changes nothing: mail scanners open links. */
export function respondRoutes(router: Router, ports: RespondPorts): void {
  router.get(
    '/v/:link',
    byVendorLink(),
    responding(async (req, res, { respondent, base }) => {
      const { questionnaire } = respondent
      const { today } = contextOf(req)
      const [house, about, shares, offers] = await Promise.all([
        organisation(),
        aboutOf(questionnaire),
        sharesOf(questionnaire._id),
        coveredByStatements(questionnaire.vendor, today).then((covered) => offersTo(respondent, covered)),
      ])
      const around = {
        locale: req.locale,
        zone: req.house.config.zone,
        today,
        base,
        asker: house?.name ?? '',
        engagements: about[req.locale].engagements,
        shares,
        offers,
      }
      await renderPage(req, res, 'questionnaires/respond/start', startPage(respondent, around))
    }),
  )

  router.get(
    '/v/:link/print',
    byVendorLink(),
    responding(async (req, res, { respondent, base }) => {
      const files = await filesOf(respondent.questionnaire, respondent.answers)
      const around = { locale: req.locale, zone: req.house.config.zone, base, files }
      await renderPage(req, res, 'questionnaires/respond/print', printPage(respondent, around))
    }),
  )

  router.get(
    '/v/:link/files/:file',
    byVendorLink(),
    responding(async (req, res, { respondent: { answers, set, part } }) => {
      const file = pathPart(req, 'file')
      const answer = answers.find(({ files }) => files.includes(file))
      const question = set.questions.find(({ id }) => id === answer?.question)
      if (!question || !seesSection(part, question.section)) throw new NotFound()
      await sendFile(res, file)
    }),
  )

  router.get(
    '/v/:link/submit',
    byVendorLink(),
    responding((req, res, visit) => showSubmit(req, res, visit)),
  )

  router.post(
    '/v/:link/submit',
    byVendorLink(),
    responding(async (req, res, visit) => {
      const read = readForm(signingForm, req.body)
      if (read.problems)
        return showSubmit(req, res, visit, { problems: read.problems, typed: req.body as unknown }, 422)
      const { name, title } = read.input
      const done = await submit(contextOf(req), visit.respondent, { name, title }).catch(refusalOf)
      if (done instanceof Error)
        return showSubmit(req, res, visit, { refusal: done, typed: req.body as unknown }, 409)
      redirectWith(req, res, visit.base, 'questionnaires-respond:flash.submitted')
    }),
  )

  sectionRoutes(router)
  questionRoutes(router)
  sharingRoutes(router)
  bringingRoutes(router, ports)
}

async function showSubmit(
  req: Request,
  res: Response,
  { respondent, base }: Responding,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const house = await organisation()
  const page = submitPage(respondent, { locale: req.locale, base, asker: house?.name ?? '' })
  await renderPage(req, res, 'questionnaires/respond/submit', { ...page, ...values }, status)
}
