import type { Context } from '../../base/context.js'
import type { Customer } from '../../customers/rules.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Engagement } from '../../register/rules.js'
import { noticesForCustomer, toldCounts, withContents } from '../actions.js'
import { lineTitle } from '../page/facts.js'
import { toldPanelWords } from '../page/told.js'
import { noticeState, recipientState } from '../page/words.js'
import { findNoticesAbout } from '../records/notices.js'
import type { Panel } from './ports.js'

/** On an engagement's page: the notices in which it comes or goes. Handed to the register room in `app.ts`. */
export async function engagementNoticesPanel(engagement: Engagement, { locale }: Context): Promise<Panel> {
  const t = textIn(locale)
  const notices = await Promise.all((await findNoticesAbout(engagement._id)).map(withContents))
  return {
    title: t('notices:panel.title-about'),
    view: 'partials/linked',
    values: {
      items: notices.map((notice) => ({
        url: `/notices/${notice.reference}`,
        text: `${notice.reference}: ${notice.lines.map((line) => lineTitle(line, t)).join('; ')}`,
        state: noticeState(notice, t),
        note: notice.issuedOn && formatShortDay(notice.issuedOn, locale),
      })),
      empty: t('notices:panel.none-about'),
    },
  }
}

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

/** On an engagement's page: how many were told of it, and the way to who and what. */
export async function engagementToldPanel(engagement: Engagement, { locale }: Context): Promise<Panel> {
  const t = textIn(locale)
  return {
    title: t('past:told.panel'),
    view: 'notices/told-panel',
    values: {
      sentences: toldPanelWords(await toldCounts(engagement), locale),
      link: { url: `/engagements/${engagement.reference}/told`, text: t('past:told.open') },
    },
  }
}

/** On a customer's page: the way to what it had been told by a day. */
export async function customerToldPanel(customer: Customer, { locale }: Context): Promise<Panel> {
  const t = textIn(locale)
  return {
    title: t('past:customer.panel'),
    view: 'notices/told-panel',
    values: {
      sentences: [t('past:customer.panel-lead')],
      link: { url: `/customers/${customer.reference}/told`, text: t('past:customer.open') },
    },
  }
}
