/** What anyone may read of a sub-processor: no contact person, no customer, no contract. */
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Registration } from '../../base/registration.js'
import { danishSortKey } from '../../db/keys.js'
import type { ListRow, PlaceKind } from '../../register/rules.js'
import { transfersNeeded, type Basis, type CountryCode, type LawOn } from '../../transfers/rules.js'

type PublicPlace = { kind: PlaceKind; country: CountryCode; address: string }
type PublicBasis = { country: CountryCode; basis: Basis; module: number | null }

/** `id`: the engagement's reference, the same for as long as it is on the list. Without name: `name` is empty, `registration` null. */
export type PublicEntry = {
  id: string
  named: boolean
  name: string
  registration: Pick<Registration, 'kind' | 'number'> | null
  country: CountryCode | null
  activity: Bilingual
  services: Bilingual[]
  storage: CountryCode[]
  access: CountryCode[]
  places: PublicPlace[]
  bases: PublicBasis[]
  /** Countries outside the EEA of those where data are stored or seen from, by the law of the day it was published. */
  outside: CountryCode[]
  /** A link below one of ours (EDPB 22/2024). */
  further: boolean
  /** False while it is approved and not taken into use yet. */
  used: boolean
  since: Day
}

/** What the house has chosen about the list. `unnamed`: ids of engagements that are shown without name. */
export type Shown = { unnamed: ReadonlySet<string>; addresses: boolean }

/**
 * `before`: the edition before, if there is one. Since when a sub-processor is there does not turn later because the customer that
 * approved it first has left.
 */
export function entriesOf(
  rows: readonly ListRow[],
  services: readonly { _id: string; name: Bilingual }[],
  shown: Shown,
  before: readonly PublicEntry[],
  at: LawOn,
): PublicEntry[] {
  const known = new Map(before.map((entry) => [entry.id, entry]))
  const entries = rows
    .filter(({ content }) => content.role === 'sub-processor')
    .map((row) => entryOf(row, services, shown, known.get(row.reference), at))
  return entries.toSorted((a, b) => compare(keyOf(a), keyOf(b)))
}

function entryOf(
  row: ListRow,
  services: readonly { _id: string; name: Bilingual }[],
  { unnamed, addresses }: Shown,
  before: PublicEntry | undefined,
  { law, day }: LawOn,
): PublicEntry {
  const { content, inUse, approvedFrom } = row
  const named = !unnamed.has(row.engagement)
  const since = inUse.since ?? approvedFrom
  const { registration } = content
  return {
    id: row.reference,
    named,
    name: named ? content.vendorName : '',
    registration: named && registration ? { kind: registration.kind, number: registration.number } : null,
    country: content.country,
    activity: { da: content.activity.da, en: content.activity.en },
    services: services
      .filter(({ _id }) => content.services.includes(_id))
      .map(({ name }) => ({ da: name.da, en: name.en })),
    storage: content.storageCountries.toSorted(),
    access: content.accessCountries.toSorted(),
    places: content.places.map(({ kind, country, address }) => ({
      kind,
      country,
      // An address may tell whose it is.
      address: named && addresses ? address : '',
    })),
    bases: content.transfers.map(({ country, basis, module }) => ({
      country,
      basis,
      module: module ?? null,
    })),
    outside: transfersNeeded(law, content.storageCountries, content.accessCountries, day).toSorted(),
    further: content.parent !== null,
    used: row.state === 'in-use',
    since: before && before.used === (row.state === 'in-use') && before.since < since ? before.since : since,
  }
}

// Those without name stand last, in the order of their references.
function keyOf({ named, name, id }: PublicEntry): string {
  return `${named ? '0' : '1'}${danishSortKey(name)}\u0000${id}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
