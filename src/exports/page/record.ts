/** The record of one controller as a paper and a workbook (Art. 30(2)). */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { contactsOn, type Contact, type Customer, type DatedAgreement } from '../../customers/rules.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { numberInWords } from '../../register/page.js'
import { boughtOn, categoriesOf, thirdCountriesOf, type Processing } from '../rules/record.js'
import {
  categoryTable,
  measureBlocks,
  processorRows,
  subProcessorTable,
  transferBlocks,
  transferTable,
  type RecordKnown,
} from './record-blocks.js'

export type { RecordKnown } from './record-blocks.js'

export type RecordOfOne = RecordKnown & {
  customer: Pick<
    Customer,
    'name' | 'reference' | 'registration' | 'caseNumber' | 'isProcessor' | 'contacts' | 'services' | 'sample'
  >
  /** The one that held on the day. */
  agreement: DatedAgreement | null
  /** What is processed for it that day. */
  rows: readonly Processing[]
  further: readonly Processing[]
}

type Table = Extract<Block, { kind: 'table' }>
export type RecordPaper = PdfInput & {
  main: Table
  sheets: { main: string; rest: string }
  more: { name: string; table: Table }[]
}

export function recordPaper(values: RecordOfOne): RecordPaper {
  const { customer, rows, further, day, locale, organisation } = values
  const t = textIn(locale)
  const on = formatDay(day, locale)
  const main = categoryTable(categoriesOf(boughtOn(customer, day), rows), values)
  const subProcessors = subProcessorTable(rows, further, values)
  return {
    ...frame(values, t('record:subject', { reference: customer.reference, day })),
    kicker: t('record:kicker', { customer: customer.name, day: on }),
    footer: t('record:footer', {
      organisation: organisation.name,
      customer: `${customer.name} (${customer.reference})`,
      day: on,
    }),
    main,
    sheets: { main: t('record:sheet.processing'), rest: t('record:sheet.parties') },
    more: [
      {
        name: t('record:sheet.transfers'),
        table: transferTable(thirdCountriesOf([...rows, ...further], values), values),
      },
      { name: t('record:sheet.sub-processors'), table: subProcessors },
    ],
    blocks: [
      ...(customer.sample ? [{ kind: 'note' as const, text: t('record:sample') }] : []),
      {
        kind: 'lead',
        text: t('record:lead', { customer: customer.name, organisation: organisation.name, day: on }),
      },
      ...(day > values.today ? [{ kind: 'paragraph' as const, text: t('record:future') }] : []),
      { kind: 'heading', text: t('record:part.a') },
      { kind: 'pairs', rows: partyRows(values) },
      { kind: 'heading', text: t('record:part.b') },
      ...(main.rows.length > 0 ? [main] : [{ kind: 'paragraph' as const, text: t('record:no-services') }]),
      ...transferBlocks([...rows, ...further], values),
      ...measureBlocks(values),
      { kind: 'heading', text: t('record:annex') },
      ...(subProcessors.rows.length > 0
        ? [subProcessors]
        : [{ kind: 'paragraph' as const, text: t('record:no-sub-processors') }]),
      { kind: 'note', text: t('record:made', { day: formatDay(values.today, locale) }) },
    ],
  }
}

/** What is the same on every record. */
export function frame(
  { locale, organisation, madeAt }: RecordKnown,
  subject: string,
): Pick<
  PdfInput,
  'title' | 'subject' | 'author' | 'locale' | 'createdAt' | 'pageLabel' | 'landscape' | 'bookmarks'
> {
  const t = textIn(locale)
  return {
    title: t('record:title'),
    subject,
    author: organisation.name,
    locale,
    createdAt: madeAt,
    landscape: true,
    bookmarks: true,
    pageLabel: (page, pages) => t('record:page', { page, pages }),
  }
}

/** 'Fortegnelse art. 30 C-0001 2026-11-23.pdf' */
export function recordName(
  reference: string | null,
  { on, language }: { on: Day; language: Locale },
  format: string,
): string {
  const t = textIn(language)
  return `${reference === null ? t('record:file-all', { day: on }) : t('record:file', { reference, day: on })}.${format}`
}

/** (a): the processor, the controller, and those it has named to us. */
function partyRows(values: RecordOfOne): [string, string][] {
  const { customer, agreement, day, locale } = values
  const t = textIn(locale)
  const contacts = contactsOn(customer.contacts, day)
  return [
    ...processorRows(values),
    [
      t(customer.isProcessor ? 'record:controller-processor' : 'record:controller'),
      [
        customer.name,
        numberInWords(customer.registration ?? null, locale),
        customer.reference,
        customer.caseNumber ? t('record:case-number', { number: customer.caseNumber }) : '',
      ]
        .filter(Boolean)
        .join(', '),
    ],
    ...(customer.isProcessor
      ? [[t('record:controllers-behind'), t('record:controllers-behind-none')] as [string, string]]
      : []),
    [t('record:controller-contacts'), contactsInWords(contacts, locale) || t('record:none-named')],
    [t('record:representative'), t('record:representative-none')],
    [
      t('record:agreement'),
      agreement
        ? [
            t('record:agreement-version', { version: agreement.dpaVersion }),
            agreement.signedOn
              ? t('record:agreement-signed', { day: formatDay(agreement.signedOn, locale) })
              : '',
          ]
            .filter(Boolean)
            .join(', ')
        : t('record:no-agreement'),
    ],
    [t('record:on'), formatDay(day, locale)],
  ]
}

/** One that processes for others in its turn is said to be no controller, wherever several stand beside each other. */
export function partyName(
  { name, isProcessor }: Pick<Customer, 'name' | 'isProcessor'>,
  locale: Locale,
): string {
  return isProcessor ? `${name} (${textIn(locale)('record:itself-processor')})` : name
}

/** Those for data protection first: the DPO where there is one. */
export function contactsInWords(contacts: readonly Contact[], locale: Locale): string {
  const t = textIn(locale)
  return contacts
    .toSorted((a, b) => Number(b.dataProtection) - Number(a.dataProtection))
    .map(({ name, title, email, phone, dataProtection }) =>
      [
        [name, title].filter(Boolean).join(', '),
        dataProtection ? t('record:data-protection') : '',
        email,
        phone ?? '',
      ]
        .filter(Boolean)
        .join(', '),
    )
    .join('\n')
}
