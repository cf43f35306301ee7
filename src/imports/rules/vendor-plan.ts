import type { VendorInput } from '../../register/actions.js'
import {
  changesToApproved,
  contentOf,
  vendorFacts,
  type Engagement,
  type Vendor,
  type VendorFacts,
} from '../../register/rules.js'
import type { Planned } from './engagement-plan.js'
import type { RowChoice } from './import.js'
import { finderOf, isSaid, numberKey, similarName, type Match } from './matches.js'
import { plainName } from './names.js'
import { changedFields, type Say } from './plan.js'
import { contactsOf, join, type Group } from './register-matching.js'
import { registrationBeside } from './registrations.js'

export type PlannedVendor = Planned<Vendor, VendorInput>

type Found = { group: Group; match: Match; existing: Vendor | null; gone?: true }

/** Each entity of the file with the vendor it is; those that are the same vendor are one, however they are written. */
export function found(
  groups: readonly Group[],
  find: ReturnType<typeof finderOf<Vendor>>,
  chosen: ReadonlyMap<number, RowChoice>,
  say: Say,
): Found[] {
  const all: Found[] = []
  const known = new Map<string, Group>()
  for (const group of groups) {
    const choice = group.rows.map(({ number }) => chosen.get(number)?.whole).find(Boolean)
    const entry = { group, ...find(group.part, choice) }
    const same = entry.existing && known.get(entry.existing._id)
    if (same) join(same, group.part, group.rows, say)
    else all.push(entry)
    if (entry.existing && !same) known.set(entry.existing._id, group)
  }
  return all
}

/** New ones of the file whose names differ in the form of company only: they may be the same, written in two ways. */
export function sayAlike(vendors: readonly PlannedVendor[], say: Say): void {
  const first = new Map<string, PlannedVendor>()
  for (const vendor of vendors) {
    const name = similarName(vendor.input.name)
    const other = first.get(name)
    if (!other) first.set(name, vendor)
    else if (vendor.existing === null && vendor.match.how === 'read' && vendor.match.others.length === 0)
      say(vendor.row, 'warning', 'looks-like-row', { other: other.row, name: other.input.name })
  }
}

export function planVendor(
  { part, first }: Group,
  existing: Vendor | null,
  match: Match,
  keys: Set<string>,
): PlannedVendor {
  const { contact, reference, ended, ...given } = part
  const before: VendorInput = existing
    ? vendorFacts(existing)
    : { name: part.name, registration: null, address: '', country: null, contacts: [] }
  const contacts = contactsOf(before.contacts, given.contacts, contact)
  const input: VendorInput = { ...before, ...given, contacts }
  // An entity keeps its name as the register writes it where only spelling differs, or a person says that it is the same.
  if (existing && (plainName(existing.name) === plainName(input.name) || isSaid(match)))
    input.name = existing.name
  if (input.registration !== null && input.registration !== undefined) delete input.noRegistrationBecause
  if (part.registration)
    input.registration = registrationBeside(before.registration, part.registration) ?? null
  const known = numberKey(part.registration) ?? plainName(part.name)
  const key = keys.has(known) ? `${known}#${first.number}` : known
  keys.add(key)
  return {
    key,
    row: first.number,
    existing,
    match,
    input,
    changes: existing && existing.endedOn === null ? changedFields(existing, input) : [],
    reference,
    ended,
  }
}

export function vendorWithIds(input: VendorInput): VendorFacts {
  return { ...input, contacts: input.contacts.map((contact) => ({ ...contact, id: contact.id ?? '' })) }
}

export function sayOfEnd({ endedOn, reference }: Vendor, { row, ended }: PlannedVendor, say: Say): void {
  if (endedOn !== null && ended?.on !== endedOn) say(row, 'problem', 'vendor-ended', { reference })
  if (endedOn === null && ended) say(row, 'warning', 'end-not-taken', { reference })
}

/** What customers have approved changes by a notice to them, never by a spreadsheet (7.3, B.1). */
export function refuseApproved(
  vendor: Vendor,
  after: VendorFacts,
  engagements: readonly Engagement[],
  approved: ReadonlySet<string>,
  { first }: Group,
  say: Say,
): void {
  const before = vendorFacts(vendor)
  const touched = engagements.some(
    (engagement) =>
      approved.has(engagement._id) &&
      changesToApproved(contentOf(vendor._id, before, engagement), contentOf(vendor._id, after, engagement))
        .length > 0,
  )
  if (touched) say(first.number, 'problem', 'changes-approved', { reference: vendor.reference })
}
