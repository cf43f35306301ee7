import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { CountryCode } from '../../transfers/rules.js'
import {
  assuranceState,
  isAssured,
  plainAddress,
  type AssuranceState,
  type PlaceAssurance,
} from './data-centres.js'
import type { Place, Role } from './engagement.js'
import { contentOn } from './versions.js'

/** C.5 names two: our own offices, and our own equipment in data centres (ours or, as colocation, another's). */
export type SiteKind = 'office' | 'data-centre' | 'colocation'
export const siteKinds = ['office', 'data-centre', 'colocation'] as const satisfies readonly SiteKind[]

/** What is true of one of our own places from a day on. */
export type SiteFacts = {
  name?: string
  kind: SiteKind
  address: string
  country: CountryCode
  /** The vendor whose data centre it is. */
  operator: string | null
  /** The services that run there; none: it serves them all, as an office does. */
  services: string[]
  /** C.2 asks it of data centres. */
  assurance?: PlaceAssurance
}

/** On what the change stands: customers' approval as C.5 asks, or why none is needed. `notice`: the one that asked for it. */
export type SiteGround = { because: string; notice?: string }

type DatedSiteFacts = { from: Day; content: SiteFacts; ground?: SiteGround }

export type SiteBody = SiteFacts & {
  from: Day
  /** The first day we no longer process there. */
  until: Day | null
  endedBecause?: string
  versions: DatedSiteFacts[]
  sample: boolean
}

/** One of our own places of processing (C.5), by a reference such as 'L-01'. */
export type Site = { _id: string; reference: string } & SiteBody & Moved

export type SiteState = 'planned' | 'in-use' | 'ended'

export function siteState({ from, until }: Pick<Site, 'from' | 'until'>, day: Day): SiteState {
  if (until !== null && until <= day) return 'ended'
  return from <= day ? 'in-use' : 'planned'
}

/** The site as it stood on the day; null where we did not process there. */
export function siteOn(site: Site, day: Day): (SiteFacts & Pick<Site, '_id' | 'reference'>) | null {
  if (siteState(site, day) !== 'in-use') return null
  return { _id: site._id, reference: site.reference, ...contentOn(site.versions, day) }
}

/** As it stands on the day, a move that is planned for later left aside; one not begun yet as it is planned. */
export function siteAsItStands(site: Pick<Site, 'versions'>, day: Day): SiteFacts {
  return contentOn(site.versions, day)
}

/** What has been entered for a later day: a move that is planned. Null where nothing is. */
export function siteChangeAhead(
  { from, versions }: Pick<Site, 'from' | 'versions'>,
  day: Day,
): DatedSiteFacts | null {
  return versions.find((version) => version.from > day && version.from > from) ?? null
}

export function siteFacts({
  name,
  kind,
  address,
  country,
  operator,
  services,
  assurance,
}: SiteFacts): SiteFacts {
  return {
    ...(name === undefined ? {} : { name }),
    kind,
    address,
    country,
    operator,
    services,
    ...(assurance === undefined ? {} : { assurance }),
  }
}

/**
 * Whether customers' prior written approval is needed before it is so (C.5; silence is refusal): another address or country, or
 * a service that is moved in. Spelling, a name, who operates it, a statement need none; nor does a service that moves out.
 */
export function needsApproval(before: SiteFacts, after: SiteFacts): boolean {
  if (plainAddress(before.address) !== plainAddress(after.address)) return true
  if (before.country !== after.country) return true
  // None means all of them.
  if (before.services.length === 0) return false
  return after.services.length === 0 || after.services.some((service) => !before.services.includes(service))
}

/**
 * The versions with what is noted of the statement from the day on: of the site as it stands then. What is entered for a later day is
 * another address, or other services, and says for itself what is noted of it.
 */
export function withSiteAssurance(
  { versions }: Pick<Site, 'versions'>,
  assurance: PlaceAssurance | null,
  day: Day,
): Site['versions'] {
  const place = Math.max(
    0,
    versions.findLastIndex(({ from }) => from <= day),
  )
  const standing = versions[place]
  if (!standing) throw new Error('a record without any version')
  const { assurance: _before, ...bare } = standing.content
  const content = assurance === null ? bare : { ...bare, assurance }
  const changed = standing.from >= day ? [{ ...standing, content }] : [standing, { from: day, content }]
  return [...versions.slice(0, place), ...changed, ...versions.slice(place + 1)]
}

/** Whether something bought is run there; a customer that buys nothing is shown every site. */
export function servesAny(site: Pick<SiteFacts, 'services'>, bought: readonly string[] | null): boolean {
  if (bought === null || site.services.length === 0) return true
  return site.services.some((service) => bought.includes(service))
}

/** Where C.2 asks for an ISAE 3402 type 2: each place of an engagement, and each site of our own, that is a data centre. */
export function isDataCentre({ kind }: { kind: Place['kind'] | SiteKind }): boolean {
  return kind === 'data-centre' || kind === 'colocation'
}

type Colocated = {
  vendor: string
  reference: string
  role: Role
  places: readonly Place[]
}

/**
 * The statement the site stands on: its own, or where none is entered that of the place its operator's engagement has at the same
 * address. One paper need not be entered twice.
 */
export function statementOf(
  { assurance, operator, address, country }: SiteFacts,
  engagements: readonly Pick<Colocated, 'vendor' | 'reference' | 'places'>[],
): { assurance?: PlaceAssurance; from: string | null } {
  if (assurance !== undefined) return { assurance, from: null }
  for (const { vendor, reference, places } of engagements) {
    if (vendor !== operator) continue
    const same = places.find(
      (place) =>
        place.assurance !== undefined &&
        place.country === country &&
        plainAddress(place.address) === plainAddress(address),
    )
    if (same?.assurance) return { assurance: same.assurance, from: reference }
  }
  return { from: null }
}

/** A data centre wherever it is on record, and how it stands. */
export type DataCentre = {
  holder: 'site' | 'engagement'
  /** 'L-01' or 'E-0001'. */
  reference: string
  /** The place's number on its engagement, from 0. */
  place: number
  /** Our own name for the site; empty for a vendor's, which `vendor` names. */
  name: string
  vendor: string | null
  address: string
  country: CountryCode
  assurance?: PlaceAssurance
  state: AssuranceState
}

export function dataCentres(
  sites: readonly Site[],
  engagements: readonly Colocated[],
  day: Day,
): DataCentre[] {
  const own = sites.flatMap((site): DataCentre[] => {
    const facts = siteAsItStands(site, day)
    if (!isDataCentre(facts) || siteState(site, day) === 'ended') return []
    const { reference } = site
    const { name = '', address, country } = facts
    const { assurance } = statementOf(facts, engagements)
    const state = assuranceState(assurance, day)
    const where = { place: 0, name, vendor: null, address, country }
    return [{ holder: 'site', reference, ...where, ...given({ assurance }), state }]
  })
  // Where the processor keeps its own equipment is on record as a site; what others keep for it is their engagement's place.
  const subProcessors = engagements.filter(({ role }) => role === 'sub-processor')
  const theirs = subProcessors.flatMap(({ reference, vendor, places }) =>
    places.flatMap(({ assurance, ...place }, number): DataCentre[] =>
      isDataCentre(place)
        ? [
            {
              holder: 'engagement',
              reference,
              place: number,
              name: '',
              vendor,
              address: place.address,
              country: place.country,
              ...given({ assurance }),
              state: assuranceState(assurance, day),
            },
          ]
        : [],
    ),
  )
  // What lacks something is met first; our own before others'.
  const all = [...own, ...theirs]
  return [...all.filter(({ state }) => !isAssured(state)), ...all.filter(({ state }) => isAssured(state))]
}

/** What names a data centre among all: a site, or a place of an engagement by its number. */
export function centreKey({ reference, place }: Pick<DataCentre, 'reference' | 'place'>): string {
  return `${reference}/${place}`
}

function given({ assurance }: { assurance: PlaceAssurance | undefined }): { assurance?: PlaceAssurance } {
  return assurance === undefined ? {} : { assurance }
}
