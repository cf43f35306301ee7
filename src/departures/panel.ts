/** Sections of this room on the pages of others: handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import type { Customer } from '../customers/rules.js'
import { textIn } from '../i18n/texts.js'
import type { Engagement } from '../register/rules.js'
import { departureItem } from './page.js'
import { departuresAtEngagement, departuresOfCustomer } from './records.js'
import type { Departure } from './rules.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

export async function customerDeparturesPanel(customer: Customer, context: Context): Promise<Panel> {
  return panelOf(await departuresOfCustomer(customer._id), context)
}

/** Only where data of anybody were asked about there. */
export async function engagementDeparturesPanel(engagement: Engagement, context: Context): Promise<Panel> {
  return panelOf(await departuresAtEngagement(engagement._id), context)
}

function panelOf(departures: readonly Departure[], { today, locale }: Context): Panel {
  const t = textIn(locale)
  return {
    title: t('departures:title'),
    view: 'partials/linked',
    values: {
      items: departures.slice(0, 20).map((departure) => departureItem(departure, { today, locale })),
      empty: t('departures:panel.empty'),
    },
  }
}
