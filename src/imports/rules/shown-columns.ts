import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { defused } from './defused.js'
import { registerOf, type Exported } from './export.js'
import { headingOf } from './fields.js'

/** What of an export stands for a column of a list: fields that an import reads, or words that only the list has. */
type Part = { field: string } | { words: string; heading: string }

const listOf: Record<Exported, string> = {
  register: 'engagements',
  vendors: 'vendors',
  customers: 'customers',
}

// Whom a row is about: by these it is found again when the file is brought in, and is known to have ended.
const always: Record<Exported, readonly string[]> = {
  register: [
    'vendorReference',
    'vendor',
    'vendorEndedOn',
    'reference',
    'activityDa',
    'activityEn',
    'endedOn',
  ],
  vendors: ['vendorReference', 'vendor', 'vendorEndedOn'],
  customers: ['reference', 'name', 'endedOn'],
}

const number = ['registrationNumber', 'registrationKind']

const fieldsFor: Record<Exported, Readonly<Record<string, readonly string[]>>> = {
  register: {
    number,
    address: ['address', 'country'],
    activity: ['services'],
    role: ['role'],
    data: ['dataCategories'],
    countries: ['storageCountries', 'accessCountries', 'transfers'],
    contract: ['contractSignedOn'],
    diligence: ['conclusion', 'concludedOn'],
    'their-notice': ['theirNotice'],
    assurance: ['assuranceOwed'],
  },
  vendors: { number, address: ['address'], seat: ['country'], contact: ['contacts'], website: ['website'] },
  customers: {
    number,
    case: ['caseNumber'],
    services: ['services'],
    agreement: ['authorisation', 'notice'],
    version: ['dpaVersion'],
    signed: ['signedOn'],
    instruction: ['transferInstruction', 'transferCountries'],
    contact: ['contactName', 'contactEmail'],
  },
}

export function shownHeadings(exported: Exported, columns: readonly string[], locale: Locale): string[] {
  return partsOf(exported, columns).map((part) =>
    'field' in part ? headingOf(registerOf[exported], part.field, locale) : textIn(locale)(part.heading),
  )
}

/** `cells`: by field, as the whole export writes them; `words`: of the list's other columns. */
export function shownRow(
  exported: Exported,
  columns: readonly string[],
  cells: object,
  words: Readonly<Record<string, string>>,
): string[] {
  const all = cells as Record<string, string | null | undefined>
  return partsOf(exported, columns).map((part) =>
    defused(('field' in part ? all[part.field] : words[part.words]) ?? ''),
  )
}

function partsOf(exported: Exported, columns: readonly string[]): Part[] {
  return [
    ...always[exported].map((field) => ({ field })),
    ...columns.flatMap(
      (column): Part[] =>
        fieldsFor[exported][column]?.map((field) => ({ field })) ?? [
          { words: column, heading: headingFor(exported, column) },
        ],
    ),
  ]
}

function headingFor(exported: Exported, column: string): string {
  // Of a vendor they follow from what it does; headed as an engagement's role, an import would read them as one.
  if (exported === 'vendors' && column === 'role') return 'lists:roles'
  return `lists:column.${listOf[exported]}.${column}`
}
