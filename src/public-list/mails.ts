/** Courtesy mails. Each says that it is no notice under the agreement, and can be stopped with one click (RFC 8058). */
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import { linkPlaceholder, type Message } from '../mail/rules.js'
import { changesInWords, correctionInWords } from './page/changes.js'
import type { EditionHead } from './rules/editions.js'
import { daysToConfirm, type Subscriber } from './rules/subscribers.js'

export function confirmationMail({ _id, email, locale, asked }: Subscriber, house: string): Message {
  const t = textIn(locale)
  return {
    key: `public-list-confirmation/${_id}/${asked}`,
    kind: 'public-list-confirmation',
    to: { address: email },
    locale,
    content: {
      subject: t('public-list:confirmation.subject', { house }),
      lead: t('public-list:confirmation.lead'),
      sections: [
        { paragraphs: [t('public-list:confirmation.what', { house }), t('public-list:courtesy')] },
        { paragraphs: [t('public-list:confirmation.not-you', { days: daysToConfirm })] },
      ],
      button: { label: t('public-list:confirmation.button') },
    },
    link: _id,
    about: { kind: 'public-list-subscriber', id: _id },
  }
}

/** What a mail can hold and still be read. */
const mostChanges = 40

export function editionMail(
  { _id, email, locale }: Pick<Subscriber, '_id' | 'email' | 'locale'>,
  edition: EditionHead,
  house: string,
): Message {
  const t = textIn(locale)
  const changes = changesInWords(edition.changes, locale)
  const more = changes.length - mostChanges
  return {
    key: `public-list-edition/${edition._id}/${_id}`,
    kind: 'public-list-edition',
    to: { address: email },
    locale,
    content: {
      subject: t('public-list:edition-mail.subject', { house }),
      lead: t('public-list:edition-mail.lead', { house, day: formatDay(edition.day, locale) }),
      sections: [
        ...(edition.corrects ? [{ paragraphs: [correctionInWords(edition.corrects, locale)] }] : []),
        {
          heading: t('public-list:changes'),
          list: [
            ...changes.slice(0, mostChanges),
            ...(more > 0 ? [t('public-list:edition-mail.more', { count: more })] : []),
            ...(changes.length === 0 ? [t('public-list:no-changes')] : []),
          ],
        },
        { paragraphs: [t('public-list:courtesy')] },
      ],
      button: { label: t('public-list:edition-mail.button') },
    },
    link: _id,
    headers: {
      'List-Unsubscribe': `<${linkPlaceholder}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    about: { kind: 'public-list-subscriber', id: _id },
    ...(edition.sample ? { sample: true } : {}),
  }
}
