import type { Context } from '../base/context.js'
import { formatShortDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { Recipient } from '../notices/rules.js'
import type { Panel } from '../notices/routes.js'
import { objectionsOfRecipient } from './actions.js'
import { stateOf, urlOf } from './page/words.js'

/** On a recipient's page: its objections. Handed to the notices room in `app.ts`. */
export async function recipientObjectionsPanel(recipient: Recipient, { locale }: Context): Promise<Panel> {
  const t = textIn(locale)
  return {
    title: t('objections:title'),
    view: 'partials/linked',
    values: {
      items: (await objectionsOfRecipient(recipient._id)).map((objection) => ({
        url: urlOf(objection),
        text: objection.reference,
        state: stateOf(objection, t),
        note: t('objections:panel.received', { day: formatShortDay(objection.receivedOn, locale) }),
      })),
      empty: t('objections:panel.empty'),
    },
  }
}
