import { tidyNumber } from '../../base/registration.js'
import type { EngagementContent } from './engagement.js'
import type { ListRow } from './list.js'
import { sameContent } from './versions.js'

/** A row of a list without what is only known as it is today. */
export type Listed = Pick<
  ListRow,
  'engagement' | 'reference' | 'content' | 'approvedFrom' | 'kind' | 'notice'
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

export type Difference =
  | { kind: 'came'; row: Listed }
  | { kind: 'went'; row: Listed }
  | { kind: 'changed'; before: Listed; after: Listed; parts: ListedPart[] }

/**
 * What a reader who holds the list of one day must be told to hold that of another. Both lists come from dated intervals
 * and versions, so a name that was changed since shows as it was.
 */
export function differencesBetween(before: readonly Listed[], after: readonly Listed[]): Difference[] {
  const old = new Map(before.map((row) => [row.engagement, row]))
  const fresh = new Set(after.map(({ engagement }) => engagement))
  return [
    ...after
      .filter(({ engagement }) => !old.has(engagement))
      .map((row): Difference => ({ kind: 'came', row })),
    ...before
      .filter(({ engagement }) => !fresh.has(engagement))
      .map((row): Difference => ({ kind: 'went', row })),
    ...after.flatMap((row): Difference[] => {
      const earlier = old.get(row.engagement)
      const parts = earlier ? partsThatDiffer(earlier, row) : []
      return earlier && parts.length > 0 ? [{ kind: 'changed', before: earlier, after: row, parts }] : []
    }),
  ]
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

function sameSet(before: readonly string[], after: readonly string[]): boolean {
  const [left, right] = [new Set(before), new Set(after)]
  return left.size === right.size && [...left].every((each) => right.has(each))
}
