import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import type { Registration } from '../../base/registration.js'
import {
  basisProblems,
  type BasisProblem,
  type CountryCode,
  type Law,
  type Transfer,
} from '../../transfers/rules.js'
import type { CheckPoint } from './contract-check.js'
import type { ContractVersion } from './contract.js'
import type { PlaceAssurance } from './data-centres.js'
import type { Correction } from './known.js'
import { mainContact, type VendorFacts } from './vendor.js'

/** What the vendor is to us in this activity (clause D.2 of the agreement: roles differ per activity). */
export type Role = 'sub-processor' | 'own-vendor' | 'independent-controller'
export const roles = [
  'sub-processor',
  'own-vendor',
  'independent-controller',
] as const satisfies readonly Role[]

export type DataCategory = 'ordinary' | 'confidential' | 'special'
export const dataCategories = [
  'ordinary',
  'confidential',
  'special',
] as const satisfies readonly DataCategory[]

/** Usual categories of data subjects; any other is written as free text and shown as it stands. */
export const usualSubjects = [
  'employees',
  'customers',
  'citizens',
  'patients',
  'pupils',
  'members',
  'users',
  'suppliers',
] as const

export type SubjectCount = 'under-1000' | '1000-10000' | 'over-10000'
export const subjectCounts = [
  'under-1000',
  '1000-10000',
  'over-10000',
] as const satisfies readonly SubjectCount[]

export type PlaceKind = 'data-centre' | 'office' | 'remote-support'
export const placeKinds = ['data-centre', 'office', 'remote-support'] as const satisfies readonly PlaceKind[]
/** `assurance`: what shows that the place is kept as C.2 asks; it is no part of what customers approve. */
export type Place = { kind: PlaceKind; address: string; country: CountryCode; assurance?: PlaceAssurance }

/** The present version in short (`contracts` has them all). `check`: the last reading, with the points that are open. */
export type Contract = {
  dpaVersion?: string
  signedOn?: Day
  template: 'ours' | 'theirs'
  file?: string
  check?: { on: Day; open: CheckPoint[] }
}
export const contractTemplates = ['ours', 'theirs'] as const

export type DueDiligence = {
  concludedOn?: Day
  conclusion?: 'accepted' | 'accepted-with-conditions' | 'rejected'
  note?: string
}
export const conclusions = ['accepted', 'accepted-with-conditions', 'rejected'] as const

/** Whether they owe us a yearly assurance statement (C.8), of which kind and by which clause. */
export type Assurance = { owed: boolean; kind?: string; clause?: string }

/** What an engagement itself puts on the list; the vendor's facts come beside it. */
export type EngagementFacts = {
  role: Role
  services: string[]
  activity: Bilingual
  dataCategories: DataCategory[]
  subjects: string[]
  storageCountries: CountryCode[]
  accessCountries: CountryCode[]
  places: Place[]
  transfers: Transfer[]
  /** The engagement whose vendor brought this one in; null: a link of our own. */
  parent: string | null
}

export type DatedEngagementFacts = { from: Day; content: EngagementFacts }

/** What we have with the vendor about it; not on any list. */
export type Terms = {
  subjectCount?: SubjectCount
  contract: Contract | null
  dueDiligence: DueDiligence | null
  theirNotice?: NoticePeriod
  assurance?: Assurance
  /**
   * Of a link further down that is new to customers: each has it in its chain from its own permission on, and not before it is told
   * (clause 7.3). Otherwise it came with the one above it, and whoever has approved that one has it too.
   */
  askedByItself?: boolean
}

export type Use = { since: Day | null; until: Day | null }

/** Vendor x services x activity. */
export type EngagementBody = EngagementFacts &
  Terms & {
    vendor: string
    /** The approved engagement of which this is the changed one: another activity, place or basis of the same vendor. */
    continues?: string
    versions: DatedEngagementFacts[]
    /** What was found to have been wrong on past days. */
    corrections?: Correction<EngagementFacts>[]
    /** Empty where `contract` says all there is: see `contractsOf`. */
    contracts?: ContractVersion[]
    /** The day another version begins to count, or the present one ends. */
    contractTurnsOn?: Day
    /** Confirmed by staff. `until` is the first day it is no longer used. */
    inUse: Use
    /** Use that began and ended before the present one. */
    earlierUse: Use[]
    endedOn: Day | null
    endedBecause?: string
    sample: boolean
  }

/** What the list prints of an engagement: the four columns of B.1 and what opinion 22/2024 adds. Frozen into notices. */
export type EngagementContent = EngagementFacts & {
  vendor: string
  vendorName: string
  registration: (Registration & { country?: CountryCode }) | null
  noRegistrationBecause?: string
  address: string
  country: CountryCode | null
  website?: string
  contact: { name: string; email?: string; phone?: string } | null
}

export type EngagementState = 'planned' | 'approved' | 'in-use' | 'ended'

/** `approvedBy`: how many customers have it approved on the day. */
export function engagementState(
  engagement: { inUse: Use; earlierUse?: readonly Use[]; endedOn: Day | null },
  approvedBy: number,
  day: Day,
): EngagementState {
  if (engagement.endedOn !== null && engagement.endedOn <= day) return 'ended'
  if (wasInUse(engagement, day)) return 'in-use'
  return approvedBy > 0 ? 'approved' : 'planned'
}

/** Now or by an earlier use of it. */
export function wasInUse(
  { inUse, earlierUse = [] }: { inUse: Use; earlierUse?: readonly Use[] },
  day: Day,
): boolean {
  return [inUse, ...earlierUse].some((use) => isInUse(use, day))
}

function isInUse({ since, until }: Use, day: Day): boolean {
  return since !== null && since <= day && (until === null || until > day)
}

export function engagementFacts(engagement: EngagementFacts): EngagementFacts {
  const { role, services, activity, dataCategories: categories, subjects, parent } = engagement
  const { storageCountries, accessCountries, places, transfers } = engagement
  return {
    role,
    services,
    activity,
    dataCategories: categories,
    subjects,
    storageCountries,
    accessCountries,
    places,
    transfers,
    parent,
  }
}

/**
 * What supervision asks of it (C.2, C.8). The log keeps it beside what may be erased: where a data centre lies, and that a statement is
 * owed, is nobody's own.
 */
export function supervisionFacts({
  places,
  assurance,
}: {
  places: readonly Place[]
  assurance?: Assurance | undefined
}): { owesStatement: boolean; dataCentres: Pick<Place, 'address' | 'country'>[] } {
  return {
    owesStatement: assurance?.owed === true,
    dataCentres: places
      .filter(({ kind }) => kind === 'data-centre')
      .map(({ address, country }) => ({ address, country })),
  }
}

export function contentOf(
  vendor: string,
  facts: VendorFacts,
  engagement: EngagementFacts,
): EngagementContent {
  const contact = mainContact(facts.contacts)
  return {
    ...engagementFacts(engagement),
    vendor,
    vendorName: facts.name,
    registration: facts.registration,
    ...(facts.noRegistrationBecause === undefined
      ? {}
      : { noRegistrationBecause: facts.noRegistrationBecause }),
    address: facts.address,
    country: facts.country,
    ...(facts.website === undefined ? {} : { website: facts.website }),
    contact: contact && {
      name: contact.name,
      ...(contact.email === undefined ? {} : { email: contact.email }),
      ...(contact.phone === undefined ? {} : { phone: contact.phone }),
    },
  }
}

/** Transfers that may not be entered for the day: a dead basis, or one that does not exist for that country. */
export function refusedTransfers(
  law: Law,
  transfers: readonly Transfer[],
  day: Day,
  role: Role,
): { row: number; problem: BasisProblem }[] {
  return transfers.flatMap((transfer, row) => {
    const problem = basisProblems(law, transfer, day, role).find(({ severity }) => severity === 'refused')
    return problem ? [{ row, problem }] : []
  })
}

/** Whether making `parent` the parent of `engagement` would close a ring. `parents`: each engagement's parent. */
export function wouldLoop(
  engagement: string,
  parent: string,
  parents: ReadonlyMap<string, string | null>,
): boolean {
  for (let link: string | null = parent, steps = 0; link !== null; link = parents.get(link) ?? null) {
    // A ring that is already there must not trap the one who asks.
    if (link === engagement || ++steps > parents.size + 1) return true
  }
  return false
}
