import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { periodUnits } from '../../base/period.js'
import { textIn } from '../../i18n/texts.js'
import type { Offer } from '../../lists/several.js'
import { countries } from '../../transfers/rules.js'
import { conclusions, type Service } from '../rules.js'
import { nameIn } from './vendor.js'

/** What can be done to several engagements at once, with the fields of each. */
export function engagementOffers(services: readonly Service[], today: Day, locale: Locale): Offer[] {
  const t = textIn(locale)
  const offered = services
    .filter(({ endedOn }) => endedOn === null)
    .map(({ _id, name }) => ({ value: _id, text: nameIn(name, locale) }))
  const choose = t('lists:bulk.choose')
  return [
    {
      kind: 'diligence',
      title: t('lists:bulk.diligence'),
      hint: '',
      fields: [
        { field: 'concludedOn', kind: 'date', label: t('lists:bulk.concluded-on'), stored: today },
        {
          field: 'conclusion',
          kind: 'select',
          label: t('lists:bulk.conclusion'),
          empty: choose,
          options: conclusions.map((value) => ({ value, text: t(`register:conclusion.${value}`) })),
        },
      ],
    },
    {
      kind: 'their-notice',
      title: t('lists:bulk.their-notice'),
      hint: '',
      fields: [
        {
          field: 'noticeLength',
          kind: 'number',
          label: t('lists:bulk.length'),
          size: 'short',
          min: 1,
          max: 365,
        },
        {
          field: 'noticeUnit',
          kind: 'select',
          label: t('lists:bulk.unit'),
          options: periodUnits.map((value) => ({ value, text: t(`register:unit.${value}`) })),
        },
      ],
    },
    {
      kind: 'assurance',
      title: t('lists:bulk.assurance'),
      hint: t('lists:bulk.assurance-hint'),
      fields: [
        {
          field: 'owed',
          kind: 'radios',
          label: t('lists:bulk.owed'),
          options: [
            { value: 'yes', text: t('lists:owed') },
            { value: 'no', text: t('lists:not-owed') },
          ],
        },
      ],
    },
    {
      kind: 'add-service',
      title: t('lists:bulk.add-service'),
      hint: t('lists:bulk.service-hint'),
      fields: [
        {
          field: 'addService',
          kind: 'select',
          label: t('lists:filter.service'),
          empty: choose,
          options: offered,
        },
      ],
    },
    {
      kind: 'remove-service',
      title: t('lists:bulk.remove-service'),
      hint: t('lists:bulk.service-hint'),
      fields: [
        {
          field: 'removeService',
          kind: 'select',
          label: t('lists:filter.service'),
          empty: choose,
          options: offered,
        },
      ],
    },
  ]
}

export function vendorOffers(locale: Locale): Offer[] {
  const t = textIn(locale)
  const choose = t('lists:bulk.choose')
  return [
    {
      kind: 'seat',
      title: t('lists:bulk.seat'),
      hint: t('lists:bulk.seat-hint'),
      fields: [
        {
          field: 'country',
          kind: 'select',
          label: t('register:vendor.country'),
          empty: choose,
          options: countries(locale).map(({ code, name }) => ({ value: code, text: name })),
        },
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
          label: t('register:contact.language'),
          options: (['da', 'en'] as const).map((value) => ({ value, text: t(`register:language.${value}`) })),
        },
      ],
    },
  ]
}
