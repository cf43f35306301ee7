import type { Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import type { Locale } from '../../base/context.js'
import type { Engagement, Vendor } from '../rules.js'
import type { DueDiligence, EngagementFacts, Terms } from './engagement.js'
import { engagementFacts } from './engagement.js'
import { termsOf } from './terms.js'
import { vendorFacts, type VendorFacts } from './vendor.js'
import { sameContent } from './versions.js'

/** What can be done to several engagements at once. */
export type EngagementChange =
  | { kind: 'add-service'; service: string }
  | { kind: 'remove-service'; service: string }
  | { kind: 'diligence'; concludedOn: Day; conclusion: NonNullable<DueDiligence['conclusion']> }
  | { kind: 'their-notice'; period: NoticePeriod }
  | { kind: 'assurance'; owed: boolean }

export type VendorChange = { kind: 'seat'; country: string } | { kind: 'language'; locale: Locale }

/** `because` is the end of a key below `lists:bulk.because.`. */
export type Verdict<After> =
  | { outcome: 'change'; after: After }
  | { outcome: 'already' }
  | { outcome: 'cannot'; because: 'ended' | 'needs-notice' | 'other-country' | 'no-contacts' }

/**
 * What the change makes of the engagement. `approved`: some customer has it approved today or later; then its services are
 * part of what was approved, and change by a notice (clause 7.3), never by the dozen.
 */
export function engagementVerdict(
  engagement: Engagement,
  change: EngagementChange,
  approved: boolean,
): Verdict<EngagementFacts & Terms> {
  if (engagement.endedOn !== null) return { outcome: 'cannot', because: 'ended' }
  const before = { ...engagementFacts(engagement), ...termsOf(engagement) }
  const after = withChange(before, change)
  if (sameContent(before, after)) return { outcome: 'already' }
  const ofServices = change.kind === 'add-service' || change.kind === 'remove-service'
  return ofServices && approved
    ? { outcome: 'cannot', because: 'needs-notice' }
    : { outcome: 'change', after }
}

function withChange(before: EngagementFacts & Terms, change: EngagementChange): EngagementFacts & Terms {
  const { services, dueDiligence, assurance } = before
  switch (change.kind) {
    case 'add-service':
      return { ...before, services: [...new Set([...services, change.service])] }
    case 'remove-service':
      return { ...before, services: services.filter((each) => each !== change.service) }
    case 'diligence': {
      const { concludedOn, conclusion } = change
      return { ...before, dueDiligence: { ...dueDiligence, concludedOn, conclusion } }
    }
    case 'their-notice':
      return { ...before, theirNotice: change.period }
    case 'assurance':
      return { ...before, assurance: { ...assurance, owed: change.owed } }
  }
}

/** A seat is filled in where there is none; another seat may be another entity, and that is looked at one by one. */
export function vendorVerdict(vendor: Vendor, change: VendorChange): Verdict<VendorFacts> {
  if (vendor.endedOn !== null) return { outcome: 'cannot', because: 'ended' }
  const before = vendorFacts(vendor)
  if (change.kind === 'seat') {
    if (before.country === change.country) return { outcome: 'already' }
    if (before.country !== null) return { outcome: 'cannot', because: 'other-country' }
    return { outcome: 'change', after: { ...before, country: change.country } }
  }
  if (before.contacts.length === 0) return { outcome: 'cannot', because: 'no-contacts' }
  const contacts = before.contacts.map((contact) => ({ ...contact, locale: change.locale }))
  const after = { ...before, contacts }
  return sameContent(before, after) ? { outcome: 'already' } : { outcome: 'change', after }
}
