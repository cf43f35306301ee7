/** The parts of a record that a paper of one controller and one of all have in common. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Organisation } from '../../auth/organisation.js'
import type { Block } from '../../documents/blocks.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  activityOf,
  addressInWords,
  contactInWords,
  numberInWords,
  subjectsInWords,
} from '../../register/page.js'
import type { Service } from '../../register/rules.js'
import { basisInShort } from '../../transfers/page.js'
import { transferFacts } from '../../transfers/page/transfer.js'
import { countryName, type Law } from '../../transfers/rules.js'
import { areasMissing, measureParts, type Measures } from '../rules/measures.js'
import {
  restsOnCompellingInterest,
  thirdCountriesOf,
  whereaboutsMissing,
  type Category,
  type Processing,
  type ThirdCountry,
} from '../rules/record.js'

/** What every record is made of, whoever it is about. `services`: with the names of the day. */
export type RecordKnown = {
  organisation: Pick<Organisation, 'name' | 'registration' | 'address' | 'dpo'>
  day: Day
  today: Day
  madeAt: Date
  locale: Locale
  law: Law
  services: readonly Service[]
  /** As described on the day; null before anything was. */
  measures: Measures | null
}

type Table = Extract<Block, { kind: 'table' }>

/** (a): the processor and its data protection officer. */
export function processorRows({ organisation, locale }: RecordKnown): [string, string][] {
  const t = textIn(locale)
  const { dpo } = organisation
  return [
    [
      t('record:processor'),
      [
        organisation.name,
        numberInWords(organisation.registration, locale),
        organisation.address.replaceAll('\n', ', '),
      ].join(', '),
    ],
    [t('record:processor-dpo'), [dpo.name, dpo.email, dpo.phone].filter(Boolean).join(', ')],
  ]
}

export function serviceName(id: string, { services, locale }: RecordKnown): string {
  return services.find(({ _id }) => _id === id)?.name[locale] ?? id
}

export type CategoryWords = { service: string; activities: string; data: string; subjects: string }

/** (b): one line for each service. */
export function categoryWords({ service, rows }: Category, known: RecordKnown): CategoryWords {
  const { locale } = known
  const t = textIn(locale)
  const each = (values: readonly string[]) => [...new Set(values.filter(Boolean))]
  const data = each(rows.flatMap(({ content }) => content.dataCategories))
  const subjects = each(rows.flatMap(({ content }) => content.subjects))
  return {
    service: serviceName(service, known),
    activities:
      each(rows.map(({ content }) => activityOf(content, locale))).join('; ') || t('record:by-us-only'),
    data: data.map((category) => t(`register:category.${category}`)).join(', ') || t('record:as-agreed'),
    subjects: subjectsInWords(subjects, locale) || t('record:as-agreed'),
  }
}

export function categoryTable(categories: readonly Category[], known: RecordKnown): Table {
  const t = textIn(known.locale)
  return {
    kind: 'table',
    headings: ['service', 'activities', 'data', 'subjects'].map((key) => t(`record:column.${key}`)),
    widths: [0.18, 0.34, 0.26, 0.22],
    rows: categories.map((category) => {
      const { service, activities, data, subjects } = categoryWords(category, known)
      return [service, activities, data, subjects]
    }),
  }
}

export type TransferWords = { country: string; to: string; basis: string; documents: string }

/** (c): the country, who it goes to, on which basis, and what is on record about it. */
export function transferWords(
  { country, row, transfer }: ThirdCountry,
  { locale }: RecordKnown,
): TransferWords {
  const t = textIn(locale)
  return {
    country: countryName(country, locale),
    to: `${row.content.vendorName} (${row.reference})`,
    basis: transfer ? basisInShort(transfer, locale) : t('record:no-basis'),
    documents: transfer
      ? transferFacts(transfer, locale)
          .map(({ label, value }) => `${label}: ${value}`)
          .join('; ')
      : '',
  }
}

export function transferTable(found: readonly ThirdCountry[], known: RecordKnown): Table {
  const t = textIn(known.locale)
  return {
    kind: 'table',
    headings: ['country', 'to', 'basis', 'documents'].map((key) => t(`record:column.${key}`)),
    widths: [0.15, 0.23, 0.2, 0.42],
    rows: found.map((each) => {
      const { country, to, basis, documents } = transferWords(each, known)
      return [country, to, basis, documents]
    }),
  }
}

export function transferBlocks(rows: readonly Processing[], known: RecordKnown): Block[] {
  const t = textIn(known.locale)
  const found = thirdCountriesOf(rows, known)
  const compelling = found.filter(restsOnCompellingInterest)
  const unknown = whereaboutsMissing(rows)
  return [
    { kind: 'heading', text: t('record:part.c') },
    ...(found.length === 0
      ? unknown.length > 0
        ? []
        : [{ kind: 'paragraph' as const, text: t('record:no-transfers') }]
      : [
          { kind: 'paragraph' as const, text: t('record:transfers-lead'), keep: true },
          transferTable(found, known),
        ]),
    ...(unknown.length === 0
      ? []
      : [
          {
            kind: 'note' as const,
            text: t('record:whereabouts-missing', {
              names: unknown
                .map(({ reference, content }) => `${content.vendorName} (${reference})`)
                .join(', '),
            }),
          },
        ]),
    {
      kind: 'paragraph',
      text:
        compelling.length === 0
          ? t('record:no-compelling')
          : t('record:compelling', {
              transfers: compelling
                .map((each) => `${transferWords(each, known).to}, ${transferWords(each, known).country}`)
                .join('; '),
            }),
    },
  ]
}

/** (d): as the organisation describes it, area by area; what is not described is said. */
export function measureBlocks({ measures, locale, day }: RecordKnown): Block[] {
  const t = textIn(locale)
  const missing = areasMissing(measures, locale)
  return [
    { kind: 'heading', text: t('record:part.d') },
    ...measureParts.flatMap((part): Block[] => {
      const text = measures?.[part][locale] ?? ''
      return text === ''
        ? []
        : [
            { kind: 'heading', text: t(`record:area.${part}`), level: 3 },
            ...text
              .split('\n')
              .flatMap((line): Block[] => (line.trim() ? [{ kind: 'paragraph', text: line.trim() }] : [])),
          ]
    }),
    ...(missing.length === 0
      ? []
      : [
          {
            kind: 'note' as const,
            text: t('record:measures-missing', {
              day: formatDay(day, locale),
              areas: missing.map((area) => t(`record:area.${area}`)).join(', '),
            }),
          },
        ]),
  ]
}

/** The sub-processors, those on the list first. */
export function subProcessorTable(
  rows: readonly Processing[],
  further: readonly Processing[],
  { locale }: RecordKnown,
): Table {
  const t = textIn(locale)
  const row = ({ reference, content }: Processing, on: boolean) => [
    `${content.vendorName} (${reference})`,
    numberInWords(content.registration, locale) || content.noRegistrationBecause || t('record:missing'),
    [addressInWords(content.address, content.country, locale), contactInWords(content)]
      .filter(Boolean)
      .join('\n'),
    `${activityOf(content, locale)}${on ? '' : `\n${t('record:further')}`}`,
  ]
  return {
    kind: 'table',
    headings: ['name', 'number', 'address', 'activity'].map((key) => t(`record:column.${key}`)),
    widths: [0.26, 0.16, 0.28, 0.3],
    rows: [...rows.map((each) => row(each, true)), ...further.map((each) => row(each, false))],
  }
}
