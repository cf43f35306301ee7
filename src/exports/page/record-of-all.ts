/** The record of several controllers as one paper: each service described once, and who buys it. */
import type { Locale } from '../../base/context.js'
import { contactsOn, type Customer } from '../../customers/rules.js'
import type { Block } from '../../documents/blocks.js'
import type { PdfInput } from '../../documents/pdf.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { numberInWords } from '../../register/page.js'
import { boughtOn, categoriesOf, type Processing } from '../rules/record.js'
import {
  categoryTable,
  measureBlocks,
  processorRows,
  serviceName,
  subProcessorTable,
  transferBlocks,
  type RecordKnown,
} from './record-blocks.js'
import { contactsInWords, frame, partyName } from './record.js'

export type OfAll = RecordKnown & {
  controllers: { customer: Customer; rows: readonly Processing[] }[]
  /** What is processed for any of them. */
  rows: readonly Processing[]
  further: readonly Processing[]
}

export function recordOfAll(values: OfAll): PdfInput {
  const { controllers, rows, further, day, locale, organisation, services } = values
  const t = textIn(locale)
  const on = formatDay(day, locale)
  const bought = services
    .map(({ _id }) => _id)
    .filter((id) => controllers.some(({ customer }) => boughtOn(customer, day).includes(id)))
  return {
    ...frame(values, t('record:subject-all', { day })),
    kicker: t('record:kicker-all', { count: controllers.length, day: on }),
    footer: t('record:footer-all', { organisation: organisation.name, day: on }),
    blocks: [
      ...(controllers.some(({ customer }) => customer.sample)
        ? [{ kind: 'note' as const, text: t('record:sample') }]
        : []),
      { kind: 'lead', text: t('record:lead-all', { organisation: organisation.name, day: on }) },
      { kind: 'heading', text: t('record:part.a') },
      { kind: 'pairs', rows: processorRows(values) },
      {
        kind: 'table',
        headings: ['controller', 'number', 'contacts', 'services'].map((key) => t(`record:column.${key}`)),
        widths: [0.26, 0.16, 0.34, 0.24],
        rows: controllers.map(({ customer }) => [
          `${partyName(customer, locale)}, ${customer.reference}`,
          numberInWords(customer.registration ?? null, locale) || t('record:missing'),
          contactsInWords(contactsOn(customer.contacts, day), locale) || t('record:none-named'),
          boughtOn(customer, day)
            .map((id) => serviceName(id, values))
            .join(', '),
        ]),
      },
      ...partyNotes(controllers, locale),
      { kind: 'heading', text: t('record:part.b') },
      ...(bought.length > 0
        ? [categoryTable(categoriesOf(bought, rows), values)]
        : [{ kind: 'paragraph' as const, text: t('record:no-services') }]),
      ...transferBlocks([...rows, ...further], values),
      ...measureBlocks(values),
      { kind: 'heading', text: t('record:annex') },
      subProcessorTable(rows, further, values),
      { kind: 'note', text: t('record:made', { day: formatDay(values.today, locale) }) },
    ],
  }
}

/** (a): what is known of those behind a customer, and of representatives. */
function partyNotes(controllers: OfAll['controllers'], locale: Locale): Block[] {
  const t = textIn(locale)
  const behind = controllers.some(({ customer }) => customer.isProcessor)
  return [
    ...(behind ? [t('record:controllers-behind-all')] : []),
    `${t('record:representative')}: ${t('record:representative-none')}.`,
  ].map((text) => ({ kind: 'paragraph', text }))
}
