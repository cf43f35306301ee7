import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { countriesInWords } from '../../transfers/page.js'
import { countryName } from '../../transfers/rules.js'
import { servesAny, type ListRow, type Service, type SiteFacts } from '../rules.js'
import { addressInWords, placeInWords } from './differences.js'
import { servicesInWords } from './words.js'

export type Places = {
  on: Day
  customer: { name: string; reference: string; sample: boolean } | null
  sites: readonly (SiteFacts & { reference: string })[]
  rows: readonly ListRow[]
  services: readonly Service[]
  /** The services the customer bought on the day; null: all customers'. */
  bought: readonly string[] | null
}

/**
 * Where customers' data may be on the day by C.5: our own places, and the countries of all approved sub-processors with the
 * places on record. What the customer does not buy is told apart, not left out: it approved that too.
 */
export function placesInWords({ sites, rows, services, bought }: Places, locale: Locale) {
  const t = textIn(locale)
  return {
    own: sites
      .filter((site) => servesAny(site, bought))
      .map(({ reference, name, kind, address, country, services: run }) => ({
        reference,
        url: `/sites/${reference}`,
        name: name ?? '',
        kind: t(`sites:kind.${kind}`),
        address: addressInWords(address, country, locale),
        services: run.length === 0 ? t('sites:all-services') : servicesInWords(run, services, locale),
      })),
    theirs: rows.map(({ reference, content }) => ({
      reference,
      url: `/engagements/${reference}`,
      name: content.vendorName,
      activity: content.activity[locale] || content.activity.da,
      storage: countriesInWords(content.storageCountries, locale),
      access: countriesInWords(content.accessCountries, locale),
      places: content.places.map((place) => placeInWords(place, locale)),
      unbought: !servesAny({ services: content.services }, bought),
      countriesMissing: content.storageCountries.length === 0 || content.accessCountries.length === 0,
    })),
    countries: countriesInWords(allCountries(sites, rows, bought), locale),
    missing: rows.filter(
      ({ content }) => content.storageCountries.length === 0 || content.accessCountries.length === 0,
    ).length,
  }
}

function allCountries(
  sites: Places['sites'],
  rows: readonly ListRow[],
  bought: readonly string[] | null,
): string[] {
  return [
    ...new Set([
      ...sites.filter((site) => servesAny(site, bought)).map(({ country }) => country),
      ...rows.flatMap(({ content }) => [...content.storageCountries, ...content.accessCountries]),
    ]),
  ]
}

/** The same on paper. Sub-processors and sites are of the day; customers and the organisation have no dated names, which it then says. */
export function placesPaper(
  places: Places,
  { organisation, today, madeAt, locale }: { organisation: string; today: Day; madeAt: Date; locale: Locale },
): PdfInput {
  const t = textIn(locale)
  const words = placesInWords(places, locale)
  const day = formatDay(places.on, locale)
  const whom = places.customer?.name ?? t('sites:paper.all')
  const blocks: Block[] = [
    ...(places.customer?.sample ? [{ kind: 'note' as const, text: t('sites:paper.sample') }] : []),
    { kind: 'lead', text: t('sites:paper.lead', { day, whom }) },
    { kind: 'heading', text: t('sites:c5.own') },
    words.own.length === 0
      ? { kind: 'paragraph', text: t('sites:c5.no-own') }
      : {
          kind: 'table',
          headings: [t('sites:column.kind'), t('sites:column.address'), t('sites:column.services')],
          rows: words.own.map(({ kind, name, address, services }) => [
            name === '' ? kind : `${name} (${kind})`,
            address,
            services,
          ]),
          widths: [0.28, 0.42, 0.3],
        },
    { kind: 'heading', text: t('sites:c5.theirs') },
    words.theirs.length === 0
      ? { kind: 'paragraph', text: t('sites:c5.no-theirs') }
      : {
          kind: 'table',
          headings: [
            t('register:column.name'),
            t('register:column.storage'),
            t('register:column.access'),
            t('register:engagement.places'),
          ],
          rows: words.theirs.map(({ name, storage, access, places: at }) => [
            name,
            storage || t('sites:c5.unknown'),
            access || t('sites:c5.unknown'),
            at.join('; ') || '–',
          ]),
          widths: [0.28, 0.22, 0.22, 0.28],
        },
    { kind: 'note', text: t('sites:paper.note') },
    ...(places.on < today ? [{ kind: 'note' as const, text: t('annex-b:parties-now') }] : []),
  ]
  return {
    title: t('sites:c5.title'),
    kicker: `${whom} · ${day}`,
    subject: t('sites:c5.title'),
    author: organisation,
    locale,
    createdAt: madeAt,
    blocks,
    footer: `${organisation} · ${t('sites:c5.title')} · ${day}`,
    pageLabel: (page, pages) => t('sites:paper.page', { page, pages }),
  }
}

/** The place of an engagement whose statement is entered. */
export function placeName(place: { kind: string; address: string; country: string }, locale: Locale): string {
  return `${place.address}, ${countryName(place.country, locale)}`
}
