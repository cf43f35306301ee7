import type { Locale } from '../../base/context.js'
import { periodUnits } from '../../base/period.js'
import { textIn } from '../../i18n/texts.js'
import { countriesOn, sortedByName, transfersNeeded, type LawOn } from '../../transfers/rules.js'
import {
  conclusions,
  contractTemplates,
  dataCategories,
  furtherStandings,
  isAskedByItself,
  placeKinds,
  roles,
  subjectCounts,
  usualSubjects,
  type Engagement,
  type Service,
} from '../rules.js'
import { transferChoices, transferFields } from './transfer-fields.js'
import { nameIn, rowCount } from './vendor.js'

/** Where Danish processors' sub-processors mostly are; every other country is chosen from the list below them. */
const usualCountries = [
  'DK',
  'SE',
  'NO',
  'FI',
  'DE',
  'NL',
  'BE',
  'FR',
  'IE',
  'PL',
  'LT',
  'ES',
  'GB',
  'CH',
  'US',
  'IN',
]

export function engagementChoicesIn(
  at: LawOn,
  locale: Locale,
  services: readonly Service[],
  engagement: Engagement | null,
) {
  const t = textIn(locale)
  const worded = <Value extends string>(values: readonly Value[], key: string) =>
    values.map((value) => ({ value, text: t(`register:${key}.${value}`) }))
  return {
    roles: roles.map((value) => ({
      value,
      text: t(`register:role.${value}`),
      hint: t(`register:role-hint.${value}`),
    })),
    services: services
      .filter((service) => service.endedOn === null || engagement?.services.includes(service._id))
      .map(({ _id, name }) => ({ value: _id, text: nameIn(name, locale) })),
    categories: dataCategories.map((value) => ({
      value,
      text: t(`register:category.${value}`),
      hint: t(`register:category-hint.${value}`),
    })),
    subjects: worded(usualSubjects, 'subject'),
    subjectCounts: worded(subjectCounts, 'subject-count'),
    countries: countriesOn(at, locale).map(({ code, name, eea }) => ({
      value: code,
      text: eea ? name : `${name} (${t('register:form.outside-eea')})`,
    })),
    transfers: transferChoices(at, locale, engagement?.transfers),
    places: worded(placeKinds, 'place'),
    templates: [
      { value: 'none', text: t('register:template.none') },
      ...worded(contractTemplates, 'template'),
    ],
    further: furtherStandings.map((value) => ({
      value,
      text: t(`chain:further.${value}`),
      hint: t(`chain:further-hint.${value}`),
    })),
    conclusions: worded(conclusions, 'conclusion'),
    units: periodUnits.map((value) => ({ value, text: t(`register:unit.${value}`) })),
  }
}

/** The stored values as the form names its fields. */
export function engagementFields(engagement: Engagement | null, at: LawOn, service?: string) {
  const usual: readonly string[] = usualSubjects
  return {
    role: engagement?.role ?? 'sub-processor',
    services: engagement?.services ?? (service === undefined ? [] : [service]),
    activity: engagement?.activity ?? { da: '', en: '' },
    dataCategories: engagement?.dataCategories ?? [],
    subjects: engagement?.subjects.filter((subject) => usual.includes(subject)) ?? [],
    otherSubjects: engagement?.subjects.filter((subject) => !usual.includes(subject)).join(', ') ?? '',
    subjectCount: engagement?.subjectCount ?? '',
    storageCountries: engagement?.storageCountries ?? [],
    accessCountries: engagement?.accessCountries ?? [],
    places: engagement?.places ?? [],
    transfers: [
      ...(engagement?.transfers ?? []).map(transferFields),
      // A country without a basis waits in a row of its own, so that nobody has to look it up.
      ...undocumented(engagement, at).map((country) => ({ country })),
    ],
    parent: engagement?.parent ?? '',
    further: standingOf(engagement),
    contractTemplate: engagement?.contract?.template ?? 'none',
    contractVersion: engagement?.contract?.dpaVersion ?? '',
    contractSignedOn: engagement?.contract?.signedOn ?? '',
    contractFile: engagement?.contract?.file ?? '',
    conclusion: engagement?.dueDiligence?.conclusion ?? '',
    concludedOn: engagement?.dueDiligence?.concludedOn ?? '',
    dueDiligenceNote: engagement?.dueDiligence?.note ?? '',
    noticeLength: engagement?.theirNotice?.length ?? '',
    noticeUnit: engagement?.theirNotice?.unit ?? 'days',
    assuranceOwed: engagement?.assurance?.owed ?? false,
    assuranceKind: engagement?.assurance?.kind ?? '',
    assuranceClause: engagement?.assurance?.clause ?? '',
  }
}

function standingOf(engagement: Engagement | null): (typeof furtherStandings)[number] | '' {
  if (!engagement || engagement.parent === null) return ''
  return isAskedByItself(engagement) ? 'by-notice' : 'with-above'
}

export type EngagementFields = ReturnType<typeof engagementFields>

function undocumented(engagement: Engagement | null, { law, day }: LawOn): string[] {
  if (!engagement) return []
  const { storageCountries, accessCountries, transfers } = engagement
  return transfersNeeded(law, storageCountries, accessCountries, day).filter(
    (country) => !transfers.some((transfer) => transfer.country === country),
  )
}

/** The countries with boxes of their own: the usual ones and those already ticked or on record. */
export function countryBoxes(typed: unknown, fields: EngagementFields, at: LawOn, locale: Locale) {
  const body = (typed ?? {}) as Record<string, unknown>
  const listed = [body['storageCountries'], body['accessCountries']]
    .flat()
    .filter((code) => typeof code === 'string')
  const codes = [
    ...new Set([...usualCountries, ...fields.storageCountries, ...fields.accessCountries, ...listed]),
  ]
  const known = new Map(countriesOn(at, locale).map((country) => [country.code, country]))
  return sortedByName(codes, locale).flatMap((code) => {
    const country = known.get(code)
    return country === undefined ? [] : [country]
  })
}

/** How many rows each repeating part of the form shows. */
export function rowCounts(typed: unknown, fields: EngagementFields, adding: string | null) {
  const body = (typed ?? {}) as Record<string, unknown>
  return {
    otherCountries: rowCount(body['otherCountries'], 1, adding === 'otherCountries'),
    places: rowCount(body['places'], fields.places.length, adding === 'places'),
    transfers: rowCount(body['transfers'], fields.transfers.length, adding === 'transfers'),
  }
}
