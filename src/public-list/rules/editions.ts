/** Editions: the list as it was published from one moment to the next. Never changed; a correction is a new one. */
import { createHash } from 'node:crypto'
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { PublicEntry } from './entries.js'

/** Which edition it puts right. `entries`: which of them, empty where it is about the whole; `note`: in our words, if any. */
export type Correcting = { edition: string; entries: string[]; note: Bilingual | null }

export type Edition = {
  /** The day it was published on, and from the second of a day on its number that day: '2026-11-22', '2026-11-22-2'. */
  _id: string
  number: number
  day: Day
  at: Date
  /** Whose list it is. */
  organisation: string
  /** SHA-256 of what it says: see `contentHash`. */
  hash: string
  /** How many sub-processors are on it. */
  count: number
  changes: Difference[]
  corrects: Correcting | null
  entries: PublicEntry[]
  sample: boolean
}

/** An edition without the list itself, for archives and feeds. */
export type EditionHead = Omit<Edition, 'entries'>

const compared = [
  'name',
  'registration',
  'country',
  'activity',
  'services',
  'storage',
  'access',
  'places',
  'bases',
  'outside',
  'further',
  'used',
  'since',
] as const
export type ComparedField = (typeof compared)[number]

/** `entry`: as it is now; as it was, where it is gone. `before`: only the fields that changed, as they were. */
export type Difference = {
  kind: 'added' | 'removed' | 'changed'
  entry: PublicEntry
  fields: ComparedField[]
  before: Partial<PublicEntry>
}

/** One content has one hash, whatever the order in which a database gives fields back. */
export function contentHash(organisation: string, entries: readonly PublicEntry[]): string {
  return createHash('sha256').update(contentText(organisation, entries)).digest('hex')
}

/** What the hash is of, byte for byte, so that anyone can compare. */
export function contentText(organisation: string, entries: readonly PublicEntry[]): string {
  return inOrder({ organisation, entries })
}

export function differencesOf(before: readonly PublicEntry[], after: readonly PublicEntry[]): Difference[] {
  const old = new Map(before.map((entry) => [entry.id, entry]))
  const fresh = new Set(after.map(({ id }) => id))
  return [
    ...after
      .filter(({ id }) => !old.has(id))
      .map((entry): Difference => ({ kind: 'added', entry, fields: [], before: {} })),
    ...before
      .filter(({ id }) => !fresh.has(id))
      .map((entry): Difference => ({ kind: 'removed', entry, fields: [], before: {} })),
    ...after.flatMap((entry): Difference[] => {
      const was = old.get(entry.id)
      const fields = was ? fieldsChanged(was, entry) : []
      return was && fields.length > 0
        ? [
            {
              kind: 'changed',
              entry,
              fields,
              before: Object.fromEntries(
                ['named', ...fields].map((field) => [field, was[field as keyof PublicEntry]]),
              ),
            },
          ]
        : []
    }),
  ]
}

function fieldsChanged(before: PublicEntry, after: PublicEntry): ComparedField[] {
  return compared.filter((field) => inOrder(before[field]) !== inOrder(after[field]))
}

export type Candidate = { organisation: string; entries: PublicEntry[]; sample: boolean }

/**
 * The edition to publish now: null where nothing has changed since the last one and nothing is put right. `corrected`: ids of
 * entries that the register says were wrong before, recorded since the last edition.
 */
export function nextEdition(
  last: Edition | null,
  candidate: Candidate,
  { now, today, ofToday }: { now: Date; today: Day; ofToday: readonly string[] },
  correcting: { corrected: readonly string[]; asked: Correcting | null },
): Edition | null {
  const changes = last ? differencesOf(last.entries, candidate.entries) : []
  const same = last?.organisation === candidate.organisation && changes.length === 0
  // By what readers are told, and not by the hash: a release that writes the list in another form changes nothing of it.
  if (same && correcting.asked === null) return null
  const wrong = changes
    .filter(({ kind, entry }) => kind !== 'added' && correcting.corrected.includes(entry.id))
    .map(({ entry }) => entry.id)
  return {
    _id: idOn(today, ofToday),
    number: (last?.number ?? 0) + 1,
    day: today,
    at: now,
    organisation: candidate.organisation,
    hash: contentHash(candidate.organisation, candidate.entries),
    count: candidate.entries.length,
    changes,
    corrects:
      correcting.asked ??
      (last && wrong.length > 0 ? { edition: last._id, entries: wrong, note: null } : null),
    entries: candidate.entries,
    sample: candidate.sample,
  }
}

/** An address of the archive that was given out stays what it was: the second of a day gets one of its own. */
export function idOn(day: Day, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? day : `${day}-${number}`
    if (!taken.includes(id)) return id
  }
}

/** The day in an address of the archive; null where it is none. */
export function dayIn(address: string): Day | null {
  return /^\d{4}-\d{2}-\d{2}(?=$|-\d{1,4}$)/.exec(address)?.[0] ?? null
}

/** JSON with the keys of every object in order. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
