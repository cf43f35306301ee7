import type { Context } from '../../base/context.js'
import type { Customer } from '../../customers/rules.js'
import { textIn } from '../../i18n/texts.js'
import { lawNow } from '../../transfers/actions.js'
import { listOn } from '../actions.js'
import { listRows } from '../page.js'
import { allServices } from '../records.js'
import { customerMap } from './map.js'
import type { Panel } from './ports.js'

/** On a customer's page: what it has approved today. Handed to the customers room in `app.ts`. */
export async function customerListPanel(customer: Customer, { today, locale }: Context): Promise<Panel> {
  const [law, rows, services] = await Promise.all([lawNow(), listOn(customer._id, today), allServices()])
  return {
    title: textIn(locale)('register:panel.title'),
    view: 'register/panel',
    values: {
      rows: listRows(law, rows, services, today, locale),
      listOf: customer.reference,
      today,
      map: await customerMap(law, rows, customer.reference, { today, locale }),
    },
  }
}
