import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { newId } from '../../base/ids.js'
import { customersByIds, customersToPick } from '../../customers/actions.js'
import { approversOn } from '../../customers/rules.js'
import { textIn } from '../../i18n/texts.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { allServices, engagementsToPick } from '../../register/actions.js'
import { countries } from '../../transfers/rules.js'
import { answerOn, queried, typedText } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { giveInstruction, instructionOf } from '../actions.js'
import { readInstruction } from '../form.js'
import { urlOf } from '../page.js'
import { instructionChannels, instructionSubjects } from '../rules.js'

const files = upload([{ name: 'files', maxCount: 5 }])

/** What a customer has instructed in writing, taken down with its file (clause 4.1). */
export function newRoutes(router: Router): void {
  router.get('/instructions/new', may('requests:write'), async (req, res) => {
    await renderPage(req, res, 'instructions/new', await newValues(req))
  })

  router.post('/instructions/new', may('requests:write'), files, async (req, res) => {
    const context = contextOf(req)
    const picks = await pickIn(req.body, boxes(req))
    const came = uploaded(req, 'files')
    const read = readInstruction(picks.body, {
      today: context.today,
      files: came.length,
      services: (await allServices()).map(({ _id }) => _id),
      countries: countries(req.locale).map(({ code }) => code),
    })
    const again = { view: 'instructions/new', values: () => newValues(req, picks) }
    await answerOn(req, res, withPicks(read, picks), again, async (input) => {
      const { name, title, customer: id, ...said } = input
      const [customer] = await customersByIds([id])
      if (!customer) throw new Error('a customer that was just chosen is not there')
      const given = await giveInstruction(context, {
        ...said,
        customer,
        by: { name, title },
        files: came,
      })
      redirectWith(req, res, urlOf(given), 'instructions:flash.given', { reference: given.reference })
    })
  })
}

async function newValues(req: Request, picks?: Picks): Promise<PageValues> {
  const { today, locale } = contextOf(req)
  const t = textIn(locale)
  const replaces = typedText(req, 'replaces') || queried(req, 'replaces')
  const earlier = replaces ? await instructionOf(replaces) : null
  const [customerBox, engagementBox] = boxes(req)
  const stored = {
    customer: queried(req, 'customer') || earlier?.customerReference || null,
    engagement: queried(req, 'engagement') || earlier?.engagement || null,
  }
  const [pickers, services] = await Promise.all([
    pickersFor(
      [
        { ...customerBox, stored: stored.customer },
        { ...engagementBox, stored: stored.engagement },
      ],
      picks,
    ),
    allServices(),
  ])
  const chosen = pickers['customer']?.value
  const [customer] = chosen ? await customersByIds([chosen]) : []
  return {
    once: typedText(req, 'once') || newId(),
    pickers,
    earlier: earlier && { reference: earlier.reference, text: earlier.text },
    stored: {
      subject: earlier?.subject ?? (stored.engagement ? 'engagement' : ''),
      service: earlier?.service ?? '',
      countries: earlier?.countries ?? [],
    },
    approvers: customer
      ? new Intl.ListFormat(locale).format(approversOn(customer.contacts, today).map(({ name }) => name))
      : '',
    subjects: instructionSubjects.map((value) => ({ value, text: t(`instructions:subject.${value}`) })),
    channels: instructionChannels.map((value) => ({ value, text: t(`instructions:channel.${value}`) })),
    services: services.map(({ _id, name }) => ({ value: _id, text: name[locale] })),
    countries: countries(locale).map(({ code, name }) => ({ value: code, text: name })),
    today,
  }
}

function boxes(req: Request): [PickField, PickField] {
  const context = contextOf(req)
  return [
    { field: 'customer', source: customersToPick(context, 'id') },
    { field: 'engagement', source: engagementsToPick(context, 'id') },
  ]
}
