import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { countries } from '../../transfers/rules.js'
import {
  isDataCentre,
  siteKinds,
  siteState,
  statementOf,
  type Engagement,
  type Service,
  type Site,
  type SiteFacts,
  type Vendor,
} from '../rules.js'
import { assuranceChoices, assuranceFields, assuranceInWords } from './data-centres.js'
import { addressInWords } from './differences.js'
import { nameIn } from './vendor.js'
import { servicesInWords, type State } from './words.js'

type VendorName = Pick<Vendor, '_id' | 'reference' | 'name'>

const siteTones = { planned: 'wait', 'in-use': 'good', ended: 'calm' } as const
function siteName(site: Pick<SiteFacts, 'name' | 'kind'>, locale: Locale): string {
  return site.name ?? textIn(locale)(`sites:kind.${site.kind}`)
}

/** The services run there; none named: all of them. */
function runsInWords(ids: readonly string[], services: readonly Service[], locale: Locale): string {
  return ids.length === 0 ? textIn(locale)('sites:all-services') : servicesInWords(ids, services, locale)
}

/** Sites in use first, then planned ones, ended ones last. */
export function siteRows(
  sites: readonly Site[],
  vendors: readonly VendorName[],
  services: readonly Service[],
  today: Day,
  locale: Locale,
) {
  const order = ['in-use', 'planned', 'ended']
  return sites
    .map((site) => siteInWords(site, vendors, services, today, locale))
    .toSorted((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage))
}

/** `engagements`: its operator's, where the statement may stand. */
export function siteInWords(
  site: Site,
  vendors: readonly VendorName[],
  services: readonly Service[],
  today: Day,
  locale: Locale,
  engagements: readonly Engagement[] = [],
) {
  const statement = statementOf(site, engagements)
  const t = textIn(locale)
  const operator = vendors.find(({ _id }) => _id === site.operator)
  const stage = siteState(site, today)
  return {
    url: `/sites/${site.reference}`,
    reference: site.reference,
    name: siteName(site, locale),
    stage,
    state: { tone: siteTones[stage], word: t(`sites:state.${stage}`) } satisfies State,
    kind: t(`sites:kind.${site.kind}`),
    address: addressInWords(site.address, site.country, locale),
    operator: operator ? { name: operator.name, url: `/vendors/${operator.reference}` } : null,
    /** Another's data centre, and no vendor on record that answers for it. */
    operatorMissing: site.kind === 'colocation' && !operator && stage !== 'ended',
    services: runsInWords(site.services, services, locale),
    from: site.from,
    until: site.until,
    endedBecause: site.endedBecause ?? '',
    dataCentre: isDataCentre(site),
    assurance: assuranceInWords(statement.assurance, today, locale),
    statementFrom: statement.from,
    versions: site.versions
      .map(({ from, content, ground }) => ({
        from,
        address: addressInWords(content.address, content.country, locale),
        services: runsInWords(content.services, services, locale),
        because: ground?.because ?? '',
        notice: ground?.notice ?? '',
      }))
      .toReversed(),
  }
}

/** The stored values as the form names its fields. */
export function siteFields(site: Site | null, today: Day) {
  return {
    name: site?.name ?? '',
    kind: site?.kind ?? '',
    address: site?.address ?? '',
    country: site?.country ?? 'DK',
    operator: site?.operator ?? '',
    services: site?.services ?? [],
    from: today,
    ...assuranceFields(site?.assurance),
  }
}

export function siteChoices(locale: Locale, services: readonly Service[], site: Site | null) {
  const t = textIn(locale)
  return {
    kinds: siteKinds.map((value) => ({
      value,
      text: t(`sites:kind.${value}`),
      hint: t(`sites:kind-hint.${value}`),
    })),
    countries: countries(locale).map(({ code, name }) => ({ value: code, text: name })),
    services: services
      .filter((service) => service.endedOn === null || site?.services.includes(service._id))
      .map(({ _id, name }) => ({ value: _id, text: nameIn(name, locale) })),
    assurances: assuranceChoices(locale),
  }
}
