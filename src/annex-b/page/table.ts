/** The table of B.1: what stands in each column, and what is missing said in its place. */
import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  activityOf,
  addressInWords,
  contactInWords,
  numberInWords,
  placeInWords,
  servicesInWords,
  subjectsInWords,
  type Known,
} from '../../register/page.js'
import { isRedacted, type EngagementContent, type Listed } from '../../register/rules.js'
import { basisInShort, countriesInWords } from '../../transfers/page.js'
import { countryName, isEea, transfersNeeded, type LawOn, type Transfer } from '../../transfers/rules.js'
import type { Columns } from '../rules.js'

type Field =
  | 'name'
  | 'number'
  | 'address'
  | 'activity'
  | 'contact'
  | 'services'
  | 'categories'
  | 'subjects'
  | 'storage'
  | 'access'
  | 'places'
  | 'basis'
  | 'chain'
  | 'since'

/** A field that is not what the heading says carries a label of its own. */
type Column = { heading: Field | 'where' | 'more'; fields: Field[]; share: number }

/** What the table is made of: the agreement's columns, all of them, or those of a link further down the chain. */
export type TableColumns = Columns | 'further'

/** A sheet of a workbook has room for a column each; on paper the columns of B.1 stay and the rest is gathered. */
const columnsFor: Record<TableColumns, Column[]> = {
  b1: [
    { heading: 'name', fields: ['name'], share: 0.26 },
    { heading: 'number', fields: ['number'], share: 0.17 },
    { heading: 'address', fields: ['address'], share: 0.28 },
    { heading: 'activity', fields: ['activity'], share: 0.29 },
  ],
  complete: [
    { heading: 'name', fields: ['name'], share: 0.13 },
    { heading: 'number', fields: ['number'], share: 0.09 },
    { heading: 'address', fields: ['address', 'contact'], share: 0.21 },
    { heading: 'activity', fields: ['activity', 'services', 'categories', 'subjects'], share: 0.24 },
    { heading: 'where', fields: ['storage', 'access', 'places', 'basis'], share: 0.2 },
    { heading: 'more', fields: ['chain', 'since'], share: 0.13 },
  ],
  further: [
    { heading: 'name', fields: ['name'], share: 0.13 },
    { heading: 'number', fields: ['number'], share: 0.09 },
    { heading: 'address', fields: ['address', 'contact'], share: 0.21 },
    { heading: 'activity', fields: ['activity', 'services', 'categories', 'subjects'], share: 0.24 },
    { heading: 'where', fields: ['storage', 'access', 'places', 'basis'], share: 0.2 },
    { heading: 'chain', fields: ['chain'], share: 0.13 },
  ],
}

/** `through`: the links above one that stands on no list of its own, from the top. */
export type TableRow = Listed & { through?: readonly string[] }

export type TableInput = {
  rows: readonly TableRow[]
  columns: TableColumns
  /** Every field in a column of its own. */
  apart: boolean
  known: Known & LawOn
  /** Engagements approved for the customer on the day. A vendor above in the chain that is not among them is marked. */
  approved: ReadonlySet<string>
  locale: Locale
}

export function listTable({ rows, columns, apart, known, approved, locale }: TableInput) {
  const t = textIn(locale)
  const chosen = apart ? columnsFor[columns].flatMap(ownColumns) : columnsFor[columns]
  return {
    kind: 'table' as const,
    headings: chosen.map(({ heading }) => t(`annex-b:column.${heading}`)),
    widths: chosen.map(({ share }) => share),
    rows: rows.map((row) =>
      chosen.map(({ heading, fields }) =>
        fields
          .map((field) => {
            const value =
              field === 'chain'
                ? chainOf(row, known, approved, locale)
                : fieldInWords(field, row, known, locale)
            if (field === heading) return value
            return t('annex-b:labelled', { label: t(`annex-b:label.${field}`), value })
          })
          .join('\n'),
      ),
    ),
  }
}

function ownColumns({ fields, share }: Column): Column[] {
  return fields.map((field) => ({ heading: field, fields: [field], share: share / fields.length }))
}

/**
 * Through whom it is used. The customer is told of everyone who handles its data (22/2024, paras 31-32), so one above it that the
 * customer has not approved is named too, and said not to be on its list.
 */
function chainOf(
  { content: { parent }, through }: TableRow,
  { vendors }: Known,
  approved: ReadonlySet<string>,
  locale: Locale,
): string {
  const t = textIn(locale)
  if (through) return through.join(' › ')
  if (parent === null) return t('annex-b:direct')
  const name = vendors.get(parent)
  if (name === undefined) return t('annex-b:missing')
  return approved.has(parent) ? name : t('annex-b:above-not-listed', { name })
}

function fieldInWords(
  field: Exclude<Field, 'chain'>,
  row: TableRow,
  known: Known & LawOn,
  locale: Locale,
): string {
  const { content } = row
  const t = textIn(locale)
  const orMissing = (text: string) => (text === '' ? t('annex-b:missing') : text)
  switch (field) {
    case 'name':
      return asPrinted(content.vendorName, locale)
    case 'number':
      return numberOf(content, locale)
    case 'address':
      return orMissing(asPrinted(addressInWords(content.address, content.country, locale), locale))
    case 'activity':
      return orMissing(activityOf(content, locale))
    case 'contact':
      return orMissing(contactInWords(content))
    case 'services':
      return servicesInWords(content.services, known.services, locale) || t('annex-b:none')
    case 'categories':
      return orMissing(
        content.dataCategories.map((category) => t(`register:category.${category}`)).join(', '),
      )
    case 'subjects':
      return orMissing(subjectsInWords(content.subjects, locale))
    case 'storage':
      return orMissing(countriesInWords(content.storageCountries, locale))
    case 'access':
      return orMissing(countriesInWords(content.accessCountries, locale))
    case 'places':
      return content.places.map((place) => placeInWords(place, locale)).join('; ') || t('annex-b:no-places')
    case 'basis':
      return basisOf(row, known, locale)
    case 'since':
      if (row.through) return t('annex-b:through-list')
      return `${formatDay(row.approvedFrom, locale)}${row.kind === null ? '' : ` (${t(`register:approval.${row.kind}`, { notice: row.notice ?? '' })})`}`
  }
}

/** The column is called CVR, as in the agreement; a number of another register says which one. */
function numberOf(content: EngagementContent, locale: Locale): string {
  const t = textIn(locale)
  const { registration, noRegistrationBecause: because } = content
  if (registration?.kind === 'CVR') return registration.number
  if (registration) return numberInWords(registration, locale)
  return because === undefined ? t('annex-b:missing') : t('annex-b:no-number', { because })
}

/**
 * Every country that needs a basis with what it stands on, and who exports where that is not the organisation itself (22/2024, para 88).
 * Where no countries are known, nothing is said of them.
 */
function basisOf(row: TableRow, known: Known & LawOn, locale: Locale): string {
  const { content } = row
  const { law, day } = known
  const t = textIn(locale)
  const { storageCountries, accessCountries, transfers } = content
  const needed = transfersNeeded(law, storageCountries, accessCountries, day)
  const countries = [...new Set([...needed, ...transfers.map(({ country }) => country)])]
  if (countries.length === 0)
    return storageCountries.length === 0 || accessCountries.length === 0
      ? t('annex-b:missing')
      : t('annex-b:within')
  return countries
    .map((code) => {
      const bases = transfers.filter(({ country }) => country === code)
      const words = bases
        .map((transfer) => {
          const basis = basisInShort(transfer, locale)
          const exporter = exporterOf(transfer, row, known)
          return exporter === null ? basis : t('annex-b:exported-by', { basis, exporter })
        })
        .join(' + ')
      return `${countryName(code, locale)}: ${words || t('annex-b:missing')}`
    })
    .join('; ')
}

/**
 * A further link gets the data from the one right above it; a vendor within the EEA may send them on in its own next link; who has signed
 * is what the record says of the parties. Null: the organisation, which the paper is from.
 */
function exporterOf(
  { exporter, parties }: Transfer,
  { content, through }: TableRow,
  { vendors, law, day }: Known & LawOn,
): string | null {
  const above = through?.at(-1) ?? (content.parent === null ? undefined : vendors.get(content.parent))
  if (exporter !== 'vendor') return above ?? null
  const sendsItself = content.country !== null && isEea(law, content.country, day)
  return parties?.exporter ?? (sendsItself ? content.vendorName : (above ?? content.vendorName))
}

/** What was struck out before we got it stands as printed, and says so. */
function asPrinted(text: string, locale: Locale): string {
  return isRedacted(text) ? `${text} ${textIn(locale)('annex-b:struck-out')}` : text
}
