import type { EngagementInput, VendorInput } from '../../register/actions.js'
import {
  changesToApproved,
  contentOf,
  engagementFacts,
  refusedTransfers,
  vendorFacts,
  type Engagement,
  type EngagementFacts,
  type Vendor,
  type VendorFacts,
} from '../../register/rules.js'
import { isDead, transfersNeeded } from '../../transfers/rules.js'
import {
  changedFields,
  plainName,
  type MatchedBy,
  type Message,
  type PlannedRow,
  type ReadingContext,
  type Severity,
  withProblems,
} from './plan.js'
import type { ReadRow } from './headings.js'
import { readRegisterRow, type EngagementPart, type RegisterRow } from './register-rows.js'
import {
  contactsOf,
  engagementsByVendor,
  findEngagement,
  grouped,
  isSameActivity,
  merged,
  nothingYet,
  numberKey,
  termsIn,
  vendorFinder,
  type Group,
  type RegisterNow,
} from './register-matching.js'
import { transfersFor } from './safeguards.js'

export type { RegisterNow } from './register-matching.js'

type Planned<Existing, Input> = {
  /** What makes it the same thing when the file is read again; the new record's id follows from it. */
  key: string
  row: number
  existing: Existing | null
  by: MatchedBy | null
  input: Input
  changes: string[]
}

export type PlannedVendor = Planned<Vendor, VendorInput>
export type PlannedEngagement = Planned<Engagement, EngagementInput> & {
  vendorKey: string
  inUseSince: string | null
}

export type RegisterPlan = {
  vendors: PlannedVendor[]
  engagements: PlannedEngagement[]
  rows: PlannedRow[]
  messages: Message[]
}

/** What would happen to each row, without doing any of it. */
export function planRegister(
  rows: readonly ReadRow[],
  now: RegisterNow,
  context: ReadingContext,
): RegisterPlan {
  const messages: Message[] = []
  const plan: RegisterPlan = { vendors: [], engagements: [], rows: [], messages }
  const read = rows.map((row) => readRegisterRow(row, { ...context, services: now.services }))
  for (const { messages: said } of read) messages.push(...said)
  const say = (row: number, severity: Severity, text: string, facts: Message['facts'] = {}) =>
    messages.push({ row, column: '', severity, text, facts })
  const finder = vendorFinder(now)
  const byVendor = engagementsByVendor(now.engagements)
  const groups = grouped(
    read.filter((row): row is RegisterRow => row.vendor !== null),
    say,
  )
  const planned = new Map<number, PlannedRow>()
  const seen = new Set<string>()
  for (const group of groups) {
    const found = finder(group.part)
    if (found && found.vendor.endedOn !== null)
      say(group.first.number, 'problem', 'vendor-ended', { reference: found.vendor.reference })
    if (found && seen.has(found.vendor._id))
      say(group.first.number, 'problem', 'matched-twice', { reference: found.vendor.reference })
    if (found) seen.add(found.vendor._id)
    const vendor = planVendor(group, found?.vendor ?? null, found?.by ?? null)
    const before = found ? (byVendor.get(found.vendor._id) ?? []) : []
    if (found && vendor.changes.length > 0)
      refuseApproved(found.vendor, vendorFacts(vendorWithIds(vendor.input)), before, now.approved, group, say)
    plan.vendors.push(vendor)
    const activities = new Map<string, { row: RegisterRow; part: EngagementPart }>()
    for (const row of group.rows) {
      planned.set(row.number, rowOf(row, vendor, null))
      if (!row.engagement) continue
      const key = row.engagement.reference ?? plainName(row.engagement.activity.da)
      const earlier = activities.get(key)
      if (earlier) {
        say(row.number, 'note', 'merged-with-row', { other: earlier.row.number })
        earlier.part = merged(earlier.part, row.engagement)
      } else activities.set(key, { row, part: row.engagement })
    }
    for (const [key, { row, part }] of activities) {
      const engagement = planEngagement(`${vendor.key}/${key}`, row, part, vendor, before, now, context, say)
      plan.engagements.push(engagement)
      for (const each of group.rows)
        if (each.engagement && (each.engagement.reference ?? plainName(each.engagement.activity.da)) === key)
          planned.set(each.number, rowOf(each, vendor, engagement))
    }
  }
  plan.rows = withProblems(rows, planned, messages)
  return plan
}

function planVendor({ part, first }: Group, existing: Vendor | null, by: MatchedBy | null): PlannedVendor {
  const { contact, reference: _reference, ...given } = part
  const before: VendorInput = existing
    ? vendorFacts(existing)
    : { name: part.name, registration: null, address: '', country: null, contacts: [] }
  const contacts = contactsOf(before.contacts, given.contacts, contact)
  const input: VendorInput = { ...before, ...given, contacts }
  // An entity keeps its name as the register writes it where only spelling differs.
  if (existing && plainName(existing.name) === plainName(input.name)) input.name = existing.name
  if (input.registration !== null && input.registration !== undefined) delete input.noRegistrationBecause
  // Spelled otherwise, it is the same number still.
  if (
    existing?.registration &&
    numberKey(existing.registration) === numberKey(part.registration) &&
    existing.registration.kind === part.registration?.kind
  )
    input.registration = { ...part.registration, number: existing.registration.number }
  const key = numberKey(part.registration) ?? plainName(part.name)
  return {
    key,
    row: first.number,
    existing,
    by,
    input,
    changes: existing ? changedFields(existing, input) : [],
  }
}

function vendorWithIds(input: VendorInput): VendorFacts {
  return { ...input, contacts: input.contacts.map((contact) => ({ ...contact, id: contact.id ?? '' })) }
}

function planEngagement(
  key: string,
  row: RegisterRow,
  part: EngagementPart,
  vendor: PlannedVendor,
  before: readonly Engagement[],
  now: RegisterNow,
  { today }: ReadingContext,
  say: (row: number, severity: Severity, text: string, facts?: Message['facts']) => void,
): PlannedEngagement {
  const { existing, by } = findEngagement(part, before)
  const { reference: _reference, oneLanguage, named, inUseSince, activity, ...given } = part
  const base: EngagementInput = existing ? { ...engagementFacts(existing), ...termsIn(existing) } : nothingYet
  const input: EngagementInput = {
    ...base,
    activity: existing && oneLanguage && isSameActivity(existing, activity) ? existing.activity : activity,
    ...given,
  }
  if (given.contract) input.contract = { ...base.contract, ...given.contract }
  const needed = transfersNeeded(input.storageCountries, input.accessCountries)
  if (named) {
    const found = transfersFor(needed, named, today)
    const onRecord = new Set(input.transfers.map(({ country, basis }) => `${country}|${basis}`))
    input.transfers = [
      ...input.transfers,
      ...found.transfers.filter(({ country, basis }) => !onRecord.has(`${country}|${basis}`)),
    ]
  }
  for (const country of needed)
    if (!input.transfers.some((transfer) => transfer.country === country))
      say(row.number, 'critical', 'no-basis', { country })
  for (const { row: place, problem } of refusedTransfers(input.transfers, today, input.role)) {
    const transfer = input.transfers[place]
    if (!transfer) continue
    const dead = isDead(transfer.basis)
    say(row.number, dead ? 'critical' : 'problem', dead ? 'dead-basis' : 'basis-refused', {
      country: transfer.country,
      basis: transfer.basis,
      rule: problem.text,
    })
  }
  const changes = existing ? changedFields(existing, input) : []
  if (existing && vendor.existing && changes.length > 0 && now.approved.has(existing._id)) {
    const facts = vendorFacts(vendor.existing)
    const beyond = changesToApproved(
      contentOf(existing.vendor, facts, existing),
      contentOf(existing.vendor, facts, input as EngagementFacts),
    )
    if (beyond.length > 0) say(row.number, 'problem', 'changes-approved', { reference: existing.reference })
  }
  return {
    key,
    row: row.number,
    vendorKey: vendor.key,
    existing,
    by,
    input,
    changes,
    inUseSince: inUseSince ?? null,
  }
}

/** What customers have approved changes by a notice to them, never by a spreadsheet (7.3, B.1). */
function refuseApproved(
  vendor: Vendor,
  after: VendorFacts,
  engagements: readonly Engagement[],
  approved: ReadonlySet<string>,
  { first }: Group,
  say: (row: number, severity: Severity, text: string, facts?: Message['facts']) => void,
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

function rowOf(row: RegisterRow, vendor: PlannedVendor, engagement: PlannedEngagement | null): PlannedRow {
  const vendorChanges = row.number === vendor.row ? vendor.changes : []
  const what = engagement ?? vendor
  const verdict =
    what.existing === null ? 'create' : what.changes.length + vendorChanges.length > 0 ? 'change' : 'same'
  return {
    number: row.number,
    name: row.vendor.name,
    part: row.engagement?.activity.da ?? '',
    verdict,
    matched: what.existing && what.by ? { reference: what.existing.reference, by: what.by } : null,
    changes: [...new Set([...vendorChanges, ...(engagement?.changes ?? [])])],
  }
}
