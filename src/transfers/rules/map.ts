/** Where data lie and from where they are seen, country by country, and what each country stands on. */
import type { Day } from '../../base/day.js'
import type { CountryCode } from '../countries.js'
import type { ImporterRole } from './clauses.js'
import type { Law } from './decisions.js'
import { judgeLinks, type Link } from './links.js'
import { isDead, type Transfer } from './transfer.js'

/** From the one that asks most of somebody to the one that asks nothing: a country has the colour of its weakest. */
export const footings = ['none', 'art-49', 'bcr', 'scc', 'dpf', 'adequacy', 'eea'] as const
export type Footing = (typeof footings)[number]

export type Area = 'world' | 'europe'
export const areas = ['europe', 'world'] as const satisfies readonly Area[]

export type Point = { x: number; y: number }

/** `d`: the outline, empty where the atlas has none or it lies outside. `size`: in the drawing's square units. */
export type Shape = { d: string; size: number; point: Point | null; corner: Point | null }

/** A map without countries marked: its size, land and borders as a picture, and where each country is. */
export type Frame = {
  area: Area
  width: number
  height: number
  /** Drawn when it is asked for; `version` changes when it does. */
  base: () => string
  version: string
  /** Where its middle is; null outside. */
  point: (code: CountryCode) => Point | null
  shape: (code: CountryCode) => Shape
}

/** What a record says about where its data are. */
export type Mapped = {
  name: string
  url: string | null
  storage: readonly CountryCode[]
  access: readonly CountryCode[]
  transfers: readonly Transfer[]
  role: ImporterRole
}

/** One record in one country. `link`: null within the EEA, which needs no basis. */
export type Presence = {
  record: Mapped
  stored: boolean
  seen: boolean
  footing: Footing
  link: Link | null
}

export type MappedCountry = {
  country: CountryCode
  stored: boolean
  seen: boolean
  footing: Footing
  presences: Presence[]
}

const footingOf: Partial<Record<Transfer['basis'], Footing>> = {
  adequacy: 'adequacy',
  'adequacy-dpf': 'dpf',
  'scc-2021': 'scc',
  'bcr-p': 'bcr',
  'art-49': 'art-49',
}

/**
 * The countries of the records on the day. `judged`: a basis counts only if it holds in law, as staff sees it; else by its
 * name, as the list prints it for a customer, and only what a court or a decision has ended counts for nothing.
 */
export function mappedCountries(
  law: Law,
  records: readonly Mapped[],
  day: Day,
  judged: boolean,
): MappedCountry[] {
  const found = new Map<CountryCode, Presence[]>()
  for (const record of records) {
    const { storage, access, transfers, role } = record
    const links = new Map(
      judgeLinks(law, storage, access, transfers, day, role).map((link) => [link.country, link]),
    )
    for (const country of new Set([...storage, ...access])) {
      const link = links.get(country) ?? null
      const presence = {
        record,
        stored: storage.includes(country),
        seen: access.includes(country),
        footing: link ? footingOn(link, judged) : ('eea' as const),
        link,
      }
      const others = found.get(country)
      if (others) others.push(presence)
      else found.set(country, [presence])
    }
  }
  return [...found]
    .map(([country, presences]) => ({
      country,
      stored: presences.some(({ stored }) => stored),
      seen: presences.some(({ seen }) => seen),
      footing: weakest(presences.map(({ footing }) => footing)),
      presences,
    }))
    .toSorted((a, b) => footings.indexOf(a.footing) - footings.indexOf(b.footing))
}

/** One basis that holds is enough, so of several the firmest counts. */
function footingOn({ state, transfers }: Link, judged: boolean): Footing {
  const counting = transfers.filter(({ transfer, problems }) => {
    // A derogation carries no standing supplier, and is still something else than nothing at all.
    if (transfer.basis === 'art-49') return true
    if (!judged) return !isDead(transfer.basis)
    return state === 'lawful' && problems.every(({ severity }) => severity === 'warning')
  })
  const named = counting.map(({ transfer }) => footingOf[transfer.basis] ?? 'none')
  return footings.findLast((footing) => named.includes(footing)) ?? 'none'
}

function weakest(all: readonly Footing[]): Footing {
  return footings.find((footing) => all.includes(footing)) ?? 'none'
}

/** Records that do not say both where their data lie and from where they are seen: no map can show them whole. */
export function withoutCountries(records: readonly Mapped[]): Mapped[] {
  return records.filter(({ storage, access }) => storage.length === 0 || access.length === 0)
}

/** Europe is large enough where everything is in it. */
export function usualArea(countries: readonly CountryCode[], europe: Frame): Area {
  return countries.every((code) => europe.point(code) !== null) ? 'europe' : 'world'
}
