import { tidyNumber } from '../../base/registration.js'
import type { EngagementContent } from './engagement.js'
import type { ListRow } from './list.js'
import { sameContent } from './versions.js'

/** A row of a list without what is only known as it is today. */
export type Listed = Pick<
  ListRow,
  'engagement' | 'reference' | 'content' | 'approvedFrom' | 'kind' | 'notice' | 'continues'
>

/** What of a row differs. 'approval': the same approved once more, from a later day or on other terms. */
export type ListedPart = TextPart | SetPart | 'approval'

/** One value, said as before and after. */
export type TextPart = 'name' | 'registration' | 'address' | 'contact' | 'role' | 'activity' | 'parent'
/** Several values, said as what came and what went. */
export type SetPart = 'services' | 'storage' | 'access' | 'places' | 'basis' | 'categories' | 'subjects'

export const textParts = [
  'name',
  'registration',
  'address',
  'contact',
  'role',
  'activity',
  'parent',
] as const satisfies readonly TextPart[]
export const setParts = [
  'services',
  'storage',
  'access',
  'places',
  'basis',
  'categories',
  'subjects',
] as const satisfies readonly SetPart[]

/**
 * `changes`: the row of which the one that came is the changed one, and which stays until that is used. `continuedAs`: the changed
 * one, which took the place of the one that went.
 */
export type Difference =
  | { kind: 'came'; row: Listed; changes?: { before: Listed; parts: ListedPart[] } }
  | { kind: 'went'; row: Listed; continuedAs?: Listed }
  | { kind: 'changed'; before: Listed; after: Listed; parts: ListedPart[] }

/**
 * What a reader who holds the list of one day must be told to hold that of another. Both lists come from dated intervals
 * and versions, so a name that was changed since shows as it was.
 */
export function differencesBetween(before: readonly Listed[], after: readonly Listed[]): Difference[] {
  const old = new Map(before.map((row) => [row.engagement, row]))
  const fresh = new Set(after.map(({ engagement }) => engagement))
  const earlierOf = (row: Listed) =>
    old.get(row.engagement) ?? replacedBy(row, old, fresh) ?? givenUpFor(row, before, fresh)
  const continued = new Map(
    after.flatMap((row): [string, Listed][] => (isOfOne(row) ? [[row.continues ?? '', row]] : [])),
  )
  return [
    ...after.filter((row) => !earlierOf(row)).map((row): Difference => cameBeside(row, old)),
    ...before
      .filter(({ engagement }) => !fresh.has(engagement) && !takenOver(continued.get(engagement), old))
      .filter((row) => !isGivenUp(row, old, fresh))
      .map((row): Difference => {
        const continuedAs = continued.get(row.engagement)
        return { kind: 'went', row, ...(continuedAs ? { continuedAs } : {}) }
      }),
    ...after.flatMap((row): Difference[] => {
      const earlier = earlierOf(row)
      const parts = earlier ? partsThatDiffer(earlier, row) : []
      return earlier && parts.length > 0 ? [{ kind: 'changed', before: earlier, after: row, parts }] : []
    }),
  ]
}

// On the list of one customer a change of what it approved is one difference. Of all together some have it and others do not yet.
function isOfOne({ kind }: Listed): boolean {
  return kind !== null
}

/** The row of which this is the changed one, where that has left the list since. */
function replacedBy(
  row: Listed,
  old: ReadonlyMap<string, Listed>,
  fresh: ReadonlySet<string>,
): Listed | undefined {
  if (row.continues === undefined || !isOfOne(row) || fresh.has(row.continues)) return undefined
  return old.get(row.continues)
}

/** The changed one that stood in its place, where the row is the earlier form which the customer has again. */
function givenUpFor(
  { engagement }: Listed,
  before: readonly Listed[],
  fresh: ReadonlySet<string>,
): Listed | undefined {
  return before.find((row) => row.continues === engagement && isOfOne(row) && !fresh.has(row.engagement))
}

function isGivenUp(row: Listed, old: ReadonlyMap<string, Listed>, fresh: ReadonlySet<string>): boolean {
  return row.continues !== undefined && isOfOne(row) && fresh.has(row.continues) && !old.has(row.continues)
}

function takenOver(row: Listed | undefined, old: ReadonlyMap<string, Listed>): boolean {
  return row !== undefined && !old.has(row.engagement)
}

/** Approved as changed, and not used so yet: both stand on the list. */
function cameBeside(row: Listed, old: ReadonlyMap<string, Listed>): Difference {
  const before = row.continues === undefined || !isOfOne(row) ? undefined : old.get(row.continues)
  if (!before) return { kind: 'came', row }
  const parts = partsThatDiffer(before, row).filter((part) => part !== 'approval')
  return { kind: 'came', row, changes: { before, parts } }
}

function partsThatDiffer(before: Listed, after: Listed): ListedPart[] {
  const [left, right] = [before.content, after.content]
  return [
    ...textParts.filter((part) => !sameContent(textPartOf(left, part), textPartOf(right, part))),
    ...setParts.filter((part) => !sameSet(setPartOf(left, part), setPartOf(right, part))),
    // For all customers together an approval has no kind: then the days say only who came first.
    ...(before.kind !== null && after.kind !== null && before.approvedFrom !== after.approvedFrom
      ? ['approval' as const]
      : []),
  ]
}

function textPartOf(content: EngagementContent, part: TextPart): unknown {
  switch (part) {
    case 'name':
      return content.vendorName
    case 'registration': {
      const { registration, noRegistrationBecause } = content
      return registration
        ? `${registration.kind} ${tidyNumber(registration.kind, registration.number)}`
        : (noRegistrationBecause ?? null)
    }
    case 'address':
      return { address: content.address, country: content.country }
    case 'contact':
      return content.contact
    case 'role':
      return content.role
    case 'activity':
      return content.activity
    case 'parent':
      return content.parent
  }
}

/** The values as words that are equal only if the reader would call them equal; a basis by country, kind and module. */
function setPartOf(content: EngagementContent, part: SetPart): string[] {
  switch (part) {
    case 'services':
      return content.services
    case 'storage':
      return content.storageCountries
    case 'access':
      return content.accessCountries
    case 'places':
      return content.places.map(({ kind, address, country }) => `${kind}|${address}|${country}`)
    case 'basis':
      return content.transfers.map(({ country, basis, module }) => `${country}|${basis}|${module ?? ''}`)
    case 'categories':
      return content.dataCategories
    case 'subjects':
      return content.subjects
  }
}

/** Everything a difference can be told of: of two contents the same where `differencesBetween` tells of none. */
export function printedParts(content: EngagementContent): unknown[] {
  return [
    ...textParts.map((part) => textPartOf(content, part)),
    ...setParts.map((part) => [...new Set(setPartOf(content, part))].toSorted()),
  ]
}

function sameSet(before: readonly string[], after: readonly string[]): boolean {
  const [left, right] = [new Set(before), new Set(after)]
  return left.size === right.size && [...left].every((each) => right.has(each))
}
