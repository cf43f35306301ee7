import type { EngagementInput, VendorInput } from '../../register/actions.js'
import type { Engagement, Service, Vendor } from '../../register/rules.js'
import { changedFields, plainName, type MatchedBy, type Message, type Severity } from './plan.js'
import type { EngagementPart, RegisterRow, VendorPart } from './register-rows.js'

/** What stands in the register now. `approved`: engagements that customers have approved. */
export type RegisterNow = {
  services: readonly Service[]
  vendors: readonly Vendor[]
  engagements: readonly Engagement[]
  approved: ReadonlySet<string>
}

export type Group = { first: RegisterRow; rows: RegisterRow[]; part: VendorPart }

/** Rows about the same entity: the same number, or the same name where the numbers do not differ. */
export function grouped(
  rows: readonly RegisterRow[],
  say: (row: number, severity: Severity, text: string, facts?: Message['facts']) => void,
): Group[] {
  const groups: Group[] = []
  const byNumber = new Map<string, Group>()
  const byName = new Map<string, Group>()
  for (const row of rows) {
    const number = numberKey(row.vendor.registration)
    const name = plainName(row.vendor.name)
    const named = byName.get(name)
    const differs = number !== null && named !== undefined && numberKey(named.part.registration) !== null
    const group = (number === null ? undefined : byNumber.get(number)) ?? (differs ? undefined : named)
    if (group) {
      const contrary = contradictions(group.part, row.vendor)
      if (contrary.length > 0)
        say(row.number, 'warning', 'vendor-differs', {
          other: group.first.number,
          fields: contrary.join(','),
        })
      group.part = { ...row.vendor, ...group.part }
      group.rows.push(row)
      if (number !== null) byNumber.set(number, group)
      continue
    }
    const fresh = { first: row, rows: [row], part: row.vendor }
    groups.push(fresh)
    if (number !== null) byNumber.set(number, fresh)
    if (!byName.has(name)) byName.set(name, fresh)
  }
  return groups
}

function contradictions(one: VendorPart, other: VendorPart): string[] {
  const { name: _name, contact: _contact, reference: _reference, ...rest } = other
  return changedFields(one, rest).filter((field) => field in one)
}

export function numberKey(registration: VendorPart['registration']): string | null {
  return registration ? registration.number.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase() : null
}

export function vendorFinder({ vendors }: RegisterNow) {
  // Running ones win over those that have ended, earlier references over later ones.
  const order = vendors.toSorted(
    (a, b) => Number(b.endedOn !== null) - Number(a.endedOn !== null) || (a.reference < b.reference ? 1 : -1),
  )
  const byReference = new Map(order.map((vendor) => [vendor.reference, vendor]))
  const byNumber = new Map(
    order.flatMap((vendor) => (vendor.registration ? [[numberKey(vendor.registration), vendor]] : [])),
  )
  const byName = new Map(order.map((vendor) => [plainName(vendor.name), vendor]))
  return (part: VendorPart): { vendor: Vendor; by: MatchedBy } | null => {
    const number = numberKey(part.registration)
    const name = plainName(part.name)
    const referred = part.reference === undefined ? undefined : byReference.get(part.reference)
    // References count from one in every house: those of another house's export mean something else here.
    if (
      referred &&
      (plainName(referred.name) === name || (number !== null && numberKey(referred.registration) === number))
    )
      return { vendor: referred, by: 'reference' }
    const numbered = number === null ? undefined : byNumber.get(number)
    if (numbered) return { vendor: numbered, by: 'number' }
    const named = byName.get(name)
    // The same name under another number is another entity.
    if (named && (number === null || named.registration === null)) return { vendor: named, by: 'name' }
    return null
  }
}

type Contacts = VendorInput['contacts']

/** A contact keeps its id where name or address show it to be the same person. */
export function contactsOf(
  before: Contacts,
  all: Contacts | undefined,
  one: Contacts[number] | undefined,
): Contacts {
  if (all)
    return all.map((contact) => {
      const known = before.find(({ email, name }) =>
        contact.email === undefined ? name === contact.name : email === contact.email,
      )
      return { ...(known?.id === undefined ? {} : { id: known.id }), ...contact }
    })
  if (!one) return before
  const known = before.some(({ email, name }) =>
    one.email === undefined ? plainName(name) === plainName(one.name) : email === one.email,
  )
  return known ? before : [...before, one]
}

export function findEngagement(
  part: EngagementPart,
  before: readonly Engagement[],
): { existing: Engagement | null; by: MatchedBy | null } {
  const referred = before.find(({ reference }) => reference === part.reference)
  const alike = before.find((engagement) => isSameActivity(engagement, part.activity))
  if (referred && (alike === undefined || alike === referred)) return { existing: referred, by: 'reference' }
  return alike ? { existing: alike, by: 'activity' } : { existing: null, by: null }
}

export function isSameActivity(engagement: Engagement, { da, en }: EngagementPart['activity']): boolean {
  return [da, en].some((each) =>
    [engagement.activity.da, engagement.activity.en].some((known) => plainName(known) === plainName(each)),
  )
}

/** Two rows of the same vendor and activity: lists are joined, of single facts the first stands. */
export function merged(one: EngagementPart, other: EngagementPart): EngagementPart {
  const joined: EngagementPart = { ...other, ...one }
  for (const field of [
    'services',
    'subjects',
    'storageCountries',
    'accessCountries',
    'dataCategories',
  ] as const) {
    const all = [...new Set([...(one[field] ?? []), ...(other[field] ?? [])])]
    if (one[field] || other[field]) Object.assign(joined, { [field]: all })
  }
  for (const field of ['places', 'transfers', 'named'] as const) {
    const all = [
      ...new Map(
        [...(one[field] ?? []), ...(other[field] ?? [])].map((each) => [JSON.stringify(each), each]),
      ).values(),
    ]
    if (one[field] || other[field]) Object.assign(joined, { [field]: all })
  }
  return joined
}

export function engagementsByVendor(engagements: readonly Engagement[]): Map<string, Engagement[]> {
  const map = new Map<string, Engagement[]>()
  for (const engagement of engagements) {
    if (engagement.endedOn !== null) continue
    const list = map.get(engagement.vendor)
    if (list) list.push(engagement)
    else map.set(engagement.vendor, [engagement])
  }
  return map
}

export const nothingYet: EngagementInput = {
  role: 'sub-processor',
  services: [],
  activity: { da: '', en: '' },
  dataCategories: [],
  subjects: [],
  storageCountries: [],
  accessCountries: [],
  places: [],
  transfers: [],
  parent: null,
  contract: null,
  dueDiligence: null,
}

export function termsIn({ subjectCount, contract, dueDiligence, theirNotice, assurance }: Engagement) {
  return {
    ...(subjectCount === undefined ? {} : { subjectCount }),
    contract,
    dueDiligence,
    ...(theirNotice === undefined ? {} : { theirNotice }),
    ...(assurance === undefined ? {} : { assurance }),
  }
}
