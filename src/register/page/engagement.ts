import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { countriesInWords, linkRows } from '../../transfers/page.js'
import {
  countryName,
  judgeLinks,
  notInstructed,
  transfersNeeded,
  type Law,
  type TransferInstruction,
} from '../../transfers/rules.js'
import {
  engagementState,
  incompleteness,
  roleMayBeOwn,
  type Engagement,
  type Service,
  type Vendor,
} from '../rules.js'
import { remedyOf } from './completeness.js'
import {
  capital,
  completenessState,
  missingRows,
  servicesInWords,
  stateOf,
  subjectsInWords,
} from './words.js'

/** `approvedBy`: how many customers have it approved today. */
export function engagementInWords(
  law: Law,
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
    links: linkRows(judgeLinks(law, storageCountries, accessCountries, transfers, today, role), locale),
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
    missing: missingRows(missing, locale).map((row, place) => ({
      ...row,
      ...remedyOf(
        missing[place] ?? row,
        { vendor: vendor.reference, engagement: engagement.reference },
        locale,
      ),
    })),
    completeness: completenessState(missing, locale),
  }
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
  const kinds = new Set<TransferInstruction['kind']>()
  const lacking = customers.flatMap(({ reference, name, agreement }) => {
    const codes = notInstructed(storageCountries, accessCountries, transfers, agreement.transferInstruction)
    if (codes.length > 0) kinds.add(agreement.transferInstruction.kind)
    return codes.length === 0
      ? []
      : [{ name, url: `/customers/${reference}`, countries: countriesInWords(codes, locale) }]
  })
  return {
    findings: instructionFindings(kinds, locale),
    customers: customers.length,
    covered: customers.length - lacking.length,
    lacking: lacking.slice(0, mostNamed),
    more: Math.max(0, lacking.length - mostNamed),
  }
}

/** Why the instruction does not reach it, by what the agreements say; each with its source and what to do. */
function instructionFindings(kinds: ReadonlySet<TransferInstruction['kind']>, locale: Locale) {
  const t = textIn(locale)
  return [...kinds].toSorted().map((kind) => ({
    serious: true,
    text: t(`transfers:instruction.problem.${kind}`),
    source: t(`transfers:instruction.source.${kind}`),
    remedy: t(`transfers:instruction.remedy.${kind}`),
  }))
}

const mostNamed = 10
