import { Router } from 'express'
import { may } from '../auth/guards.js'
import type { Context } from '../base/context.js'
import type { Day } from '../base/day.js'
import { customerByReference } from '../customers/actions.js'
import type { Customer } from '../customers/rules.js'
import { textIn } from '../i18n/texts.js'
import { contextOf, pathPart, renderPage } from '../web/page.js'
import { sendBytes } from '../web/send.js'
import { annexBFile, papersHandedOut } from './actions.js'
import { asksForFile, readOrder } from './form.js'
import { annexBOffer, handedOut } from './page.js'
import { languageFor } from './rules.js'

export const annexBRoutes: Router = Router()

/** The document, or where nothing is chosen yet the page to choose on. */
annexBRoutes.get('/customers/:reference/annex-b', may('customers:read'), async (req, res) => {
  const context = contextOf(req)
  const customer = await customerByReference(pathPart(req, 'reference'))
  const read = readOrder(req.query, context)
  if (read.input && asksForFile(req.query))
    return sendBytes(res, await annexBFile(context, customer, read.input))
  const url = `/customers/${customer.reference}`
  const history = await papersHandedOut(customer)
  await renderPage(
    req,
    res,
    'annex-b/show',
    {
      name: customer.name,
      back: { url, text: textIn(context.locale)('annex-b:offer.back') },
      offer: annexBOffer(
        `${url}/annex-b`,
        {
          on: read.input?.on ?? context.today,
          today: context.today,
          language: languageFor(customer, context.today, context.locale),
        },
        context.locale,
      ),
      papers: handedOut(history, context.locale),
      history,
      ...(read.problems ? { problems: read.problems, typed: req.query } : {}),
    },
    read.problems ? 422 : 200,
  )
})

/** On a customer's page. Handed to the customers room in `app.ts`. */
export async function annexBPanel(customer: Customer, context: Context) {
  return panelFor(customer, context.today, context, false, false)
}

/** Below a customer's list, for the day that is shown. Handed to the register room in `app.ts`. */
export async function listAnnexBPanel(
  customer: Customer,
  { on, asThen }: { on: Day; asThen: boolean },
  context: Context,
) {
  return panelFor(customer, on, context, true, asThen)
}

function panelFor(
  customer: Customer,
  on: Day,
  { today, locale }: Context,
  dayFixed: boolean,
  asThen: boolean,
) {
  const { reference } = customer
  const language = languageFor(customer, today, locale)
  return {
    title: textIn(locale)('annex-b:offer.title'),
    view: 'annex-b/panel',
    values: {
      offer: annexBOffer(
        `/customers/${reference}/annex-b`,
        { on, today, dayFixed, language, asThen },
        locale,
      ),
      papersUrl: `/customers/${reference}/annex-b#papers`,
    },
  }
}
