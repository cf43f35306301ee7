import { addMonths, type Day } from '../../base/day.js'
import { transfersNeeded, type CountryCode, type LawOn } from '../../transfers/rules.js'
import { contentOf, type Contract, type EngagementContent, type EngagementFacts } from './engagement.js'
import { isRedacted, saysNothing, type VendorFacts } from './vendor.js'

/** `text` is a key of what is missing; `register:why.<field>` says why it matters. */
export type Missing = { field: MissingField; text: string; country?: CountryCode }

/** One fact a record is asked for, and whether it is there. What does not apply to a record is not among its facts. */
export type AskedFact = Missing & { missing: boolean }

export const missingFields = [
  'name',
  'registration',
  'address',
  'contact',
  'description',
  'categories',
  'storageCountries',
  'accessCountries',
  'basis',
  'contract',
  'check',
] as const
export type MissingField = (typeof missingFields)[number]

/** Facts of the legal entity: asked once, however many engagements the vendor has. */
export const vendorsFields: readonly MissingField[] = ['name', 'registration', 'address', 'contact']

/** Where it says that a fact must be at hand; shown as `worklist:source.<source>`. */
export type Source =
  | 'edpb-22'
  | 'edpb-31-32'
  | 'edpb-88'
  | 'art-28-3'
  | 'art-28-4'
  | 'art-30-2-a'
  | 'art-30-2-c'
  | 'b1'
  | 'c5'
  | 'c6'

export const sources: Record<MissingField, readonly Source[]> = {
  name: ['edpb-31-32', 'art-30-2-a', 'b1'],
  registration: ['b1'],
  address: ['edpb-31-32', 'b1'],
  contact: ['edpb-31-32', 'art-30-2-a'],
  description: ['b1', 'edpb-22'],
  categories: ['art-28-3'],
  storageCountries: ['c5', 'edpb-22'],
  accessCountries: ['c6', 'art-30-2-c'],
  basis: ['c6', 'art-30-2-c', 'edpb-88'],
  contract: ['art-28-4'],
  check: ['art-28-3', 'art-28-4'],
}

/** What a record is judged by: little enough to be read for the whole register at once. */
export type AskedContent = Pick<
  EngagementContent,
  | 'role'
  | 'parent'
  | 'vendorName'
  | 'registration'
  | 'noRegistrationBecause'
  | 'address'
  | 'contact'
  | 'activity'
  | 'dataCategories'
  | 'subjects'
  | 'storageCountries'
  | 'accessCountries'
> & { transfers: readonly { country: CountryCode }[] }

/**
 * What EDPB opinion 22/2024 (paras 22, 31-32, 88) lets customers expect at any time and the record does not hold. Other
 * vendors are no concern of theirs: for these only the entity, its transfers and the contract are asked.
 */
export function incompleteness(
  vendor: VendorFacts,
  engagement: EngagementFacts & { contract: Contract | null },
  at: LawOn,
): Missing[] {
  return missingIn(contentOf('', vendor, engagement), engagement.contract, at)
}

/** As `incompleteness`, of a content as a list prints it. */
export function missingIn(content: AskedContent, contract: Contract | null, at: LawOn): Missing[] {
  return factsAsked(content, contract, at).flatMap(({ missing, ...fact }) => (missing ? [fact] : []))
}

export type AskedContract = Partial<Pick<Contract, 'signedOn' | 'template' | 'check'>>

/** Every fact the record is asked for on the day, those that are there too: what a share can be reckoned from. */
export function factsAsked(
  content: AskedContent,
  contract: AskedContract | null,
  { law, day }: LawOn,
): AskedFact[] {
  const { activity, transfers, storageCountries, accessCountries } = content
  const all: AskedFact[] = [
    { field: 'name', text: 'register:missing.name-redacted', missing: isRedacted(content.vendorName) },
    {
      field: 'registration',
      text: 'register:missing.registration',
      missing: content.registration === null && saysNothing(content.noRegistrationBecause ?? ''),
    },
    {
      field: 'address',
      text: isRedacted(content.address)
        ? 'register:missing.address-redacted'
        : content.address === ''
          ? 'register:missing.address'
          : 'register:missing.address-nothing',
      missing: saysNothing(content.address) || isRedacted(content.address),
    },
    { field: 'contact', text: 'register:missing.contact', missing: content.contact === null },
    {
      field: 'description',
      text: 'register:missing.description',
      missing: saysNothing(activity.da) || saysNothing(activity.en),
    },
    {
      field: 'categories',
      text: 'register:missing.categories',
      missing: content.dataCategories.length === 0 || content.subjects.length === 0,
    },
    {
      field: 'storageCountries',
      text: 'register:missing.storage-countries',
      missing: storageCountries.length === 0,
    },
    {
      field: 'accessCountries',
      text: 'register:missing.access-countries',
      missing: accessCountries.length === 0,
    },
    // Which bases are needed follows from the countries: where these are unknown, none can be asked for yet.
    ...transfersNeeded(law, storageCountries, accessCountries, day).map((country): AskedFact => ({
      field: 'basis',
      text: 'register:missing.basis',
      country,
      missing: !transfers.some((transfer) => transfer.country === country),
    })),
    // Art. 28(4): each processor signs with the one it engages. A further link's contract is with the link above, not with us.
    ...(content.parent === null
      ? [
          {
            field: 'contract' as const,
            text: 'register:missing.contract',
            missing: contract?.signedOn === undefined,
          },
        ]
      : []),
    // On our own template nothing needs reading: those are our own words. Gaps that a reading found are shown with the contract.
    ...(content.parent === null && contract?.template === 'theirs' && contract.signedOn !== undefined
      ? [{ field: 'check' as const, text: 'register:missing.check', missing: contract.check === undefined }]
      : []),
  ]
  if (content.role === 'sub-processor') return all
  const asked = content.role === 'own-vendor' ? askedOfOwnVendors : askedOfControllers
  return all.filter(({ field }) => asked.includes(field))
}

/** A vendor for our own data is our processor too; no customer is told of it. */
const askedOfOwnVendors: readonly MissingField[] = ['name', 'registration', 'basis', 'contract']
/** Whoever decides for itself why and how signs no data processing agreement: Art. 28 is about processors (Art. 4(7)-(8)). */
const askedOfControllers: readonly MissingField[] = ['name', 'registration', 'basis']

/** What the four columns of B.1 need; the rest is what opinion 22/2024 adds. */
export const printedColumns: readonly MissingField[] = ['name', 'registration', 'address', 'description']

/** The identity of everyone in the chain, which must be at hand at all times whatever the risk (22/2024, paras 31-32). */
export const identityFields: readonly MissingField[] = ['name', 'address', 'contact']

/** How complete a record is: for the old list, for the opinion, or not even for the list. */
export function completenessOf(missing: readonly Missing[]): 'complete' | 'b1-only' | 'incomplete' {
  if (missing.length === 0) return 'complete'
  return missing.some(({ field }) => printedColumns.includes(field)) ? 'incomplete' : 'b1-only'
}

/**
 * Complete is not the same as right: the opinion wants the details kept up to date at all times (paras 31-32). A year is
 * the pace of the agreement's own supervision (C.8).
 */
const freshMonths = 12

/** What shows that somebody looked at the details; use, contracts and moves in the chain do not. */
const looks = ['engagement.added', 'engagement.edited', 'engagement.looked-over']

/** When somebody last did, as the record's moves tell; null where none of them does. */
export function lastLook(moves: readonly { at: Date; event: string }[]): Date | null {
  return moves.findLast(({ event }) => looks.includes(event))?.at ?? null
}

export function isStale(lookedOver: Day, today: Day): boolean {
  return addMonths(lookedOver, freshMonths) <= today
}

/**
 * Whether the activity sounds like the processor's own bookkeeping, of which it is normally controller itself (the list of
 * seed 002 has its accounting program on it). A question to the reader; nothing is decided from it.
 */
export function roleMayBeOwn(engagement: Pick<EngagementFacts, 'role' | 'activity'>): boolean {
  const text = `${engagement.activity.da} ${engagement.activity.en}`
  return (
    engagement.role === 'sub-processor' && /faktur|regnskab|bogfør|invoic|accounting|bookkeep/i.test(text)
  )
}
