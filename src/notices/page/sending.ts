import type { Locale } from '../../base/context.js'
import { formatInstant, formatNumber, formatWeekday } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Forecast } from '../rules/sending.js'

/** How long sending will take, in words; `warning` where customers will not all have it on the same day. */
export function sendingWords(forecast: Forecast, zone: string, locale: Locale) {
  const t = textIn(locale)
  const { mails, waiting, perSecond, basis, seconds, until, straddles } = forecast
  const speed = formatNumber(
    perSecond >= 10 ? Math.round(perSecond) : Math.round(perSecond * 10) / 10,
    locale,
  )
  return {
    rows: [
      [t('sending:mails'), formatNumber(mails, locale)],
      ...(waiting > 0 ? [[t('sending:waiting'), formatNumber(waiting, locale)]] : []),
      [t('sending:speed'), t(`sending:speed-${basis}`, { speed })],
      [t('sending:takes'), durationInWords(seconds, locale)],
      [t('sending:until'), formatInstant(until, locale, zone)],
    ] as [string, string][],
    warning: straddles && {
      tone: straddles.corrections ? 'stop' : 'wait',
      text: t('sending:straddles', {
        count: straddles.late,
        shown: formatNumber(straddles.late, locale),
        cutOff: formatInstant(straddles.cutOff, locale, zone),
        first: formatWeekday(straddles.first, locale),
        last: formatWeekday(straddles.last, locale),
      }),
      means: t(straddles.corrections ? 'sending:corrections' : 'sending:slack-holds'),
    },
  }
}

function durationInWords(seconds: number, locale: Locale): string {
  const t = textIn(locale)
  if (seconds < 60) return t('sending:under-a-minute')
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 120) return t('sending:minutes', { count: minutes })
  return t('sending:hours', { hours: Math.floor(minutes / 60), count: minutes % 60 })
}
