import type { Request, Response, Router } from 'express'
import { byVendorLink } from '../../auth/guards.js'
import { readForm } from '../../base/form.js'
import { contextOf, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { queried, typedText } from '../../web/answer.js'
import { coveredByStatements } from '../actions/covered.js'
import { respondentBy, type Respondent } from '../actions/respondent.js'
import { saveSection } from '../actions/sections.js'
import { beforeOf, filesOf } from '../actions/shown.js'
import { offeredFrom, offersTo, takeOver, type OfferedFrom } from '../actions/taking-over.js'
import { stillTrueForm, takenForm } from '../form/respond.js'
import { sectionPage } from '../page/section.js'
import { takeOverPage } from '../page/taking-over.js'
import { registeredBeside } from '../actions/registered.js'
import { remarksTo } from '../actions/remarks-shown.js'
import type { Answer } from '../rules/questionnaire.js'
import { lackingIn, mayAnswer } from '../rules/responding.js'
import { responding, sectionOf, type Responding } from './responding.js'

const path = '/v/:link/sections/:section'

export function sectionRoutes(router: Router): void {
  router.get(
    path,
    byVendorLink(),
    responding(async (req, res, visit) => showSection(req, res, visit)),
  )

  router.post(
    path,
    byVendorLink(),
    responding(async (req, res, visit) => {
      const section = sectionOf(req, visit.respondent)
      const saved = await saveSection(contextOf(req), visit.respondent, section.id, req.body).catch(refusalOf)
      const fresh = { ...visit, respondent: await again(req) }
      if (saved instanceof Error)
        return showSection(req, res, fresh, { refusal: saved, typed: req.body as unknown }, 409)
      const { problems, conflicts } = saved
      if (problems.length > 0 || conflicts.size > 0) {
        const status = conflicts.size > 0 ? 409 : 422
        const values = { problems, typed: req.body as unknown }
        return showSection(req, res, fresh, values, status, conflicts)
      }
      redirectWith(req, res, whereTo(req, visit, fresh.respondent), 'questionnaires-respond:flash.saved')
    }),
  )

  router.get(
    `${path}/take-over`,
    byVendorLink(),
    responding((req, res, visit) => showOffers(req, res, visit, fromOf(queried(req, 'from')))),
  )

  router.post(
    `${path}/take-over`,
    byVendorLink(),
    responding(async (req, res, visit) => {
      const { respondent, base } = visit
      const section = sectionOf(req, respondent)
      const from = fromOf(typedText(req, 'from'))
      const values = (wrong: PageValues): PageValues => ({ ...wrong, typed: req.body as unknown })
      const read = from === 'before' ? readForm(stillTrueForm, req.body) : readForm(takenForm, req.body)
      if (read.problems) return showOffers(req, res, visit, from, values({ problems: read.problems }), 422)
      const covered = await coveredByStatements(respondent.questionnaire.vendor, contextOf(req).today)
      const chosen =
        'name' in read.input
          ? { questions: null, name: read.input.name }
          : { questions: read.input.questions, name: null }
      const count = await takeOver(contextOf(req), respondent, covered, {
        section: section.id,
        from,
        ...chosen,
      }).catch(refusalOf)
      if (typeof count !== 'number') return showOffers(req, res, visit, from, values({ refusal: count }), 409)
      const url = `${base}/sections/${encodeURIComponent(section.id)}`
      redirectWith(req, res, url, 'questionnaires-respond:flash.taken-over', { count })
    }),
  )
}

async function showSection(
  req: Request,
  res: Response,
  { respondent, base }: Responding,
  values: PageValues = {},
  status = 200,
  conflicts: ReadonlyMap<string, Answer> = new Map(),
): Promise<void> {
  const section = sectionOf(req, respondent)
  const { questionnaire, answers } = respondent
  const { today } = contextOf(req)
  const [files, before, registered, remarks, covered] = await Promise.all([
    filesOf(questionnaire, answers),
    beforeOf(questionnaire),
    registeredBeside(questionnaire, req.locale),
    remarksTo(questionnaire),
    coveredByStatements(questionnaire.vendor, today),
  ])
  const more = queried(req, 'more')
  const page = sectionPage(respondent, section, {
    locale: req.locale,
    zone: req.house.config.zone,
    base,
    files,
    before,
    registered,
    remarks,
    rows: new Map(more ? [[more, 5]] : []),
    conflicts,
  })
  const { sections } = await offersTo(respondent, covered)
  const offered = sections
    .filter((each) => each.section === section.id)
    .map(({ from, offers }) => ({
      from,
      count: offers.length,
      title: offers[0]?.title ?? '',
      url: `${page.url}/take-over?from=${from}`,
    }))
  await renderPage(req, res, 'questionnaires/respond/section', { ...page, offered, ...values }, status)
}

async function showOffers(
  req: Request,
  res: Response,
  { respondent, base }: Responding,
  from: OfferedFrom,
  values: PageValues = {},
  status = 200,
): Promise<void> {
  const section = sectionOf(req, respondent)
  const covered = await coveredByStatements(respondent.questionnaire.vendor, contextOf(req).today)
  const offers = await offersTo(respondent, covered)
  const around = { locale: req.locale, zone: req.house.config.zone, base, from }
  const page = takeOverPage(respondent, section, offers, around)
  await renderPage(req, res, 'questionnaires/respond/take-over', { ...page, ...values }, status)
}

/** The next section; the same one where the answers just given ask for more here, or a button asked for something here. */
function whereTo(req: Request, { respondent: before, base }: Responding, now: Respondent): string {
  const section = sectionOf(req, now)
  const url = `${base}/sections/${encodeURIComponent(section.id)}`
  const attach = typedText(req, 'attach')
  if (attach) return `${base}/questions/${encodeURIComponent(attach)}/files`
  const add = now.set.questions.find(({ id }) => id === typedText(req, 'add'))
  if (add) return `${url}?more=${encodeURIComponent(add.id)}#q-${add.id.replaceAll(/[.[\]\s]/g, '_')}`
  const lacking = (one: Respondent) =>
    lackingIn(one.set, one.given, one.around).filter(
      (question) => question.section === section.id && mayAnswer(one.questionnaire, one.part, question),
    )
  const known = new Set(lacking(before).map(({ id }) => id))
  const asksMore = lacking(now).some(({ id }) => !known.has(id))
  if (typedText(req, 'go') !== 'next' || asksMore) return url
  const seen = now.set.sections.filter(
    ({ id }) => now.part.kind === 'owner' || now.part.sections.includes(id),
  )
  const next = seen[seen.findIndex(({ id }) => id === section.id) + 1]
  return next ? `${base}/sections/${encodeURIComponent(next.id)}` : base
}

async function again(req: Request): Promise<Respondent> {
  if (!req.vendorLink) throw new Error("a vendor's page without byVendorLink()")
  return respondentBy(req.vendorLink, contextOf(req).today)
}

function fromOf(text: string): OfferedFrom {
  return offeredFrom.find((from) => from === text) ?? 'before'
}
