import type { Context, Locale } from '../base/context.js'
import { formatShortDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { Recipient } from '../notices/rules.js'
import type { Panel } from '../notices/routes.js'
import type { ObjectionsOf } from '../notices/page.js'
import { objectionsOfRecipient, objectionsOfRecipients } from './actions.js'
import { stateOf, urlOf, type State } from './page/words.js'

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

/** By recipient, for lists of who was told what. Handed to the notices room in `app.ts`. */
export async function objectionsByRecipient(
  recipients: readonly string[],
  locale: Locale,
): Promise<ObjectionsOf> {
  const t = textIn(locale)
  const found = new Map<string, { url: string; text: string; state: State }[]>()
  for (const objection of await objectionsOfRecipients(recipients)) {
    const row = { url: urlOf(objection), text: objection.reference, state: stateOf(objection, t) }
    found.set(objection.recipient, [...(found.get(objection.recipient) ?? []), row])
  }
  return found
}
