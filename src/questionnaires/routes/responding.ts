import type { Request, RequestHandler, Response } from 'express'
import { NotFound } from '../../base/errors.js'
import type { Section } from '../../question-sets/rules/set.js'
import { speak } from '../../web/language.js'
import { contextOf, pathPart, renderPage } from '../../web/page.js'
import { respondentBy, type Respondent } from '../actions/respondent.js'
import { closedPage } from '../page/start.js'
import { seesSection } from '../rules/responding.js'
import type { ReadSheets } from '../rules/workbook.js'

/** What rooms after this one know, handed over in `app.ts`. */
export type RespondPorts = {
  /** Reads a workbook within the limits imports have. */
  readSheets: ReadSheets
}

export type Responding = { respondent: Respondent; base: string }

type Show = (req: Request, res: Response, responding: Responding) => Promise<void>

/** Whom the page is for, in that person's language. A questionnaire that was withdrawn says so, whatever page is asked for. */
export function responding(show: Show): RequestHandler {
  return async (req, res) => {
    const { vendorLink } = req
    if (!vendorLink) throw new Error("a vendor's page without byVendorLink()")
    const respondent = await respondentBy(vendorLink, contextOf(req).today)
    speak(req, respondent.locale)
    if (respondent.questionnaire.state === 'withdrawn') {
      const status = req.method === 'GET' ? 200 : 409
      return renderPage(req, res, 'questionnaires/respond/closed', closedPage(respondent, req.locale), status)
    }
    await show(req, res, { respondent, base: `/v/${vendorLink._id}` })
  }
}

/** The section in the address, where this respondent sees it. Throws `NotFound`. */
export function sectionOf(req: Request, { set, part }: Respondent): Section {
  const id = pathPart(req, 'section')
  const section = set.sections.find((each) => each.id === id)
  if (!section || !seesSection(part, id)) throw new NotFound()
  return section
}

/** The question in the address, in a section this respondent sees. Throws `NotFound`. */
export function questionOf(req: Request, { set, part }: Respondent) {
  const id = pathPart(req, 'question')
  const question = set.questions.find((each) => each.id === id)
  if (!question || !seesSection(part, question.section)) throw new NotFound()
  return question
}
