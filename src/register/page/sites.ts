import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { countries } from '../../transfers/rules.js'
import {
  isDataCentre,
  siteAsItStands,
  siteChangeAhead,
  siteKinds,
  siteState,
  statementOf,
  type Engagement,
  type Service,
  type Site,
  type SiteFacts,
  type Vendor,
} from '../rules.js'
import {
  assuranceChoices,
  assuranceFields,
  siteCentreInWords,
  type CentreJudgements,
} from './data-centres.js'
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

/**
 * As it stands today; a move planned for later is told beside it. `engagements`: its operator's, where what is noted of the statement
 * may stand; `judged`: how it stands against C.2.
 */
export function siteInWords(
  site: Site,
  vendors: readonly VendorName[],
  services: readonly Service[],
  today: Day,
  locale: Locale,
  {
    engagements = [],
    judged = new Map(),
  }: { engagements?: readonly Engagement[]; judged?: CentreJudgements } = {},
) {
  const facts = siteAsItStands(site, today)
  const ahead = siteChangeAhead(site, today)
  const statement = statementOf(facts, engagements)
  const t = textIn(locale)
  const operator = vendors.find(({ _id }) => _id === facts.operator)
  const stage = siteState(site, today)
  return {
    url: `/sites/${site.reference}`,
    reference: site.reference,
    name: siteName(facts, locale),
    stage,
    state: { tone: siteTones[stage], word: t(`sites:state.${stage}`) } satisfies State,
    kind: t(`sites:kind.${facts.kind}`),
    address: addressInWords(facts.address, facts.country, locale),
    ahead: ahead && {
      from: ahead.from,
      address: addressInWords(ahead.content.address, ahead.content.country, locale),
      services: runsInWords(ahead.content.services, services, locale),
    },
    operator: operator ? { name: operator.name, url: `/vendors/${operator.reference}` } : null,
    /** Another's data centre, and no vendor on record that answers for it. */
    operatorMissing: facts.kind === 'colocation' && !operator && stage !== 'ended',
    services: runsInWords(facts.services, services, locale),
    from: site.from,
    until: site.until,
    endedBecause: site.endedBecause ?? '',
    dataCentre: isDataCentre(facts),
    c2: siteCentreInWords(site, statement.assurance, judged, today, locale),
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
    // The form shows the latest that is entered; nothing can be entered before that.
    from: latestOf(site, today),
    ...assuranceFields(site?.assurance),
  }
}

function latestOf(site: Site | null, today: Day): Day {
  const last = site?.versions.at(-1)?.from ?? today
  return last > today ? last : today
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
