import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { Choice } from '../../lists/page.js'
import { bases, countryName, countryOf } from '../../transfers/rules.js'
import { dataCategories, missingFields, riskBands, roles, type Service } from '../rules.js'
import { nameIn } from './vendor.js'
import { capital } from './words.js'

type InUse = ReadonlyMap<string, readonly string[]>

/** What each filter of the engagements' list offers: fixed values, and of countries and bases those that occur. */
export function engagementListChoices(
  services: readonly Service[],
  inUse: InUse,
  locale: Locale,
): Record<string, Choice[]> {
  const t = textIn(locale)
  return {
    ...shared(services, inUse, locale),
    state: (['planned', 'approved', 'in-use', 'ended'] as const).map((value) => ({
      value,
      text: t(`register:state.${value}`),
    })),
    role: roles.map((value) => ({ value, text: t(`register:role.${value}`) })),
    storage: countriesOf(inUse.get('storage'), locale),
    access: countriesOf(inUse.get('access'), locale),
  }
}

export function vendorListChoices(
  services: readonly Service[],
  inUse: InUse,
  locale: Locale,
): Record<string, Choice[]> {
  const t = textIn(locale)
  return {
    ...shared(services, inUse, locale),
    state: [
      { value: 'active', text: t('lists:vendor-active') },
      { value: 'ended', text: t('register:state.ended') },
    ],
    seat: countriesOf(inUse.get('seat'), locale),
    role: [
      ...roles.map((value) => ({ value, text: t(`register:role.${value}`) })),
      { value: 'none', text: t('register:vendor.no-role') },
    ],
  }
}

function shared(services: readonly Service[], inUse: InUse, locale: Locale): Record<string, Choice[]> {
  const t = textIn(locale)
  return {
    service: services.map(({ _id, name }) => ({ value: _id, text: nameIn(name, locale) })),
    country: countriesOf(inUse.get('country'), locale),
    outside: (['yes', 'no'] as const).map((value) => ({ value, text: t(`lists:outside.${value}`) })),
    basis: (inUse.get('basis') ?? [])
      .map((value) => ({
        value,
        text: value === 'none' ? t('lists:no-basis') : t(`transfers:short.${value}`),
      }))
      .toSorted(byText(locale)),
    risk: riskBands.map((value) => ({ value, text: t(`lists:risk-band.${value}`) })),
    data: [
      ...dataCategories.map((value) => ({ value, text: capital(t(`register:category.${value}`)) })),
      { value: 'unknown', text: t('lists:data-unknown') },
    ],
    missing: [
      { value: 'any', text: t('lists:missing-any') },
      { value: 'none', text: t('register:completeness.complete') },
      ...missingFields.map((value) => ({ value, text: t(`lists:missing.${value}`) })),
    ],
  }
}

/** Names of values that no record has at present: an address may ask for them all the same. */
export function calledInLists(locale: Locale): (filter: string, value: string) => string | null {
  const t = textIn(locale)
  return (filter, value) => {
    if (filter === 'basis' && value === 'none') return t('lists:no-basis')
    if (filter === 'basis') return bases.some((each) => each === value) ? t(`transfers:short.${value}`) : null
    return countryFilters.includes(filter) ? (countryOf(value)?.name[locale] ?? null) : null
  }
}

const countryFilters = ['country', 'storage', 'access', 'seat']

function countriesOf(codes: readonly string[] | undefined, locale: Locale): Choice[] {
  const unknown = textIn(locale)('lists:unknown')
  return (codes ?? [])
    .map((value) => ({ value, text: value === 'unknown' ? unknown : countryName(value, locale) }))
    .toSorted(byText(locale))
}

function byText(locale: Locale) {
  const { compare } = new Intl.Collator(locale === 'da' ? 'da-DK' : 'en-GB')
  return (a: Choice, b: Choice) => compare(a.text, b.text)
}
