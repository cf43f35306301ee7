import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { ReplyHead } from '../records.js'

/** On the customer's own page: that its mails have come, and what they stop; never what staff made of them. */
export function repliesForCustomer(
  replies: readonly Pick<ReplyHead, 'kind' | 'state' | 'blocking' | 'arrivedAt'>[],
  locale: Locale,
  zone: string,
): { tone: string; text: string }[] {
  const t = textIn(locale)
  return replies
    .filter(({ kind }) => kind === 'message')
    .map(({ state, blocking, arrivedAt }) => ({
      tone: blocking ? 'wait' : 'calm',
      text: [
        t(`replies:own.${state === 'unmatched' ? 'perhaps' : 'received'}`, {
          at: formatInstant(arrivedAt, locale, zone),
        }),
        t(`replies:own.${blocking ? 'blocking' : 'read'}`),
      ].join(' '),
    }))
}
