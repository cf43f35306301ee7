import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { pickersFor, pickIn } from '../../lists/picker.js'
import { linkPlaceholder } from '../../mail/rules.js'
import { previewMail } from '../../mail/actions.js'
import { currentSets } from '../../question-sets/actions.js'
import {
  engagementByReference,
  engagementsOfVendor,
  vendorByReference,
  vendorsByIds,
  vendorsToPick,
} from '../../register/actions.js'
import type { Vendor } from '../../register/rules.js'
import { answerOn, queried } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { changePrepared, prepareQuestionnaire, setOf } from '../actions/ask.js'
import { questionnaireOf } from '../actions/move.js'
import { writingOf } from '../actions/writing.js'
import { readAsking, whys, type AskingInput } from '../form/asking.js'
import { askedMail } from '../mails/asking.js'
import { askingForm, setPreview } from '../page/asking.js'
import { stateOf, urlOf } from '../page/asking-words.js'
import type { Asking } from '../rules/asking.js'
import type { Questionnaire } from '../rules/questionnaire.js'
import { textIn } from '../../i18n/texts.js'
import { sendFramed } from '../../web/send.js'

/** Prepare one, look at what they will get, and change it. */
export function askingRoutes(router: Router): void {
  router.get('/questionnaires/new', may('supervision:write'), async (req, res) => {
    const vendor = await vendorByReference(queried(req, 'vendor'))
    if (vendor) return renderPage(req, res, 'questionnaires/form', await formValues(req, vendor, null))
    const field = { field: 'vendor', source: vendorsToPick(contextOf(req), 'reference') }
    const typed = queried(req, 'vendor')
    const picks = typed === '' ? undefined : await pickIn({ vendor: req.query['vendor'] }, [field])
    const chosen = picks?.found.get('vendor')?.chosen
    if (chosen) {
      const { vendor: _vendor, ...rest } = req.query as Record<string, string>
      return res.redirect(
        303,
        `/questionnaires/new?${new URLSearchParams({ ...rest, vendor: chosen.value }).toString()}`,
      )
    }
    await renderPage(req, res, 'questionnaires/choose', {
      pickers: await pickersFor([field], picks),
      problems: picks?.problems ?? [],
      kept: ['year', 'why', 'set'].flatMap((name) =>
        queried(req, name) === '' ? [] : [[name, queried(req, name)]],
      ),
    })
  })

  router.post('/questionnaires/new', may('supervision:write'), async (req, res) => {
    const vendor = await vendorByReference(queried(req, 'vendor'))
    if (!vendor) throw new NotFound()
    const again = { view: 'questionnaires/form', values: () => formValues(req, vendor, null) }
    await answerOn(req, res, readAsking(req.body, addressed(vendor)), again, async (input) => {
      const questionnaire = await prepareQuestionnaire(contextOf(req), await askingOf(vendor, input))
      redirectWith(req, res, `${urlOf(questionnaire)}/preview`, 'questionnaires-asking:flash.prepared', {
        reference: questionnaire.reference,
      })
    })
  })

  router.get('/questionnaires/:reference/edit', may('supervision:write'), async (req, res) => {
    const { questionnaire, vendor } = await both(req)
    await renderPage(req, res, 'questionnaires/form', await formValues(req, vendor, questionnaire))
  })

  router.post('/questionnaires/:reference/edit', may('supervision:write'), async (req, res) => {
    const { questionnaire, vendor } = await both(req)
    const again = { view: 'questionnaires/form', values: () => formValues(req, vendor, questionnaire) }
    await answerOn(req, res, readAsking(req.body, addressed(vendor)), again, async (input) => {
      const changed = await changePrepared(
        contextOf(req),
        questionnaire.reference,
        await askingOf(vendor, input),
      )
      redirectWith(req, res, `${urlOf(changed)}/preview`, 'questionnaires-asking:flash.saved')
    })
  })

  router.get('/questionnaires/:reference/preview', may('supervision:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const questionnaire = await questionnaireOf(pathPart(req, 'reference'))
    const { owner } = questionnaire
    const { content } = await mailFor(questionnaire)
    const shown = await previewMail(content, owner.locale, true)
    await renderPage(req, res, 'questionnaires/preview', {
      reference: questionnaire.reference,
      base: urlOf(questionnaire),
      vendorName: questionnaire.vendorName,
      state: stateOf(questionnaire, today, textIn(locale)),
      prepared: questionnaire.state === 'prepared',
      version: questionnaire.version,
      to: `${owner.name}, ${owner.email}`,
      language: textIn(locale)(`questionnaires-asking:language.${owner.locale}`),
      theirs: owner.locale,
      subject: content.subject,
      plain: shown.text.replaceAll(linkPlaceholder, '…'),
      sections: setPreview(setOf(questionnaire.set), owner.locale),
    })
  })

  // A page of its own, so that nothing of the mail can reach the page around it.
  router.get('/questionnaires/:reference/preview/mail', may('supervision:read'), async (req, res) => {
    const questionnaire = await questionnaireOf(pathPart(req, 'reference'))
    const { content } = await mailFor(questionnaire)
    const { html } = await previewMail(content, questionnaire.owner.locale, true)
    sendFramed(res, html)
  })
}

async function mailFor(questionnaire: Questionnaire) {
  const writing = await writingOf(questionnaire)
  return askedMail(writing, { ...questionnaire.owner, link: 'preview' })
}

async function both(req: Request): Promise<{ questionnaire: Questionnaire; vendor: Vendor }> {
  const questionnaire = await questionnaireOf(pathPart(req, 'reference'))
  const [vendor] = await vendorsByIds([questionnaire.vendor])
  if (!vendor) throw new NotFound()
  return { questionnaire, vendor }
}

export function addressed({ contacts }: Vendor): Vendor['contacts'] {
  return contacts.filter(({ email }) => email)
}

/** Engagements as they were named -> records; one of another vendor is none. */
async function askingOf(vendor: Vendor, { engagements, ...input }: AskingInput): Promise<Asking> {
  const found = await Promise.all(engagements.map((reference) => engagementByReference(reference)))
  return {
    ...input,
    vendor: vendor._id,
    engagements: found.flatMap((each) => (each?.vendor === vendor._id ? [each._id] : [])),
  }
}

async function formValues(
  req: Request,
  vendor: Vendor,
  questionnaire: Questionnaire | null,
): Promise<PageValues> {
  const { today, locale } = contextOf(req)
  const why = whys.find((each) => each === queried(req, 'why')) ?? 'yearly'
  const year = Number(queried(req, 'year')) || Number(today.slice(0, 4))
  const sets = currentSets()
  const named = sets.find(({ id }) => id === queried(req, 'set') || id.includes('yearly'))
  const asked = {
    why,
    year,
    set: named ? `${named.id} ${named.version}` : '',
    engagements: queried(req, 'engagements').split(',').filter(Boolean),
  }
  const known = questionnaire ? [setOf(questionnaire.set)] : []
  const offered = [
    ...known.filter(({ id, version }) => !sets.some((set) => set.id === id && set.version === version)),
    ...sets,
  ]
  return {
    ...askingForm(
      { vendor, engagements: await engagementsOfVendor(vendor._id), sets: offered, questionnaire, asked },
      { today, locale, zone: req.house.config.zone },
    ),
    reference: questionnaire?.reference ?? null,
    action: questionnaire ? `${urlOf(questionnaire)}/edit` : `/questionnaires/new?vendor=${vendor.reference}`,
  }
}
