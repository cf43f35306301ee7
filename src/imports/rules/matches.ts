import { plainName } from './names.js'
import type { Registration } from '../../base/registration.js'
import type { Day } from '../../base/day.js'

/** What shows that a row is about a record. `similar`: the names differ in the form of company only, which settles nothing. */
export type MatchedBy = 'reference' | 'number' | 'name' | 'activity' | 'similar' | 'choice' | 'earlier'

export type Candidate = { id: string; reference: string; name: string; by: MatchedBy; ended: boolean }

/**
 * The record a row is about, null for a new one. - `read`: one fits, or none. - `several`: they fit equally well, and a person has
 * to choose. - `chosen`: a person has. `others`: what else fits or resembles it.
 */
export type Match = { found: Candidate | null; how: 'read' | 'several' | 'chosen'; others: Candidate[] }

export const isNew: Match = { found: null, how: 'read', others: [] }

/** What a person may say of a row instead of a record's id. */
export const asNew = 'new'

/** A person says that it is the same, now or in an earlier import: the name on record stands. */
export function isSaid({ how, found }: Match): boolean {
  return how === 'chosen' || found?.by === 'earlier'
}

type Entity = {
  _id: string
  reference: string
  name: string
  registration?: Registration | null | undefined
  endedOn: Day | null
}

type Described = { name: string; reference?: string; registration?: Registration | null }

export function numberKey(registration: Registration | null | undefined): string | null {
  return registration ? registration.number.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase() : null
}

const companyForms = new Set(
  'a/s as aps ivs amba i/s k/s p/s ab asa oy oyj gmbh ag kg ug se inc incorporated llc ltd limited plc corp corporation co company bv nv sa sarl sàrl sas srl spa sro ulc lp llp pty dac ehf hf'.split(
    ' ',
  ),
)

/** A name without its form of company: 'Curanet' and 'Curanet A/S' may be the same, and may not. */
export function similarName(name: string): string {
  const words = plainName(name).split(' ')
  while (words.length > 1 && companyForms.has(words.at(-1) ?? '')) words.pop()
  return words.join(' ')
}

function indexed<T extends Entity>(entities: readonly T[], key: (entity: T) => string | null) {
  const map = new Map<string, T[]>()
  for (const entity of entities) {
    const at = key(entity)
    if (at === null) continue
    const list = map.get(at)
    if (list) list.push(entity)
    else map.set(at, [entity])
  }
  return (at: string | null): T[] => (at === null ? [] : (map.get(at) ?? []))
}

/**
 * Looks for the record a row describes. `aliases`: which record a person took a plain name for in an earlier import. `sharesNumber`: whether several of the file go by its number, as a municipality's
 * institutions do; then the number alone says nothing.
 */
export function finderOf<T extends Entity>(
  entities: readonly T[],
  aliases: ReadonlyMap<string, string> = new Map(),
) {
  // Running ones before those that have ended, earlier references before later ones.
  const order = entities.toSorted(
    (a, b) =>
      Number(a.endedOn !== null) - Number(b.endedOn !== null) ||
      a.reference.length - b.reference.length ||
      (a.reference < b.reference ? -1 : 1),
  )
  const byId = new Map(order.map((entity) => [entity._id, entity]))
  const referred = new Map(order.map((entity) => [entity.reference, entity]))
  const numbered = indexed(order, ({ registration }) => numberKey(registration))
  const named = indexed(order, ({ name }) => plainName(name))
  const resembling = indexed(order, ({ name }) => similarName(name))

  return (
    part: Described,
    choice: string | undefined,
    sharesNumber = false,
  ): { match: Match; existing: T | null; gone?: true } => {
    const number = numberKey(part.registration)
    const name = plainName(part.name)
    const sameNumber = numbered(number)
    const sameName = named(name)
    const others = candidates([
      [sameNumber, 'number'],
      [sameName, 'name'],
      [resembling(similarName(part.name)), 'similar'],
    ])
    const settled = (existing: T | null, by: MatchedBy, how: Match['how'] = 'read') => ({
      existing,
      match: {
        found: existing && candidate(existing, by),
        how,
        others: others.filter(({ id }) => id !== existing?._id),
      },
    })
    if (choice !== undefined) {
      const chosen = choice === asNew ? null : (byId.get(choice) ?? null)
      return {
        ...settled(chosen, 'choice', 'chosen'),
        ...(choice !== asNew && !chosen ? { gone: true } : {}),
      }
    }
    // References count from one in every house: those of another house's export mean something else here.
    const same = part.reference === undefined ? undefined : referred.get(part.reference)
    if (
      same &&
      (plainName(same.name) === name || (number !== null && numberKey(same.registration) === number))
    )
      return settled(same, 'reference')
    const fitting = sameNumber.filter((each) => plainName(each.name) === name)
    for (const [group, by] of [
      [fitting, 'number'],
      [sharesNumber ? [] : sameNumber, 'number'],
      // The same name under another number is another entity.
      [sameName.filter(({ registration }) => number === null || !registration), 'name'],
    ] as const) {
      const running = group.filter(({ endedOn }) => endedOn === null)
      const likely = running.length > 0 ? running : group
      if (likely.length > 1) return settled(null, by, 'several')
      if (likely[0]) return settled(likely[0], by)
    }
    const earlier = byId.get(aliases.get(name) ?? '')
    return earlier ? settled(earlier, 'earlier') : settled(null, 'name')
  }
}

function candidate({ _id, reference, name, endedOn }: Entity, by: MatchedBy): Candidate {
  return { id: _id, reference, name, by, ended: endedOn !== null }
}

const mostShown = 20

function candidates(groups: readonly (readonly [readonly Entity[], MatchedBy])[]): Candidate[] {
  const all = new Map<string, Candidate>()
  for (const [entities, by] of groups)
    for (const entity of entities) if (!all.has(entity._id)) all.set(entity._id, candidate(entity, by))
  return [...all.values()].slice(0, mostShown)
}
