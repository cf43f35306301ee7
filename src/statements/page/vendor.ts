import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Statement } from '../rules.js'

/** What the sub-processor's contact sees: what is asked for, by when, and what has come from them since. Nothing of our judgement. */
export function vendorPage(
  statement: Statement,
  all: readonly Statement[],
  { today, locale }: { today: Day; locale: Locale },
) {
  const t = textIn(locale)
  const { request, state } = statement
  const day = (on: Day | null) => (on === null ? '' : formatDay(on, locale))
  const sent = all.filter(
    ({ receivedFrom, receivedOn, state: is }) =>
      is !== 'withdrawn' &&
      receivedFrom?.kind === 'vendor' &&
      receivedOn !== null &&
      receivedOn >= (request?.askedOn ?? ''),
  )
  return {
    open: state !== 'withdrawn',
    late: state === 'requested' && request !== null && request.dueOn < today,
    rows: request
      ? [
          [t('statements:request.what'), request.what],
          [t('statements:request.dueOn'), day(request.dueOn)],
          [t('statements:mail.our-reference'), statement.reference],
        ]
      : [],
    sent: sent.map(({ reference, receivedOn, receivedNote }) => ({
      reference,
      on: day(receivedOn),
      note: receivedNote,
    })),
  }
}
