import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { countriesInWords, linkRows } from '../../transfers/page.js'
import {
  countryName,
  judgeLinks,
  notInstructed,
  transfersNeeded,
  type TransferInstruction,
} from '../../transfers/rules.js'
import {
  engagementState,
  engagementVersions,
  incompleteness,
  roleMayBeOwn,
  type Engagement,
  type EngagementRow,
  type EngagementVersion,
  type Service,
  type Vendor,
} from '../rules.js'
import {
  capital,
  changesInWords,
  completenessState,
  missingRows,
  servicesInWords,
  stateOf,
  subjectsInWords,
} from './words.js'
import { changesToApproved } from '../rules/changes.js'

/** `approvedBy`: how many customers have it approved today. */
export function engagementInWords(
  engagement: Engagement,
  vendor: Vendor,
  services: readonly Service[],
  approvedBy: number,
  today: Day,
  locale: Locale,
) {
  const t = textIn(locale)
  const missing = incompleteness(vendor, engagement)
  const { storageCountries, accessCountries, transfers, role } = engagement
  const period = engagement.theirNotice
  return {
    state: stateOf(engagementState(engagement, approvedBy, today), locale),
    role: t(`register:role.${role}`),
    roleHint: roleMayBeOwn(engagement),
    services: servicesInWords(engagement.services, services, locale),
    categories: capital(engagement.dataCategories.map((each) => t(`register:category.${each}`)).join(', ')),
    subjects: capital(subjectsInWords(engagement.subjects, locale)),
    subjectCount:
      engagement.subjectCount === undefined ? '' : t(`register:subject-count.${engagement.subjectCount}`),
    storage: countriesInWords(storageCountries, locale),
    access: countriesInWords(accessCountries, locale),
    places: engagement.places.map(
      ({ kind, address, country }) =>
        `${t(`register:place.${kind}`)}: ${address}, ${countryName(country, locale)}`,
    ),
    links: linkRows(judgeLinks(storageCountries, accessCountries, transfers, today, role), locale),
    /** Only where it is known where the data are can it be said that they never leave the EEA. */
    within:
      storageCountries.length > 0 &&
      accessCountries.length > 0 &&
      transfersNeeded(storageCountries, accessCountries).length === 0,
    template: engagement.contract === null ? '' : t(`register:template.${engagement.contract.template}`),
    conclusion:
      engagement.dueDiligence?.conclusion === undefined
        ? ''
        : t(`register:conclusion.${engagement.dueDiligence.conclusion}`),
    theirNotice: period === undefined ? '' : t(`register:period.${period.unit}`, { count: period.length }),
    missing: missingRows(missing, locale),
    completeness: completenessState(missing, locale),
  }
}

/** The dated versions, newest first, each with what it changed of that which customers approve. */
export function versionRows(engagement: Engagement, vendor: Vendor, locale: Locale) {
  const versions = engagementVersions(vendor._id, vendor.versions, engagement.versions)
  return versions
    .map((version, place) => ({
      from: version.from,
      to: version.to,
      name: version.content.vendorName,
      activity: version.content.activity[locale] || version.content.activity.da,
      storage: countriesInWords(version.content.storageCountries, locale),
      access: countriesInWords(version.content.accessCountries, locale),
      changed: changedFrom(versions[place - 1], version, locale),
    }))
    .toReversed()
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

/** The chain: what this one is a link of, and what hangs below it. */
export function chainRows(rows: readonly EngagementRow[], locale: Locale) {
  return rows.map((row) => ({
    url: `/engagements/${row.reference}`,
    text: `${row.vendorName}: ${row.activity[locale] || row.activity.da}`,
    ended: row.endedOn !== null,
  }))
}

/** Customers whose documented instruction (C.6) does not reach every country outside the EEA: for them it is no transfer. */
export function instructionInWords(
  engagement: Engagement,
  customers: readonly {
    reference: string
    name: string
    agreement: { transferInstruction: TransferInstruction }
  }[],
  locale: Locale,
) {
  const { storageCountries, accessCountries, transfers } = engagement
  const lacking = customers.flatMap(({ reference, name, agreement }) => {
    const codes = notInstructed(storageCountries, accessCountries, transfers, agreement.transferInstruction)
    return codes.length === 0
      ? []
      : [{ name, url: `/customers/${reference}`, countries: countriesInWords(codes, locale) }]
  })
  return {
    customers: customers.length,
    covered: customers.length - lacking.length,
    lacking: lacking.slice(0, mostNamed),
    more: Math.max(0, lacking.length - mostNamed),
  }
}

const mostNamed = 10
