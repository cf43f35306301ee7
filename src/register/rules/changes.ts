import { tidyNumber } from '../../base/registration.js'
import type { EngagementContent } from './engagement.js'

/** What customers have approved, and what therefore is no mere correction (B.1, C.5, C.6). */
export type ChangeKind = 'entity' | 'role' | 'activity' | 'services' | 'country' | 'place' | 'basis'

/**
 * Which parts of what was approved a new content would change; empty for a correction: spelling of a name, a moved
 * office of the same entity, a contact, a signing date.
 */
export function changesToApproved(before: EngagementContent, after: EngagementContent): ChangeKind[] {
  const changed: [ChangeKind, boolean][] = [
    ['entity', isOtherEntity(before, after)],
    ['role', before.role !== after.role],
    [
      'activity',
      plain(before.activity.da) !== plain(after.activity.da) ||
        plain(before.activity.en) !== plain(after.activity.en),
    ],
    ['services', differ(before.services, after.services)],
    [
      'country',
      differ(before.storageCountries, after.storageCountries) ||
        differ(before.accessCountries, after.accessCountries) ||
        (before.country !== null && before.country !== after.country),
    ],
    ['place', differ(placesOf(before), placesOf(after))],
    ['basis', differ(basesOf(before), basesOf(after))],
  ]
  return changed.filter(([, is]) => is).map(([kind]) => kind)
}

/**
 * Another legal entity, not a new name of the same one: the number tells. Where there is none to compare, the name does.
 * A number that was missing and is filled in completes the record.
 */
function isOtherEntity(before: EngagementContent, after: EngagementContent): boolean {
  if (before.registration && after.registration) {
    const same = before.registration.kind === after.registration.kind
    return same
      ? tidyNumber(before.registration.kind, before.registration.number) !==
          tidyNumber(after.registration.kind, after.registration.number)
      : plain(before.vendorName) !== plain(after.vendorName)
  }
  if (before.registration && !after.registration) return true
  return plain(before.vendorName) !== plain(after.vendorName)
}

function placesOf(content: EngagementContent): string[] {
  return content.places.map(({ kind, address, country }) => `${kind}|${plain(address)}|${country}`)
}

function basesOf(content: EngagementContent): string[] {
  return content.transfers.map(({ country, basis, module }) => `${country}|${basis}|${module ?? ''}`)
}

function differ(before: readonly string[], after: readonly string[]): boolean {
  const [left, right] = [new Set(before), new Set(after)]
  return left.size !== right.size || [...left].some((each) => !right.has(each))
}

/** Case, spaces and a full stop at the end are spelling. */
function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().replace(/\.$/, '').toLocaleLowerCase('da')
}
