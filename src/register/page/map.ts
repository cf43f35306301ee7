/** What maps of the register are made of. */
import type { Locale } from '../../base/context.js'
import type { Mapped } from '../../transfers/map.js'
import type { CountryCode } from '../../transfers/rules.js'
import type { Engagement, EngagementContent, ListRow, ListSpan, Vendor } from '../rules.js'

export function mappedRows(rows: readonly Pick<ListRow, 'reference' | 'content'>[]): Mapped[] {
  return rows.map(({ reference, content }) => ({
    ...whereOf(content),
    name: content.vendorName,
    url: `/engagements/${reference}`,
  }))
}

/** As `mappedRows`, of the rows that were found and not read. */
export function mappedSpans(spans: readonly Pick<ListSpan, 'reference' | 'name' | 'where'>[]): Mapped[] {
  return spans.map(({ reference, name, where }) => ({
    ...whereOf(where),
    name,
    url: `/engagements/${reference}`,
  }))
}

/** A vendor's own engagements are told from each other by what they do. */
export function mappedEngagements(engagements: readonly Engagement[], locale: Locale): Mapped[] {
  return engagements.map((engagement) => ({
    ...whereOf(engagement),
    name: engagement.activity[locale] || engagement.activity.da || engagement.reference,
    url: `/engagements/${engagement.reference}`,
  }))
}

/** One of a list of all engagements: many vendors, and more than one engagement each. */
export function mappedEntry({
  engagement,
  vendor,
}: {
  engagement: Engagement
  vendor: Pick<Vendor, 'name'>
}): Mapped {
  const { reference } = engagement
  return {
    ...whereOf(engagement),
    name: `${vendor.name} (${reference})`,
    url: `/engagements/${reference}`,
  }
}

/** Of a list of vendors: one with several engagements in a country is there once. */
export function mappedVendor({
  engagement,
  vendor,
}: {
  engagement: Engagement
  vendor: Pick<Vendor, 'name' | 'reference'>
}): Mapped {
  const { name, reference } = vendor
  return { ...whereOf(engagement), name: `${name} (${reference})`, url: `/vendors/${reference}` }
}

function whereOf({
  storageCountries: storage,
  accessCountries: access,
  transfers,
  role,
}: Pick<EngagementContent, 'storageCountries' | 'accessCountries' | 'transfers' | 'role'>) {
  return { storage, access, transfers, role }
}

/** Rows with data in the country, stored or seen. */
export function rowsIn<Row extends Pick<ListRow, 'content'>>(
  rows: readonly Row[],
  country: CountryCode,
): Row[] {
  if (country === '') return [...rows]
  return rows.filter(({ content: { storageCountries, accessCountries } }) =>
    [...storageCountries, ...accessCountries].includes(country),
  )
}

/** The same address with something else asked for; what is emptied is left out. A filter may have several values. */
export function addressWith(path: string, query: unknown, changes: Record<string, string>): string {
  const asked = Object.entries({ ...(query as Record<string, unknown>), ...changes }).flatMap(
    ([name, values]) =>
      [values]
        .flat()
        .filter((value): value is string => typeof value === 'string' && value !== '')
        .map((value): [string, string] => [name, value]),
  )
  const text = new URLSearchParams(asked).toString()
  return text === '' ? path : `${path}?${text}`
}
