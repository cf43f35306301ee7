import type { Context } from '../base/context.js'
import type { Customer } from '../customers/rules.js'
import { textIn } from '../i18n/texts.js'
import type { Recipient } from '../notices/rules.js'
import type { Panel } from '../notices/routes.js'
import { recordOffer } from './page.js'

/** On a recipient's page: its part as an evidence pack. Handed to the notices room in `app.ts`. */
export async function partEvidencePanel(
  { noticeReference, customerReference }: Recipient,
  context: Context,
): Promise<Panel> {
  return panel(
    `/notices/${noticeReference}/recipients/${customerReference}/evidence`,
    textIn(context.locale)('exports:panel.part'),
    context,
  )
}

/** On a customer's page: all it was ever told. Handed to the customers room in `app.ts`. */
export async function customerEvidencePanel({ reference }: Customer, context: Context): Promise<Panel> {
  return panel(`/customers/${reference}/evidence`, textIn(context.locale)('exports:panel.customer'), context)
}

function panel(url: string, lead: string, { locale }: Context): Panel {
  return { title: textIn(locale)('exports:panel.title'), view: 'exports/panel', values: { url, lead } }
}

/** On a customer's page: its part of our record of processing. Handed to the customers room in `app.ts`. */
export async function customerRecordPanel(
  { reference }: Customer,
  { today, locale }: Context,
): Promise<Panel> {
  return {
    title: textIn(locale)('record:panel.title'),
    view: 'exports/record-panel',
    values: { offer: recordOffer(`/customers/${reference}/record`, today, locale) },
  }
}
