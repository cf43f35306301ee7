import { transfersNeeded, type CountryCode } from '../../transfers/rules.js'
import { contentOf, type Contract, type EngagementContent, type EngagementFacts } from './engagement.js'
import { isRedacted, type VendorFacts } from './vendor.js'

/** `text` is a key of what is missing; `register:why.<field>` says why it matters. */
export type Missing = { field: MissingField; text: string; country?: CountryCode }

export type MissingField =
  | 'name'
  | 'registration'
  | 'address'
  | 'contact'
  | 'description'
  | 'categories'
  | 'storageCountries'
  | 'accessCountries'
  | 'basis'
  | 'contract'

/**
 * What EDPB opinion 22/2024 (paras 22, 31-32, 88) lets customers expect at any time and the record does not hold. Other
 * vendors are no concern of theirs: for these only the entity, its transfers and the contract are asked.
 */
export function incompleteness(
  vendor: VendorFacts,
  engagement: EngagementFacts & { contract: Contract | null },
): Missing[] {
  return missingIn(contentOf('', vendor, engagement), engagement.contract)
}

/** As `incompleteness`, of a content as a list prints it. */
export function missingIn(content: EngagementContent, contract: Contract | null): Missing[] {
  const needed = transfersNeeded(content.storageCountries, content.accessCountries)
  const all: (Missing | false)[] = [
    isRedacted(content.vendorName) && { field: 'name', text: 'register:missing.name-redacted' },
    content.registration === null &&
      content.noRegistrationBecause === undefined && {
        field: 'registration',
        text: 'register:missing.registration',
      },
    (content.address === '' || isRedacted(content.address)) && {
      field: 'address',
      text: content.address === '' ? 'register:missing.address' : 'register:missing.address-redacted',
    },
    content.contact === null && { field: 'contact', text: 'register:missing.contact' },
    (content.activity.da === '' || content.activity.en === '') && {
      field: 'description',
      text: 'register:missing.description',
    },
    (content.dataCategories.length === 0 || content.subjects.length === 0) && {
      field: 'categories',
      text: 'register:missing.categories',
    },
    content.storageCountries.length === 0 && {
      field: 'storageCountries',
      text: 'register:missing.storage-countries',
    },
    content.accessCountries.length === 0 && {
      field: 'accessCountries',
      text: 'register:missing.access-countries',
    },
    ...needed
      .filter((country) => !content.transfers.some((transfer) => transfer.country === country))
      .map((country): Missing => ({ field: 'basis', text: 'register:missing.basis', country })),
    contract?.signedOn === undefined && { field: 'contract', text: 'register:missing.contract' },
  ]
  const missing = all.filter((each) => each !== false)
  if (content.role === 'sub-processor') return missing
  return missing.filter(({ field }) => ['name', 'registration', 'basis', 'contract'].includes(field))
}

/** What the four columns of B.1 need; the rest is what opinion 22/2024 adds. */
export const printedColumns: readonly MissingField[] = ['name', 'registration', 'address', 'description']

/** How complete a record is: for the old list, for the opinion, or not even for the list. */
export function completenessOf(missing: readonly Missing[]): 'complete' | 'b1-only' | 'incomplete' {
  if (missing.length === 0) return 'complete'
  return missing.some(({ field }) => printedColumns.includes(field)) ? 'incomplete' : 'b1-only'
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
