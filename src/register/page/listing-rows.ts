import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { basisInShort, countriesInWords } from '../../transfers/page.js'
import { countryName, judgeLinks, type Law } from '../../transfers/rules.js'
import {
  engagementState,
  highestRisk,
  incompleteness,
  mainContact,
  riskOf,
  type Engagement,
  type Listing,
  type Risk,
  type Service,
  type Vendor,
} from '../rules.js'
import { addressInWords } from './differences.js'
import {
  capital,
  completenessState,
  customersInWords,
  numberInWords,
  servicesInWords,
  stateOf,
  type State,
} from './words.js'

type Entry = { listing: Listing; engagement: Engagement; vendor: Vendor; approved: boolean }
type Facts = {
  law: Law
  services: readonly Service[]
  /** Only where the column is shown: it is counted. */
  customers: ReadonlyMap<string, { customers: number; capped: boolean }>
  today: Day
  /** The instant's day where we are. */
  dayOf: (at: Date) => Day
  locale: Locale
}

/** A line of the register of engagements: every word read from the record as it is, whatever the list was found by. */
export function engagementListRow({ listing, engagement, vendor, approved }: Entry, facts: Facts) {
  const { law, services, customers, today, dayOf, locale } = facts
  const t = textIn(locale)
  const { contract, dueDiligence, theirNotice, assurance, role } = engagement
  const state = engagementState(engagement, approved ? 1 : 0, today)
  const counted = customers.get(engagement._id)
  return {
    url: `/engagements/${engagement.reference}`,
    reference: engagement.reference,
    name: vendor.name,
    vendorUrl: `/vendors/${vendor.reference}`,
    number: numberInWords(vendor.registration, locale),
    address: addressInWords(vendor.address, vendor.country, locale),
    activity: engagement.activity[locale] || engagement.activity.da || engagement.activity.en,
    services: servicesInWords(engagement.services, services, locale),
    role: t(`register:role.${role}`),
    data: capital(engagement.dataCategories.map((each) => t(`register:category.${each}`)).join(', ')),
    risk: riskInWords(riskOf(engagement, today), locale),
    storage: countriesInWords(engagement.storageCountries, locale),
    access: countriesInWords(engagement.accessCountries, locale),
    bases: basesOf(law, engagement, today, locale),
    contract: contract?.signedOn === undefined ? '' : formatShortDay(contract.signedOn, locale),
    diligence:
      dueDiligence?.conclusion === undefined ? '' : t(`register:conclusion.${dueDiligence.conclusion}`),
    diligenceOn:
      dueDiligence?.concludedOn === undefined ? '' : formatShortDay(dueDiligence.concludedOn, locale),
    theirNotice:
      theirNotice === undefined
        ? ''
        : t(`register:period.${theirNotice.unit}`, { count: theirNotice.length }),
    assurance: assurance === undefined ? '' : t(assurance.owed ? 'lists:owed' : 'lists:not-owed'),
    customers: counted === undefined ? '' : customersInWords(counted.customers, counted.capped, locale),
    changed: formatShortDay(dayOf(listing.changedAt), locale),
    state: stateOf(state, locale),
    completeness:
      state === 'ended'
        ? null
        : completenessState(incompleteness(vendor, engagement, { law, day: today }), locale),
  }
}

export function vendorListRow(
  { listing, vendor, engagements }: { listing: Listing; vendor: Vendor; engagements: readonly Engagement[] },
  { today, dayOf, locale }: Pick<Facts, 'today' | 'dayOf' | 'locale'>,
) {
  const t = textIn(locale)
  const running = engagements.filter(({ endedOn }) => endedOn === null || endedOn > today)
  const risk = highestRisk(running.map((each) => riskOf(each, today)))
  const contact = mainContact(vendor.contacts)
  const ended = vendor.endedOn !== null && vendor.endedOn <= today
  return {
    url: `/vendors/${vendor.reference}`,
    reference: vendor.reference,
    name: vendor.name,
    number: numberInWords(vendor.registration, locale),
    address: vendor.address,
    seat: vendor.country === null ? '' : countryName(vendor.country, locale),
    contact:
      contact === null ? '' : [contact.name, contact.email ?? contact.phone].filter(Boolean).join(', '),
    website: vendor.website ?? '',
    role: [...new Set(running.map(({ role }) => role))].map((role) => t(`register:role.${role}`)).join(', '),
    engagements: running.length,
    engagementsUrl: `/engagements?q=${vendor.reference}`,
    risk: risk === null ? null : riskInWords(risk, locale),
    changed: formatShortDay(dayOf(listing.changedAt), locale),
    state: ended ? ({ tone: 'calm', word: t('register:state.ended') } satisfies State) : null,
    missing: listing.missing,
    completeness: ended
      ? null
      : ({
          tone: listing.missing === 0 ? 'good' : 'wait',
          word:
            listing.missing === 0
              ? t('register:completeness.complete')
              : t('register:completeness.missing', { count: listing.missing }),
        } satisfies State),
  }
}

/** 'High', '5 points'; 'at least' where something it follows from is not recorded. */
function riskInWords({ points, band, atLeast }: Risk, locale: Locale): { word: string; points: string } {
  const t = textIn(locale)
  const shown = t('lists:risk-points', { count: points })
  return { word: t(`lists:risk.${band}`), points: atLeast ? t('lists:risk-at-least', { shown }) : shown }
}

function basesOf(law: Law, engagement: Engagement, day: Day, locale: Locale) {
  const { storageCountries, accessCountries, transfers, role } = engagement
  return judgeLinks(law, storageCountries, accessCountries, transfers, day, role).map((link) => ({
    country: countryName(link.country, locale),
    basis: link.transfers.map(({ transfer }) => basisInShort(transfer, locale)).join(' + '),
    state:
      link.state === 'lawful'
        ? null
        : {
            tone: link.state === 'unlawful' ? 'stop' : 'wait',
            word: textIn(locale)(`transfers:state.${link.state}`),
          },
  }))
}
