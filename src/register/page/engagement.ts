import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { InstructionsOf } from '../../customers/actions.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { LeftOut } from '../actions/instructed.js'
import { countriesInWords, linkRows, problemInWords } from '../../transfers/page.js'
import {
  countryName,
  judgeLinks,
  linksFrom,
  notInstructed,
  transfersNeeded,
  unnamedSeat,
  type Law,
  type LawOn,
  type TransferInstruction,
} from '../../transfers/rules.js'
import {
  engagementState,
  incompleteness,
  isAskedByItself,
  placeProblems,
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
  const missing = incompleteness(vendor, engagement, { law, day: today })
  const { storageCountries, accessCountries, transfers, role } = engagement
  const period = engagement.theirNotice
  const seat = unnamedSeat(law, vendor.country, storageCountries, accessCountries, today)
  const unnamed = placeProblems(engagement, { law, day: today })
  return {
    state: stateOf(engagementState(engagement, approvedBy, today), locale),
    role: t(`register:role.${role}`),
    roleHint: roleMayBeOwn(engagement),
    askedByItself: isAskedByItself(engagement),
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
    links: linkRows(
      linksFrom(
        law,
        judgeLinks(law, storageCountries, accessCountries, transfers, today, role),
        vendor.country,
        today,
      ),
      locale,
    ),
    /** What the countries named leave open. */
    questions: [...unnamed, ...(seat ? [seat] : [])].map((each) => problemInWords(each, locale)),
    /** Only where it is known where the data are can it be said that they never leave the EEA. */
    within:
      storageCountries.length > 0 &&
      accessCountries.length > 0 &&
      unnamed.every(({ severity }) => severity === 'warning') &&
      transfersNeeded(law, storageCountries, accessCountries, today).length === 0,
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
  { law, day }: LawOn,
  engagement: Engagement,
  { customers, lacking, first, kinds, leftOut }: InstructionsOf & { leftOut: readonly LeftOut[] },
  locale: Locale,
) {
  const { storageCountries, accessCountries, transfers } = engagement
  const shown = (count: number, capped: boolean) => `${formatNumber(count, locale)}${capped ? '+' : ''}`
  const more = Math.max(0, lacking.count - first.length)
  return {
    findings: instructionFindings(kinds, locale),
    customers: { ...customers, shown: formatNumber(customers.count, locale) },
    covered: formatNumber(customers.count - lacking.count, locale),
    leftOut: leftOut.map(({ because, count }) =>
      textIn(locale)(`register:instruction.left-out.${because}`, {
        count,
        shown: formatNumber(count, locale),
      }),
    ),
    lacks: { count: lacking.count, shown: shown(lacking.count, lacking.capped) },
    lacking: first.map(({ reference, name, agreement: { transferInstruction } }) => {
      const codes = notInstructed(law, day, storageCountries, accessCountries, transfers, transferInstruction)
      return { name, url: `/customers/${reference}`, countries: countriesInWords(codes, locale) }
    }),
    more: { count: more, shown: shown(more, lacking.capped) },
  }
}

/** Why the instruction does not reach it, by what the agreements say; each with its source and what to do. */
export function instructionFindings(kinds: readonly TransferInstruction['kind'][], locale: Locale) {
  const t = textIn(locale)
  return kinds.toSorted().map((kind) => ({
    serious: true,
    text: t(`transfers:instruction.problem.${kind}`),
    source: t(`transfers:instruction.source.${kind}`),
    remedy: t(`transfers:instruction.remedy.${kind}`),
  }))
}
