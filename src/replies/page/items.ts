/** Replies as lines on the pages of other rooms. */
import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { ReplyHead } from '../records.js'
import { stateOf, subjectOf, urlOf } from './words.js'

export function replyItems(
  replies: readonly ReplyHead[],
  { locale, zone }: { locale: Locale; zone: string },
) {
  const t = textIn(locale)
  return replies.map((reply) => ({
    url: urlOf(reply),
    text: `${reply.reference}: ${subjectOf(reply, t)}`,
    state: stateOf(reply, t),
    note: formatInstant(reply.arrivedAt, locale, zone),
  }))
}
