import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import type { Read } from '../../base/form.js'
import { vendorsByIds } from '../../register/actions.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import {
  changeDueDate,
  changeQuestionnaireOwner,
  sendQuestionnaire,
  sendQuestionnaireAgain,
  withdrawQuestionnaire,
} from '../actions/ask.js'
import { questionnaireOf } from '../actions/move.js'
import { resumeReminders, stopReminders } from '../actions/remind.js'
import { questionnaireToShow } from '../actions/show.js'
import { readDue, readOwner, readStop, readWithdrawal } from '../form/asking.js'
import { askingPage, contactChoices, ownerStored } from '../page/asking.js'
import { urlOf } from '../page/asking-words.js'
import { questionnaireParts } from '../parts.js'
import { addressed } from './asking.js'

const base = '/questionnaires/:reference'

/** One questionnaire: what, whom, where its mails are, and all that can be done until it is answered. */
export function questionnaireRoutes(router: Router): void {
  const again = (req: Request) => ({ view: 'questionnaires/show', values: () => showValues(req) })

  router.get(base, may('supervision:read'), async (req, res) => {
    await renderPage(req, res, 'questionnaires/show', await showValues(req))
  })

  router.post(`${base}/send`, may('supervision:write'), async (req, res) => {
    await answerOn(req, res, nothing, again(req), async () => {
      const sent = await sendQuestionnaire(contextOf(req), pathPart(req, 'reference'))
      redirectWith(req, res, urlOf(sent), 'questionnaires-asking:flash.sent', { name: sent.owner.name })
    })
  })

  router.post(`${base}/send-again`, may('supervision:write'), async (req, res) => {
    await answerOn(req, res, nothing, again(req), async () => {
      const sent = await sendQuestionnaireAgain(contextOf(req), pathPart(req, 'reference'))
      redirectWith(req, res, urlOf(sent), 'questionnaires-asking:flash.sent', { name: sent.owner.name })
    })
  })

  router.post(`${base}/owner`, may('supervision:write'), async (req, res) => {
    const { vendor } = await questionnaireOf(pathPart(req, 'reference'))
    const [found] = await vendorsByIds([vendor])
    const read = readOwner(req.body, found ? addressed(found) : [])
    await answerOn(req, res, read, again(req), async ({ owner, because }) => {
      const reference = pathPart(req, 'reference')
      const changed = await changeQuestionnaireOwner(contextOf(req), reference, owner, because)
      redirectWith(req, res, urlOf(changed), 'questionnaires-asking:flash.owner', { name: owner.name })
    })
  })

  router.post(`${base}/due`, may('supervision:write'), async (req, res) => {
    await answerOn(req, res, readDue(req.body), again(req), async ({ dueOn, because }) => {
      const changed = await changeDueDate(contextOf(req), pathPart(req, 'reference'), dueOn, because)
      redirectWith(req, res, urlOf(changed), 'questionnaires-asking:flash.due')
    })
  })

  router.post(`${base}/reminders`, may('supervision:write'), async (req, res) => {
    await answerOn(req, res, readStop(req.body), again(req), async ({ reason }) => {
      const context = contextOf(req)
      const reference = pathPart(req, 'reference')
      const changed = await (reason === null
        ? resumeReminders(context, reference)
        : stopReminders(context, reference, reason))
      redirectWith(
        req,
        res,
        urlOf(changed),
        `questionnaires-asking:flash.${reason === null ? 'resumed' : 'stopped'}`,
      )
    })
  })

  router.post(`${base}/withdraw`, may('supervision:write'), async (req, res) => {
    await answerOn(req, res, readWithdrawal(req.body), again(req), async (input) => {
      const withdrawn = await withdrawQuestionnaire(contextOf(req), pathPart(req, 'reference'), input)
      redirectWith(req, res, urlOf(withdrawn), 'questionnaires-asking:flash.withdrawn')
    })
  })
}

const nothing: Read<Record<string, never>> = { input: {} }

/** Everything the page shows; its forms show what was typed when one of them is wrong. */
async function showValues(req: Request): Promise<PageValues> {
  const context = contextOf(req)
  const { today, locale } = context
  const { zone } = req.house.config
  const shown = await questionnaireToShow(pathPart(req, 'reference'))
  const { questionnaire, vendor } = shown
  const [history, parts] = await Promise.all([
    historyOf('questionnaire', questionnaire._id),
    Promise.all(questionnaireParts.map((part) => part(questionnaire, context, zone))),
  ])
  return {
    ...askingPage(shown, { today, locale, zone }),
    ...contactChoices(vendor ? addressed(vendor) : [], locale),
    stored: { ...ownerStored(questionnaire), dueOn: questionnaire.dueOn },
    parts: parts.filter((part) => part !== null),
    history,
  }
}
