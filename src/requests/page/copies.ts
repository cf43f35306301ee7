import type { Locale } from '../../base/context.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { ContractCopy } from '../../register/rules.js'

type Shown = {
  copy: ContractCopy
  customer: { name: string; reference: string } | null
  engagement: { reference: string } | null
  vendor: string
  file: string | null
}

/** What copy was asked for by whom, and what was handed over when (7.5). */
export function copyRow({ copy, customer, engagement, vendor, file }: Shown, locale: Locale) {
  const t = textIn(locale)
  const { askedOn, askedBy, sentOn, sentBy, request, contract } = copy
  return {
    customer: customer?.name ?? t('requests:copies.gone'),
    customerUrl: customer && `/customers/${customer.reference}`,
    vendor,
    contractUrl: engagement && `/engagements/${engagement.reference}/contracts/${contract}`,
    asked: formatShortDay(askedOn, locale),
    askedBy: askedBy ?? '',
    sent: sentOn === null ? '' : formatShortDay(sentOn, locale),
    sentBy: sentBy ?? '',
    file:
      copy.file === undefined
        ? null
        : { url: `/files/${copy.file}`, name: file ?? t('requests:copies.file') },
    request: request ? { url: `/requests/${request}`, text: request } : null,
    state:
      sentOn === null
        ? { tone: 'wait', word: t('requests:copies.waiting') }
        : { tone: 'good', word: t('requests:copies.sent') },
  }
}
