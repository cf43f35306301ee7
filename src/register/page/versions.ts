import type { Locale } from '../../base/context.js'
import { addDays, type Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { countriesInWords } from '../../transfers/page.js'
import { countryName } from '../../transfers/rules.js'
import {
  beginning,
  changesToApproved,
  engagementVersions,
  versionsAsKnown,
  type Engagement,
  type EngagementVersion,
  type Vendor,
} from '../rules.js'
import { addressInWords } from './differences.js'
import { markRows } from './past.js'
import { capital, changesInWords, numberInWords } from './words.js'

/** The dated versions, newest first, each with what it changed of that which customers approve, and what corrected it. */
export function versionRows(engagement: Engagement, vendor: Vendor, locale: Locale) {
  const versions = engagementVersions(vendor, engagement)
  return versions
    .map((version, place) => ({
      ...framed(`/engagements/${engagement.reference}`, version, locale),
      name: version.content.vendorName,
      activity: version.content.activity[locale] || version.content.activity.da,
      storage: countriesInWords(version.content.storageCountries, locale),
      access: countriesInWords(version.content.accessCountries, locale),
      changed: changedFrom(versions[place - 1], version, locale),
    }))
    .toReversed()
}

/** The same of a vendor's own facts. */
export function vendorVersionRows(vendor: Vendor, locale: Locale) {
  const versions = versionsAsKnown(vendor)
  return versions
    .map((version, place) => ({
      ...framed(
        `/vendors/${vendor.reference}`,
        { ...version, to: versions[place + 1]?.from ?? null },
        locale,
      ),
      name: version.content.name,
      number: numberInWords(version.content.registration, locale),
      address: addressInWords(version.content.address, version.content.country, locale),
      country: version.content.country === null ? '' : countryName(version.content.country, locale),
    }))
    .toReversed()
}

function framed(
  base: string,
  { from, to, corrections }: Pick<EngagementVersion, 'from' | 'to' | 'corrections'>,
  locale: Locale,
) {
  return {
    from: from === beginning ? textIn(locale)('past:version.before') : formatShortDay(from, locale),
    marks: markRows({ corrections, enteredOn: null }, locale),
    correct: correctUrl(base, from, to),
  }
}

/** The form that corrects it, with its days filled in; a version that still holds has no last day. */
function correctUrl(base: string, from: Day, to: Day | null): string {
  const days = { ...(from === beginning ? {} : { from }), ...(to === null ? {} : { until: addDays(to, -1) }) }
  const query = new URLSearchParams(days).toString()
  return query === '' ? `${base}/correct` : `${base}/correct?${query}`
}

function changedFrom(
  before: EngagementVersion | undefined,
  version: EngagementVersion,
  locale: Locale,
): string {
  const t = textIn(locale)
  if (!before) return t('register:version.first')
  const changes = changesToApproved(before.content, version.content)
  return changes.length === 0 ? t('register:version.correction') : capital(changesInWords(changes, locale))
}
