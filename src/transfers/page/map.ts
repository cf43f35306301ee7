/** A map of where data lie and from where they are seen, and the table that says the same in words. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { countryName, type CountryCode } from '../countries.js'
import { basisInShort } from '../page.js'
import type { Law } from '../rules/decisions.js'
import { shownState, type Link } from '../rules/links.js'
import {
  areas,
  footings,
  mappedCountries,
  withoutCountries,
  type Footing,
  type Frame,
  type Mapped,
  type MappedCountry,
  type Point,
} from '../rules/map.js'
import { labelsThatFit } from './map-labels.js'

export type MapInput = {
  law: Law
  records: readonly Mapped[]
  day: Day
  locale: Locale
  /** Whether a basis is judged in law, as for staff, or named as on the customer's list. */
  judged: boolean
  /** What the records are called in the table; a map of one record names no other. */
  of: 'one' | 'sub-processors' | 'engagements' | 'vendors'
  /** Where the same page is with the other part of the world. */
  areaUrl: (area: Frame['area']) => string
  /** Where the list of what is in the country is. */
  countryUrl?: (country: CountryCode) => string
}

/** How tall letters are in the drawing's units, so that they can be read where it is drawn half as wide, or on a phone. */
const letters = { desk: 24, phone: 34 }
/** A country smaller than this, in square units, cannot be seen: it gets a ring of its own. */
const visible = 260
const namesShown = 3
const unknownShown = 50

export type WorldMap = ReturnType<typeof mapPage>

export function mapPage(input: MapInput, frame: Frame) {
  const { law, records, day, locale, judged } = input
  const t = textIn(locale)
  const found = mappedCountries(law, records, day, judged)
  const drawn = found.map((each) => shapeOf(each, frame, input, t))
  const marks = drawn.flatMap(({ code, at, size }) => (at ? [{ code, at, weight: size }] : []))
  const [desk, phone] = [labelsThatFit(marks, letters.desk), labelsThatFit(marks, letters.phone)]
  const named = (codes: readonly MappedCountry[]) => namesOf(codes, locale)
  return {
    area: frame.area,
    width: frame.width,
    height: frame.height,
    base: `/maps/${frame.area}.svg?v=${frame.version}`,
    records: input.of === 'one' ? '' : t(`map:column.${input.of}`),
    title: t('map:title'),
    desc: describe(found, locale, t),
    hatched: footings.filter((footing) => found.some((each) => each.footing === footing && !each.stored)),
    shapes: drawn.map((each) => ({
      ...each,
      label: each.at && desk.has(each.code) ? each.code : '',
      wide: phone.has(each.code),
    })),
    legend: footings
      .toReversed()
      .map((footing) => ({ footing, of: found.filter((each) => each.footing === footing) }))
      .filter(({ of }) => of.length > 0)
      .map(({ footing, of }) => ({
        footing,
        word: t(`map:footing.${footing}`),
        countries: named(of).join(', '),
      })),
    onlySeen: found.some(({ stored }) => !stored),
    areas: areas.map((area) => ({
      text: t(`map:area.${area}`),
      url: input.areaUrl(area),
      current: area === frame.area,
    })),
    outside: named(found.filter((_, place) => !drawn[place]?.at && drawn[place]?.d === '')).join(', '),
    unknown: unknownIn(input.of === 'one' ? [] : withoutCountries(records)),
    rows: found
      .toSorted((a, b) => order(a) - order(b) || byName(a, b, locale))
      .map((each) => rowOf(each, input, t)),
  }
}

function unknownIn(all: readonly Mapped[]) {
  const named = all.slice(0, unknownShown).map(({ name, url }) => ({ name, url }))
  return { count: all.length, named, more: all.length - named.length }
}

function shapeOf({ country, footing, stored, seen }: MappedCountry, frame: Frame, input: MapInput, t: Text) {
  const { d, size, point, corner } = frame.shape(country)
  const at: Point | null = point ?? corner
  const name = countryName(country, input.locale)
  return {
    code: country,
    d,
    size,
    at,
    ring: at !== null && size < visible,
    footing,
    hatched: !stored,
    url: input.countryUrl?.(country) ?? null,
    hint: t('map:hint', { country: name, use: useOf(stored, seen, t), basis: t(`map:footing.${footing}`) }),
  }
}

function rowOf(
  { country, stored, seen, footing, presences }: MappedCountry,
  { locale, judged, countryUrl }: MapInput,
  t: Text,
) {
  // A vendor with two engagements in one country is one sub-processor there.
  const records = [...new Map(presences.map(({ record }) => [record.name, record])).values()].map(
    ({ name, url }) => ({ name, url }),
  )
  return {
    country: countryName(country, locale),
    code: country,
    url: countryUrl?.(country) ?? null,
    use: useOf(stored, seen, t),
    footing,
    hatched: !stored,
    bases: basesOf(presences, locale, t),
    states: judged ? statesOf(presences, t) : [],
    count: records.length,
    // Where there is no list of the country to go to, all are named here.
    records: countryUrl ? records.slice(0, namesShown) : records,
    more: countryUrl ? Math.max(0, records.length - namesShown) : 0,
  }
}

/** 'SCC, modul 3' and how many records stand on it, the most common first. */
function basesOf(presences: MappedCountry['presences'], locale: Locale, t: Text) {
  // Counted before they are put into words: thousands of records stand on a handful of bases.
  const counted = new Map<string, { link: Link | null; count: number }>()
  for (const { link } of presences) {
    const key = link === null ? '' : link.transfers.map(keyOf).join(' ')
    const same = counted.get(`${link !== null}${key}`)
    if (same) same.count += 1
    else counted.set(`${link !== null}${key}`, { link, count: 1 })
  }
  return [...counted.values()]
    .toSorted((a, b) => b.count - a.count)
    .map(({ link, count }) => {
      const word =
        link === null
          ? t('map:basis.eea')
          : link.transfers.map(({ transfer }) => basisInShort(transfer, locale)).join(' + ') ||
            t('map:basis.none')
      return counted.size > 1 ? t('map:basis.counted', { word, count: String(count) }) : word
    })
}

function keyOf({ transfer: { basis, module } }: Link['transfers'][number]): string {
  return `${basis}/${module ?? ''}`
}

const stateTones = { lawful: 'good', supposed: 'wait', unlawful: 'stop', undocumented: 'wait' } as const

function statesOf(presences: MappedCountry['presences'], t: Text) {
  return (['unlawful', 'undocumented', 'supposed', 'lawful'] as const).flatMap((state) => {
    const count = presences.filter(({ link }) => link && shownState(link) === state).length
    if (count === 0) return []
    const word = t(`transfers:state.${state}`)
    const text = count < presences.length ? t('map:basis.counted', { word, count: String(count) }) : word
    return [{ tone: stateTones[state], word: text }]
  })
}

function useOf(stored: boolean, seen: boolean, t: Text): string {
  return t(`map:use.${stored && seen ? 'both' : stored ? 'stored' : 'seen'}`)
}

/** The map in sentences, for those who cannot see it. */
function describe(found: readonly MappedCountry[], locale: Locale, t: Text): string {
  const said = (key: 'stored' | 'seen' | 'lacking', of: readonly MappedCountry[]) =>
    of.length === 0 ? [] : [t(`map:desc.${key}`, { countries: namesOf(of, locale).join(', ') })]
  return [
    ...said(
      'stored',
      found.filter(({ stored }) => stored),
    ),
    ...said(
      'seen',
      found.filter(({ stored }) => !stored),
    ),
    ...said(
      'lacking',
      found.filter(({ footing }) => footing === 'none'),
    ),
    t('map:desc.table'),
  ].join(' ')
}

function namesOf(all: readonly MappedCountry[], locale: Locale): string[] {
  return all.toSorted((a, b) => byName(a, b, locale)).map(({ country }) => countryName(country, locale))
}

function byName(a: MappedCountry, b: MappedCountry, locale: Locale): number {
  return countryName(a.country, locale).localeCompare(countryName(b.country, locale), locale)
}

// What somebody must do something about stands first; where nothing is the matter, the names decide.
function order({ footing }: MappedCountry): number {
  const rank: Partial<Record<Footing, number>> = { none: 0, 'art-49': 1, eea: 3 }
  return rank[footing] ?? 2
}
