import type { Locale } from '../../base/context.js'
import { daysBetween, type Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { nextStep, stageOf, type UpstreamNotice } from '../rules.js'
import { kindsInWords, stageState, urlOf } from './words.js'

export type Listed = {
  notice: UpstreamNotice
  vendorName: string | null
  told: boolean
  tellBy: Day | null
  /** Some customers will have less than their notice, unless the change is put off. */
  short: boolean
  customersObject: boolean
}

export function listRow(
  { notice, vendorName, told, tellBy, customersObject }: Listed,
  today: Day,
  locale: Locale,
) {
  const t = textIn(locale)
  const next = nextStep(notice, { told, tellBy, customersObject })
  const day = (on: Day | null) => (on === null ? '' : formatShortDay(on, locale))
  const left = notice.objectUntil === null ? null : daysBetween(today, notice.objectUntil)
  return {
    url: urlOf(notice),
    reference: notice.reference,
    vendor: vendorName ?? notice.from ?? t('upstream:list.unknown'),
    kinds: kindsInWords(notice, t),
    received: day(notice.receivedOn),
    starts: day(notice.startsOn),
    objectUntil: day(notice.objectUntil),
    left:
      left === null || notice.state === 'closed'
        ? ''
        : t(left < 0 ? 'upstream:reckon.passed' : 'upstream:reckon.slack', { count: Math.abs(left) }),
    state: stageState(stageOf(notice, told), t),
    next: next && {
      text: t(`upstream:next.${next.step}`),
      by: next.by === null ? '' : t('upstream:next-by', { day: formatShortDay(next.by, locale) }),
      overdue: next.by !== null && next.by < today,
    },
  }
}
