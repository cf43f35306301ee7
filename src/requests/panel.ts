/** Sections of this room on the pages of others: handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import type { Customer } from '../customers/rules.js'
import { textIn } from '../i18n/texts.js'
import { requestItem } from './page.js'
import { requestsOfCustomer } from './records.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

const most = 15

/** On a customer's page: what it asked for and what we told it, what is ours to do first. */
export async function customerRequestsPanel(customer: Customer, { today, locale }: Context): Promise<Panel> {
  const requests = await requestsOfCustomer(customer._id, most)
  return {
    title: textIn(locale)('requests:title'),
    view: 'requests/panel',
    values: {
      items: requests.map((request) => requestItem(request, { today, locale })),
      customer: customer.reference,
    },
  }
}
