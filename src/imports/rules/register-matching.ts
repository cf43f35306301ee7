import { plainName } from './names.js'
import type { EngagementInput, VendorInput } from '../../register/actions.js'
import type { Engagement, Service, Vendor } from '../../register/rules.js'
import type { Law } from '../../transfers/rules.js'
import { asNew, numberKey, type Candidate, type Match, type MatchedBy } from './matches.js'
import { changedFields, type Say } from './plan.js'
import type { EngagementPart, RegisterRow, VendorPart } from './register-rows.js'

/** What stands in the register now. `approved`: engagements that customers have approved. */
export type RegisterNow = {
  law: Law
  services: readonly Service[]
  vendors: readonly Vendor[]
  engagements: readonly Engagement[]
  approved: ReadonlySet<string>
  /** Which vendor a person took a plain name for in an earlier import. */
  aliases?: ReadonlyMap<string, string>
}

export type Group = { first: RegisterRow; rows: RegisterRow[]; part: VendorPart }

/**
 * Rows about the same entity: the same number in a register, the same registration number, or the same name where neither of the
 * two differs.
 */
export function grouped(rows: readonly RegisterRow[], say: Say): Group[] {
  const groups: Group[] = []
  const byReference = new Map<string, Group>()
  const byNumber = new Map<string, Group>()
  const byName = new Map<string, Group>()
  for (const row of rows) {
    const { reference, registration } = row.vendor
    const number = numberKey(registration)
    const name = plainName(row.vendor.name)
    const differs = (group: Group) =>
      (number !== null && ![null, number].includes(numberKey(group.part.registration))) ||
      (reference !== undefined && ![undefined, reference].includes(group.part.reference))
    const group = [
      reference === undefined ? undefined : byReference.get(reference),
      number === null ? undefined : byNumber.get(number),
      byName.get(name),
    ].find((each) => each !== undefined && !differs(each))
    if (group) {
      join(group, row.vendor, [row], say)
      if (number !== null) byNumber.set(number, group)
      continue
    }
    const fresh = { first: row, rows: [row], part: row.vendor }
    groups.push(fresh)
    if (reference !== undefined) byReference.set(reference, fresh)
    if (number !== null) byNumber.set(number, fresh)
    if (!byName.has(name)) byName.set(name, fresh)
  }
  return groups
}

/** More rows about an entity that rows before were about: what was said first stands. */
export function join(group: Group, part: VendorPart, rows: readonly RegisterRow[], say: Say): void {
  const contrary = contradictions(group.part, part)
  if (contrary.length > 0)
    say(rows[0]?.number ?? 0, 'warning', 'vendor-differs', {
      other: group.first.number,
      fields: contrary.join(','),
    })
  group.part = { ...part, ...group.part }
  group.rows.push(...rows)
}

function contradictions(one: VendorPart, other: VendorPart): string[] {
  const { name: _name, contact: _contact, reference: _reference, ended: _ended, ...rest } = other
  return changedFields(one, rest).filter((field) => field in one)
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

/** The engagement of the vendor a row is about: by its number, else by its activity. One that has ended only where the row says so. */
export function findEngagement(
  part: EngagementPart,
  before: readonly Engagement[],
  choice: string | undefined,
): { match: Match; existing: Engagement | null; gone?: true } {
  const alike = before.filter((engagement) => isSameActivity(engagement, part.activity))
  const running = before.filter(({ endedOn }) => endedOn === null)
  const settled = (existing: Engagement | null, by: MatchedBy, how: Match['how'] = 'read') => ({
    existing,
    match: {
      found: existing && candidateFrom(existing, by),
      how,
      others: running.filter((each) => each !== existing).map((each) => candidateFrom(each, 'activity')),
    },
  })
  if (choice !== undefined) {
    const chosen = choice === asNew ? null : (before.find(({ _id }) => _id === choice) ?? null)
    return { ...settled(chosen, 'choice', 'chosen'), ...(choice !== asNew && !chosen ? { gone: true } : {}) }
  }
  const referred = before.find(({ reference }) => reference === part.reference)
  if (referred && (alike.length === 0 || alike.includes(referred))) return settled(referred, 'reference')
  const fitting = alike.filter(({ endedOn }) => endedOn === null || endedOn === part.ended?.on)
  if (fitting.length > 1) return settled(null, 'activity', 'several')
  return fitting[0] ? settled(fitting[0], 'activity') : settled(null, 'activity')
}

function candidateFrom({ _id, reference, activity, endedOn }: Engagement, by: MatchedBy): Candidate {
  return { id: _id, reference, name: activity.da, by, ended: endedOn !== null }
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
