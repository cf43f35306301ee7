import type { Locale } from '../../base/context.js'
import { formatDay, formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Case } from '../page.js'

/** A first wording of our objection in each language, and whom it goes to; the officer changes it as needed. */
export function suggestedObjection({ notice, vendor, objections }: Case, short: number, locale: Locale) {
  const contact =
    vendor?.contacts.find(({ role, email }) => role === 'data-protection' && email) ??
    vendor?.contacts.find(({ email }) => email)
  const wanted = contact?.locale ?? locale
  const words = (language: Locale) => {
    const t = textIn(language)
    return [
      t('upstream:object.suggested.we-object', {
        day: formatDay(notice.receivedOn, language),
        what: notice.what,
      }),
      ...(notice.startsOn
        ? [t('upstream:object.suggested.starts', { day: formatDay(notice.startsOn, language) })]
        : []),
      ...(short > 0
        ? [t('upstream:object.suggested.short', { count: short, shown: formatNumber(short, language) })]
        : []),
      ...(objections.length > 0
        ? [t('upstream:object.suggested.customers', { count: objections.length })]
        : []),
      t('upstream:object.suggested.ask'),
    ].join('\n\n')
  }
  return {
    locale: wanted,
    text: words(wanted),
    other: { locale: wanted === 'da' ? 'en' : 'da', text: words(wanted === 'da' ? 'en' : 'da') },
    toName: contact?.name ?? vendor?.name ?? '',
    toAddress: contact?.email ?? notice.from ?? '',
  }
}
