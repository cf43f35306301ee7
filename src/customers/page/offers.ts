import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import type { Offer } from '../../lists/several.js'
import type { ServiceName } from './customer.js'

/** What can be done to several customers at once, with the fields of each. */
export function customerOffers(services: readonly ServiceName[], today: Day, locale: Locale): Offer[] {
  const t = textIn(locale)
  const from = t('lists:bulk.from')
  return [
    {
      kind: 'buy-service',
      title: t('lists:bulk.buy-service'),
      hint: t('lists:bulk.buy-hint'),
      fields: [
        {
          field: 'service',
          kind: 'select',
          label: t('lists:filter.service'),
          empty: t('lists:bulk.choose'),
          options: services.map(({ _id, name }) => ({ value: _id, text: name[locale] })),
        },
        { field: 'boughtFrom', kind: 'date', label: from, stored: today },
      ],
    },
    {
      kind: 'language',
      title: t('lists:bulk.language'),
      hint: t('lists:bulk.language-hint'),
      fields: [
        {
          field: 'locale',
          kind: 'radios',
          label: t('customers:contacts.locale'),
          options: (['da', 'en'] as const).map((value) => ({
            value,
            text: t(`customers:contacts.locale-${value}`),
          })),
        },
      ],
    },
    {
      kind: 'version',
      title: t('lists:bulk.version'),
      hint: t('lists:bulk.version-hint'),
      fields: [
        { field: 'dpaVersion', label: t('customers:agreement.dpa-version'), maxlength: 40 },
        { field: 'signedOn', kind: 'date', label: t('customers:agreement.signed-on'), optional: true },
        { field: 'holdsFrom', kind: 'date', label: from, stored: today },
      ],
    },
  ]
}
