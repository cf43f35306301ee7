/** What the vendor's own country says of its transfers: questions beside the links, which change nothing in what holds. */
import type { Day } from '../../base/day.js'
import type { CountryCode } from '../countries.js'
import type { Law } from './decisions.js'
import type { Link } from './links.js'
import { isEea } from './memberships.js'
import { problem, type BasisProblem } from './problem.js'
import type { Transfer } from './transfer.js'

/** Bases that two parties agree, or the importer is listed for: who the exporter is belongs to them. */
const agreed: readonly Transfer['basis'][] = ['scc-2021', 'bcr-p', 'adequacy-dpf']

/**
 * A vendor within the EEA is no importer: in its next link it is the exporter itself, as Microsoft Ireland is (EDPB 05/2021). So
 * a basis that says that we export needs a second look.
 */
export function linksFrom(law: Law, links: readonly Link[], seat: CountryCode | null, day: Day): Link[] {
  if (seat === null || !isEea(law, seat, day)) return [...links]
  return links.map((link) => ({
    ...link,
    transfers: link.transfers.map(({ transfer, problems }) => ({
      transfer,
      problems:
        transfer.exporter === 'vendor' || !agreed.includes(transfer.basis)
          ? problems
          : [
              ...problems,
              problem('warning', 'exporter-is-vendor', { country: transfer.country, place: seat }),
            ],
    })),
  }))
}

/** A vendor outside the EEA of which nothing is said to be stored or seen where it is established; null where nothing is odd. */
export function unnamedSeat(
  law: Law,
  seat: CountryCode | null,
  storage: readonly CountryCode[],
  access: readonly CountryCode[],
  day: Day,
): BasisProblem | null {
  // Where it is not known who sees the data, that is asked first.
  if (seat === null || access.length === 0 || isEea(law, seat, day)) return null
  return [...storage, ...access].includes(seat) ? null : problem('warning', 'seat-not-named', { place: seat })
}
