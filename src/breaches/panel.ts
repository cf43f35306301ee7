/** Sections of this room on other rooms' pages: handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import { textIn } from '../i18n/texts.js'
import { danishDateRules } from '../notices/rules/deadlines.js'
import type { Vendor } from '../register/rules.js'
import { breachItem } from './page.js'
import { breachesOfVendor } from './records.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

const shown = 10

/** On a vendor's page: its breaches, and the link each of its contacts may be mailed to report one by. */
export async function vendorBreachesPanel(vendor: Vendor, { locale }: Context): Promise<Panel> {
  const t = textIn(locale)
  const breaches = await breachesOfVendor(vendor._id, shown)
  return {
    title: t('breaches:title'),
    view: 'breaches/panel',
    values: {
      items: breaches.map((breach) => breachItem(breach, { locale, zone: danishDateRules.zone })),
      empty: t('breaches:panel.empty'),
      ended: vendor.endedOn !== null,
      contacts: vendor.contacts
        .filter(({ email }) => email !== undefined)
        .map(({ id, name, email }) => ({
          name,
          email,
          url: `/breaches/vendors/${vendor.reference}/links/${id}`,
        })),
    },
  }
}
