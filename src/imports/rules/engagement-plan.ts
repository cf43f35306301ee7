import type { EngagementInput } from '../../register/actions.js'
import {
  changesToApproved,
  contentOf,
  engagementFacts,
  termsOf,
  placeProblems,
  refusedTransfers,
  vendorFacts,
  withAssurances,
  type ContractVersion,
  type DueDiligence,
  type Engagement,
  type EngagementFacts,
  type Place,
  type Use,
} from '../../register/rules.js'
import { endedInLaw, transfersNeeded, type Transfer } from '../../transfers/rules.js'
import { contractParts } from './contract-lines.js'
import { writeLines } from './lines.js'
import type { Match } from './matches.js'
import { changedFields, sayMatch, type ReadingContext, type Say } from './plan.js'
import { findEngagement, isSameActivity, nothingYet, type RegisterNow } from './register-matching.js'
import type { EngagementPart, Ended, RegisterRow } from './register-rows.js'
import { transfersFor } from './safeguards.js'

export type Planned<Existing, Input> = {
  /** What makes it the same thing when the file is read again; the new record's id follows from it. */
  key: string
  row: number
  existing: Existing | null
  match: Match
  input: Input
  changes: string[]
  /** For a new one: the number it goes by in the file, which it keeps where that is free, and its end. */
  reference: string | undefined
  ended: Ended | undefined
}

export type PlannedEngagement = Planned<Engagement, EngagementInput> & {
  vendorKey: string
  inUse: Use
  earlierUse: Use[]
  contracts: ContractVersion[]
  /** The link above as the file names it, and its key where the file holds it, too. */
  above: string | undefined
  parentKey: string | null
  /** The engagement it continues, as the file names it; its id where it is on record, else its key in the file. */
  continued: string | undefined
  continues: { id: string } | { key: string } | null
}

export function planEngagement(
  { key, vendorKey, choice }: { key: string; vendorKey: string; choice: string | undefined },
  row: RegisterRow,
  part: EngagementPart,
  before: readonly Engagement[],
  now: RegisterNow,
  { today }: ReadingContext,
  say: Say,
): PlannedEngagement {
  const { match, existing, gone = false } = findEngagement(part, before, choice)
  sayMatch(match, gone, row.number, say)
  const {
    reference,
    oneLanguage,
    named,
    inUseSince,
    inUseUntil,
    earlierUse,
    ended,
    above,
    continued,
    contracts,
    activity,
    contract,
    assurance,
    dueDiligence,
    askedByItself,
    ...given
  } = part
  const base: EngagementInput = existing ? { ...engagementFacts(existing), ...termsOf(existing) } : nothingYet
  const input: EngagementInput = {
    ...base,
    activity: existing && oneLanguage && isSameActivity(existing, activity) ? existing.activity : activity,
    ...given,
  }
  if (!existing && askedByItself !== undefined) input.askedByItself = askedByItself
  // Of each, a file may name a part only: what it leaves out stays.
  if (contract) input.contract = { template: 'theirs', ...base.contract, ...contract }
  if (assurance) input.assurance = { owed: true, ...base.assurance, ...assurance }
  if (dueDiligence) input.dueDiligence = concludedWith(base.dueDiligence, dueDiligence)
  if (given.places) input.places = withPapers(base.places, given.places)
  if (given.transfers) input.transfers = withFiles(base.transfers, given.transfers)
  const needed = transfersNeeded(now.law, input.storageCountries, input.accessCountries, today)
  if (named) {
    const found = transfersFor(now.law, needed, named, today)
    const onRecord = new Set(input.transfers.map(({ country, basis }) => `${country}|${basis}`))
    input.transfers = [
      ...input.transfers,
      ...found.transfers.filter(({ country, basis }) => !onRecord.has(`${country}|${basis}`)),
    ]
  }
  const planned: PlannedEngagement = {
    key,
    vendorKey,
    row: row.number,
    existing,
    match,
    input,
    changes: existing ? changedFields(existing, input) : [],
    reference,
    ended,
    inUse: { since: inUseSince ?? null, until: inUseUntil ?? null },
    earlierUse: earlierUse ?? [],
    contracts: contracts ?? [],
    above,
    parentKey: null,
    continued,
    continues: null,
  }
  if (existing && existing.endedOn !== null) return { ...planned, ...whatHasEnded(existing, planned, say) }
  if (existing) sayWhatStays(existing, planned, say)
  if (existing && askedByItself !== undefined && askedByItself !== (existing.askedByItself ?? false))
    say(row.number, 'warning', 'asked-by-itself-not-taken', { reference: existing.reference })
  sayOfTransfers(planned, needed, now, today, say)
  return planned
}

/** What customers have approved changes by a notice to them, never by a spreadsheet (7.3, B.1). */
export function sayApproved(
  engagements: readonly PlannedEngagement[],
  { vendors, approved }: RegisterNow,
  say: Say,
): void {
  const byId = new Map(vendors.map((vendor) => [vendor._id, vendor]))
  for (const { existing, input, changes, row } of engagements) {
    const vendor = existing && byId.get(existing.vendor)
    if (!existing || !vendor || changes.length === 0 || !approved.has(existing._id)) continue
    const facts = vendorFacts(vendor)
    const beyond = changesToApproved(
      contentOf(existing.vendor, facts, existing),
      contentOf(existing.vendor, facts, input as EngagementFacts),
    )
    if (beyond.length > 0) say(row, 'problem', 'changes-approved', { reference: existing.reference })
  }
}

/** Another conclusion has a day of its own, and is not that of the one before. */
function concludedWith(before: DueDiligence | null, given: DueDiligence): DueDiligence {
  const { conclusion = before?.conclusion } = given
  return conclusion === before?.conclusion ? { ...before, ...given } : given
}

/** A spreadsheet holds no files: those on record stay with what they belong to. */
function withFiles(before: readonly Transfer[], given: readonly Transfer[]): Transfer[] {
  return given.map((transfer) => {
    const same = before.find(({ country, basis }) => country === transfer.country && basis === transfer.basis)
    const file = same?.tia?.file
    return file === undefined ? transfer : { ...transfer, tia: { ...transfer.tia, file } }
  })
}

function withPapers(before: readonly Place[], given: readonly Place[]): Place[] {
  const known = withAssurances(
    before,
    given.map(({ assurance: _assurance, ...place }): Place => place),
  )
  return given.map((place, at) => {
    const { assurance } = known[at] ?? {}
    if (!place.assurance) return assurance ? { ...place, assurance } : place
    const file = assurance?.file
    return file === undefined ? place : { ...place, assurance: { ...place.assurance, file } }
  })
}

/** What has ended is not changed any more; that it is in the file as it ended is no reason to stop. */
function whatHasEnded(
  existing: Engagement,
  { ended, row }: PlannedEngagement,
  say: Say,
): Pick<PlannedEngagement, 'changes'> {
  if (ended?.on !== existing.endedOn)
    say(row, 'problem', 'engagement-ended', { reference: existing.reference })
  return { changes: [] }
}

/** What is done on the record itself, with what belongs to it, and never by a spreadsheet. */
function sayWhatStays(
  { reference, inUse, contracts = [] }: Engagement,
  planned: PlannedEngagement,
  say: Say,
): void {
  const lines = (versions: readonly ContractVersion[]) => writeLines(versions.map(contractParts))
  if (planned.contracts.length > 0 && lines(planned.contracts) !== lines(contracts))
    say(planned.row, 'warning', 'contracts-not-taken', { reference })
  if (planned.ended) say(planned.row, 'warning', 'end-not-taken', { reference })
  const { since, until } = planned.inUse
  if ((since !== null && since !== inUse.since) || (until !== null && until !== inUse.until))
    say(planned.row, 'warning', 'use-not-taken', { reference })
}

function sayOfTransfers(
  { input, row, ended }: PlannedEngagement,
  needed: readonly string[],
  now: RegisterNow,
  today: string,
  say: Say,
): void {
  // What has ended stood on what was lawful then; nothing is transferred by it today.
  if (ended && ended.on <= today) return
  for (const country of needed)
    if (!input.transfers.some((transfer) => transfer.country === country))
      say(row, 'critical', 'no-basis', { country })
  for (const { severity, facts } of placeProblems(input, { law: now.law, day: today }))
    say(row, severity === 'critical' ? 'critical' : 'warning', 'place-unnamed', facts)
  for (const { row: place, problem } of refusedTransfers(now.law, input.transfers, today, input.role)) {
    const transfer = input.transfers[place]
    if (!transfer) continue
    const dead = endedInLaw(problem)
    say(row, dead ? 'critical' : 'problem', dead ? 'dead-basis' : 'basis-refused', {
      country: transfer.country,
      basis: transfer.basis,
      rule: problem.text,
    })
  }
}
