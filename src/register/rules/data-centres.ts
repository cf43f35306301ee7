import type { Day } from '../../base/day.js'

/** What is on record of how a place is kept, until statements have registers of their own. */
export type AssuranceKind =
  'isae-3402-2' | 'isae-3402-1' | 'isae-3000' | 'soc-1-2' | 'soc-2-2' | 'iso-27001' | 'other'
export const assuranceKinds = [
  'isae-3402-2',
  'isae-3402-1',
  'isae-3000',
  'soc-1-2',
  'soc-2-2',
  'iso-27001',
  'other',
] as const satisfies readonly AssuranceKind[]

/** `validUntil`: the last day it may be relied on. */
export type PlaceAssurance = { kind: AssuranceKind; validUntil?: Day; note?: string; file?: string }

/**
 * How a data centre stands against C.2: "data centres that are used maintain ISAE 3402 type 2 statements".
 * 'undated': one is there, until when nobody wrote. 'other': a statement of another kind, which C.2 does not name.
 */
export type AssuranceState = 'present' | 'undated' | 'expired' | 'other' | 'none'

export function assuranceState(assurance: PlaceAssurance | undefined, day: Day): AssuranceState {
  if (assurance === undefined) return 'none'
  if (assurance.kind !== 'isae-3402-2') return 'other'
  if (assurance.validUntil === undefined) return 'undated'
  return assurance.validUntil >= day ? 'present' : 'expired'
}

/** C.2 is kept by a current ISAE 3402 type 2 only; whatever else is there waits for somebody. */
export function isAssured(state: AssuranceState): boolean {
  return state === 'present'
}

type Held = { kind: string; address: string; country: string; assurance?: PlaceAssurance }

/**
 * What is on record of a place stays with its address where the one who sends the places does not speak of it, as the
 * engagement's form and imports do not. A place at another address has no statement yet.
 */
export function withAssurances<Place extends Held>(
  before: readonly Held[],
  after: readonly Place[],
): Place[] {
  const known = new Map(before.map((place) => [keyOf(place), place.assurance]))
  return after.map((place) => {
    const assurance = place.assurance ?? known.get(keyOf(place))
    return assurance === undefined ? place : { ...place, assurance }
  })
}

function keyOf({ kind, address, country }: Held): string {
  return `${kind}|${plainAddress(address)}|${country}`
}

/** Case, blanks, commas and full stops are spelling. */
export function plainAddress(address: string): string {
  return address
    .normalize('NFC')
    .replace(/[\s.,]+/g, ' ')
    .trim()
    .toLocaleLowerCase('da')
}
