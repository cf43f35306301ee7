import type { Context } from '../../base/context.js'
import type { Customer } from '../../customers/rules.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { noticesForCustomer } from '../actions.js'
import { lineTitle } from '../page/facts.js'
import { recipientState } from '../page/words.js'
import type { Panel } from './ports.js'

/** On a customer's page: every notice it was told of, newest first. Handed to the customers room in `app.ts`. */
export async function customerNoticesPanel(customer: Customer, { locale }: Context): Promise<Panel> {
  const t = textIn(locale)
  const parts = await noticesForCustomer(customer._id)
  return {
    title: t('notices:panel.title'),
    view: 'partials/linked',
    values: {
      items: parts.map(({ notice, recipient }) => ({
        url: `/notices/${notice.reference}/recipients/${customer.reference}`,
        text: `${notice.reference}: ${notice.lines.map((line) => lineTitle(line, t)).join('; ')}`,
        state: recipientState(recipient, t),
        note:
          recipient.lastDay &&
          t('notices:panel.last-day', { day: formatShortDay(recipient.lastDay, locale) }),
      })),
      empty: t('notices:panel.empty'),
    },
  }
}
