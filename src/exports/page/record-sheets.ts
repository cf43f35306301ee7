/** The record of all controllers as the sheets of a workbook: rows as they come, however many. */
import { contactsOn, type Customer } from '../../customers/rules.js'
import { defused } from '../../documents/workbook.js'
import type { StreamedSheet } from '../../documents/workbook-stream.js'
import { textIn } from '../../i18n/texts.js'
import { numberInWords } from '../../register/page.js'
import { measureParts } from '../rules/measures.js'
import {
  boughtOn,
  categoriesOf,
  thirdCountriesOf,
  whereaboutsMissing,
  type Processing,
} from '../rules/record.js'
import {
  categoryWords,
  processorRows,
  subProcessorTable,
  transferTable,
  transferWords,
  type RecordKnown,
} from './record-blocks.js'
import { contactsInWords, partyName } from './record.js'

export type Sheets = RecordKnown & {
  rows: readonly Processing[]
  further: readonly Processing[]
  controllers: () => AsyncIterable<{ customer: Customer; rows: readonly Processing[] }>
}

export function allSheets(values: Sheets): StreamedSheet[] {
  const t = textIn(values.locale)
  const sheets: StreamedSheet[] = [
    { name: t('record:sheet.processing'), rows: () => controllerRows(values) },
    {
      name: t('record:sheet.transfers'),
      rows: () =>
        tableRows(transferTable(thirdCountriesOf([...values.rows, ...values.further], values), values)),
    },
    {
      name: t('record:sheet.sub-processors'),
      rows: () => tableRows(subProcessorTable(values.rows, values.further, values)),
    },
    { name: t('record:sheet.measures'), rows: () => aboutRows(values) },
  ]
  return sheets.map(({ name, rows }) => ({ name, rows: () => harmless(rows()) }))
}

/** No cell is a formula, whoever wrote it. */
async function* harmless(rows: AsyncIterable<readonly string[]>): AsyncGenerator<string[]> {
  for await (const cells of rows) yield cells.map(defused)
}

/** A row for each controller and service. */
async function* controllerRows(values: Sheets): AsyncGenerator<string[]> {
  const { day, locale } = values
  const t = textIn(locale)
  yield [
    'reference',
    'controller',
    'number',
    'contacts',
    'service',
    'activities',
    'data',
    'subjects',
    'countries',
    'sub-processors',
  ].map((key) => t(`record:column.${key}`))
  for await (const { customer, rows } of values.controllers()) {
    const party = [
      customer.reference,
      partyName(customer, locale),
      numberInWords(customer.registration ?? null, locale),
      contactsInWords(contactsOn(customer.contacts, day), locale),
    ]
    const categories = categoriesOf(boughtOn(customer, day), rows)
    if (categories.length === 0) yield [...party, t('record:no-services'), '', '', '', '', '']
    for (const category of categories) {
      const { service, activities, data, subjects } = categoryWords(category, values)
      const countries = thirdCountriesOf(category.rows, values).map((each) => {
        const { country, basis } = transferWords(each, values)
        return `${country} (${basis})`
      })
      const unknown = whereaboutsMissing(category.rows).map(({ reference }) =>
        t('record:whereabouts-unknown', { reference }),
      )
      const names = category.rows.map(({ reference, content }) => `${content.vendorName} (${reference})`)
      yield [
        ...party,
        service,
        activities,
        data,
        subjects,
        [...new Set([...countries, ...unknown])].join('; '),
        names.join('; '),
      ]
    }
  }
}

async function* tableRows({
  headings,
  rows,
}: {
  headings: string[]
  rows: string[][]
}): AsyncGenerator<string[]> {
  yield headings
  yield* rows
}

async function* aboutRows(values: Sheets): AsyncGenerator<string[]> {
  const { measures, locale } = values
  const t = textIn(locale)
  yield [t('record:column.about'), t('record:column.text')]
  yield* processorRows(values)
  yield [t('record:representative'), t('record:representative-none')]
  for (const part of measureParts)
    yield [t(`record:area.${part}`), measures?.[part][locale] || t('record:missing')]
}
