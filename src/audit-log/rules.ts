import { createHash } from 'node:crypto'
import type { Actor } from '../base/context.js'

type Values = Record<string, unknown>

/** What happened to one record, once. Never changed after it is written. */
export type Entry = {
  /** `<kind>/<id>/<version>` for a move, so that writing it twice is impossible; `<kind>/<id>/event-<id>` for the rest. */
  _id: string
  kind: string
  about: string
  /** Of the record after the move; null for what moved no record. */
  version: number | null
  event: string
  at: Date
  by: Actor
  /** Nothing personal: these are sealed and stay for ever. */
  facts: Values
  /** Of the personal values, salted; null where there are none. */
  personalHash: string | null
}

/** Names, addresses and free text of one entry: kept beside it, so that they can be erased and the chain stays whole. */
export type Personal = { _id: string; kind: string; about: string; salt: string; values: Values }

/** A link of the chain. `_id` is the sequence number, from 1 without gaps. */
export type Seal = { _id: number; entry: string; digest: string; previous: string; hash: string }

/** What the first seal has before it. */
export const genesis = '0'.repeat(64)

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * One text for one value, whatever order its keys came in and however often it went through the database: keys sorted,
 * instants as ISO UTC, what is undefined left out.
 */
export function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
      .join(',')}}`
  return JSON.stringify(value ?? null)
}

/** The values as the database gives them back, so that a hash taken before is right after. */
export function storable(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, storableValue(value)]),
  )
}

function storableValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => storableValue(item ?? null))
  if (value !== null && typeof value === 'object' && !(value instanceof Date))
    return storable(value as Values)
  return value
}

/** Only the salt keeps a short value (a name, a phone number) from being guessed from its hash; it is erased with it. */
export function personalHash(personal: Pick<Personal, 'salt' | 'values'>): string {
  return sha256(`${personal.salt}\n${canonical(personal.values)}`)
}

function digestOf({ _id, kind, about, version, event, at, by, facts, personalHash: hash }: Entry): string {
  return sha256(canonical({ _id, kind, about, version, event, at, by, facts, personalHash: hash }))
}

/** The next links of the chain for these entries, in their order. */
export function sealsFor(entries: Entry[], head: Pick<Seal, '_id' | 'hash'> | null): Seal[] {
  let sequence = head?._id ?? 0
  let previous = head?.hash ?? genesis
  return entries.map((entry) => {
    sequence += 1
    const digest = digestOf(entry)
    const seal = {
      _id: sequence,
      entry: entry._id,
      digest,
      previous,
      hash: hashOf(sequence, digest, previous),
    }
    previous = seal.hash
    return seal
  })
}

/** The hash of a link of the chain. */
export function hashOf(sequence: number, digest: string, previous: string): string {
  return sha256(`${sequence}\n${digest}\n${previous}`)
}

export type Break = {
  reason: BreakReason
  /** Of the seal; null where the break is not in the chain itself. */
  sequence: number | null
  entry: string | null
}

export type BreakReason =
  | 'seal-missing'
  | 'seal-changed'
  | 'order-changed'
  | 'entry-missing'
  | 'entry-changed'
  | 'entry-unsealed'
  | 'personal-changed'
  | 'personal-missing'
  | 'end-missing'
  | 'move-unlogged'
  | 'move-differs'

/** Whether `seal` is the link that follows a chain ending in `previous`, and its entry is what was sealed. */
export function breaksAt(seal: Seal, expected: number, previous: string, entry: Entry | undefined): Break[] {
  const broken = (reason: BreakReason): Break => ({ reason, sequence: seal._id, entry: seal.entry })
  if (seal._id !== expected) return [{ reason: 'seal-missing', sequence: expected, entry: null }]
  if (seal.hash !== hashOf(seal._id, seal.digest, seal.previous)) return [broken('seal-changed')]
  if (seal.previous !== previous) return [broken('order-changed')]
  if (!entry) return [broken('entry-missing')]
  return digestOf(entry) === seal.digest ? [] : [broken('entry-changed')]
}
