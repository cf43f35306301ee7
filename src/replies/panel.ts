import type { Context, Locale } from '../base/context.js'
import type { Customer } from '../customers/rules.js'
import { textIn } from '../i18n/texts.js'
import type { Notice, Recipient } from '../notices/rules.js'
import type { Panel } from '../notices/routes.js'
import { replyItems } from './page.js'
import { countWaiting, repliesOfCustomer, repliesOfRecipient } from './records.js'

/** On a recipient's page: what came back. Handed to the notices room in `app.ts`. */
export function recipientRepliesPanel(zone: string) {
  return async (recipient: Recipient, { locale }: Context): Promise<Panel> =>
    panelOf(await repliesOfRecipient(recipient._id), locale, zone)
}

/** On a notice's page: how many wait to be read; nothing while none do. Handed to the notices room in `app.ts`. */
export async function noticeRepliesPanel(notice: Notice, { locale }: Context): Promise<Panel | null> {
  const count = notice.state === 'draft' ? 0 : await countWaiting(notice._id)
  if (count === 0) return null
  const t = textIn(locale)
  const item = {
    url: `/replies?q=${notice.reference}`,
    text: t('replies:panel.waiting', { count }),
    state: { tone: 'stop', word: t('replies:state.blocking') },
    note: null,
  }
  return { title: t('replies:title'), view: 'partials/linked', values: { items: [item], empty: '' } }
}

/** On a customer's page: the same for all notices. Handed to the customers room in `app.ts`. */
export function customerRepliesPanel(zone: string) {
  return async (customer: Customer, { locale }: Context): Promise<Panel> =>
    panelOf(await repliesOfCustomer(customer._id), locale, zone)
}

function panelOf(replies: Parameters<typeof replyItems>[0], locale: Locale, zone: string): Panel {
  const t = textIn(locale)
  return {
    title: t('replies:title'),
    view: 'partials/linked',
    values: { items: replyItems(replies, { locale, zone }), empty: t('replies:panel.empty') },
  }
}
