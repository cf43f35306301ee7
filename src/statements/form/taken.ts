/** What a reviewer takes over of what was read: by field, which of the readings. Nothing is taken that nobody ticked. */
import { formatRegistration } from './words.js'
import { plainAddress } from '../../register/rules.js'
import type { Found, Proposals, Proposed, ReadSite } from '../rules/proposals.js'

/** A field of the form -> what may be taken for it, as it would be typed, the likeliest first. */
export type Readings = Record<
  string,
  { fields: Record<string, string>; page: number; words: string; sure: boolean }[]
>

type Body = Record<string, unknown>
type Fields = Record<string, string>

function readingsFrom<T>(found: Found<T>, fieldsOf: (value: T) => Fields): Readings[string] {
  if (found === null) return []
  const all: Proposed<T>[] = [found, ...found.alternatives]
  return all.map(({ value, page, words, confidence }) => ({
    fields: fieldsOf(value),
    page,
    words,
    sure: confidence === 'high',
  }))
}

export function readingsOf(proposals: Proposals): Readings {
  const one = (field: string) => (value: string | number) => ({ [field]: String(value) })
  const all: Readings = {
    kind: readingsFrom(proposals.kind, one('kind')),
    edition: readingsFrom(proposals.edition, one('edition')),
    type: readingsFrom(proposals.type, one('type')),
    level: readingsFrom(proposals.level, one('level')),
    entity: readingsFrom(proposals.entity, ({ name, registration }) => ({
      entity: formatRegistration(name, registration),
    })),
    issuer: [
      ...readingsFrom(proposals.auditor, ({ name, registration }) => ({
        issuer: formatRegistration(name, registration),
      })),
      ...readingsFrom(proposals.body, one('issuer')),
    ],
    period: readingsFrom(proposals.period, ({ from, to }) => ({ periodFrom: from, periodTo: to })),
    asOf: readingsFrom(proposals.asOf, one('asOf')),
    issuedOn: readingsFrom(proposals.issuedOn, one('issuedOn')),
    opinion: readingsFrom(proposals.opinion, one('opinion')),
    certificateNumber: readingsFrom(proposals.certificateNumber, one('certificateNumber')),
    expiresOn: readingsFrom(proposals.expiresOn, one('expiresOn')),
  }
  return Object.fromEntries(Object.entries(all).filter(([, readings]) => readings.length > 0))
}

/**
 * The form as if what was ticked had been typed. Where something was typed in the field as well, the typed word stands. `origins`:
 * which of the fields were read.
 */
export function withTaken(
  body: unknown,
  readings: Readings,
): { body: Body; origins: Record<string, 'read' | 'typed'> } {
  const typed = { ...(body as Body | undefined) }
  const take = (typed['take'] ?? {}) as Record<string, unknown>
  const origins: Record<string, 'read' | 'typed'> = {}
  for (const [field, offered] of Object.entries(readings)) {
    const names = Object.keys(offered[0]?.fields ?? {})
    const written = names.some((name) => isWritten(typed[name]))
    if (written) origins[field] = 'typed'
    const chosen = take[field] === '' || take[field] === undefined ? undefined : offered[Number(take[field])]
    if (written || chosen === undefined) continue
    Object.assign(typed, chosen.fields)
    origins[field] = 'read'
  }
  return { body: typed, origins }
}

/** The rows ticked among those read, after the rows that were typed. */
export function withTakenRows(
  body: Body,
  proposals: Pick<Proposals, 'exceptions' | 'subservice' | 'sites'>,
): Body {
  const ticked = (field: string) => {
    const value = body[field]
    return (Array.isArray(value) ? value : [value]).flatMap((each) =>
      typeof each === 'string' && /^\d+$/.test(each) ? [Number(each)] : [],
    )
  }
  const exceptions = ticked('takeExceptions').flatMap((at) => {
    const read = proposals.exceptions[at]
    return read ? [{ control: read.value.control ?? '', text: read.value.text, response: '' }] : []
  })
  const subservices = ticked('takeSubservices').flatMap((at) => {
    const read = proposals.subservice[at]
    return read ? [{ name: read.value.name, does: '', method: read.value.method ?? '' }] : []
  })
  // One read before places were has none.
  const sites = ticked('takeSites').flatMap((at) => proposals.sites?.[at]?.value ?? [])
  return {
    ...body,
    ...(sites.length > 0 ? { sites: withSites(rows(body['sites']), sites) } : {}),
    exceptions: [...rows(body['exceptions']), ...exceptions],
    subservices: [...rows(body['subservices']), ...subservices],
  }
}

/** Our register's place stands in a row already: it is said of that row how the paper covers it. */
function withSites(given: readonly unknown[], sites: readonly ReadSite[]): unknown[] {
  const filled = given.map((each): Body => ({ ...(each as Body) }))
  for (const { address, country, carvedOut } of sites) {
    const how = carvedOut ? 'carved-out' : 'covered'
    const known = filled.find(
      ({ address: typed }) => typeof typed === 'string' && plainAddress(typed) === plainAddress(address),
    )
    if (!known) filled.push({ address, country: country ?? '', how })
    else if (!isWritten(known['how'])) known['how'] = how
  }
  return filled
}

function rows(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

function isWritten(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}
