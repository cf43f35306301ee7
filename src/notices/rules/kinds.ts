/** Which kind of line a change is: it follows from what differs, and what staff chose is checked against it. */
import { changesToApproved, type EngagementContent } from '../../register/rules.js'
import type { LineKind } from './notice.js'

/** Changes of an engagement that customers have approved, the heaviest first. */
export const changedKinds = ['new-activity', 'new-place', 'new-basis'] as const
export type ChangedKind = (typeof changedKinds)[number]

export function isChangedKind(kind: LineKind): kind is ChangedKind {
  return changedKinds.some((each) => each === kind)
}

/**
 * What an engagement brings that the one it continues did not have, the heaviest first; empty where it brings nothing.
 *
 * - activity: B.1, last paragraph. A service it did not serve before is another activity too; another role, all the more.
 * - place: C.5, whether by address or by country, stored or merely seen from there.
 * - basis: C.6.
 *
 * What only goes, takes nothing from the customer that it has been promised.
 */
export function changesBrought(before: EngagementContent, after: EngagementContent): ChangedKind[] {
  const changed = changesToApproved(before, after)
  const brought: Record<ChangedKind, boolean> = {
    'new-activity':
      changed.includes('activity') || changed.includes('role') || isMore(before.services, after.services),
    'new-place':
      isMore(before.storageCountries, after.storageCountries) ||
      isMore(before.accessCountries, after.accessCountries) ||
      (changed.includes('place') && isMore(placesOf(before), placesOf(after))),
    'new-basis': isMore(basesOf(before), basesOf(after)),
  }
  return changedKinds.filter((kind) => brought[kind])
}

/** `vendorApproved`: whether customers the line is about have approved the vendor for something else. */
export type KindFacts = {
  kind: LineKind
  content: EngagementContent
  replacedContent: EngagementContent | null
  vendorApproved: boolean
}

/** What the line is, whatever it was called; null where it brings nothing that needs telling. */
export function kindOf({ kind, content, replacedContent, vendorApproved }: KindFacts): LineKind | null {
  if (kind === 'removal' || kind === 'correction') return kind
  if (replacedContent?.vendor === content.vendor) return changesBrought(replacedContent, content)[0] ?? null
  // B.1, last paragraph: one that is approved for one activity is not thereby approved for another.
  if (vendorApproved) return 'new-activity'
  return replacedContent ? 'replacement' : 'addition'
}

function isMore(before: readonly string[], after: readonly string[]): boolean {
  return after.some((each) => !before.includes(each))
}

function placesOf({ places }: EngagementContent): string[] {
  return places.map(({ kind, address, country }) => `${kind}|${plain(address)}|${country}`)
}

function basesOf({ transfers }: EngagementContent): string[] {
  return transfers.map(({ country, basis, module }) => `${country}|${basis}|${module ?? ''}`)
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().replace(/\.$/, '').toLocaleLowerCase('da')
}
