import { randomBytes } from 'node:crypto'
import type { Model } from 'mongoose'
import type { Actor, Context } from '../base/context.js'
import { newId } from '../base/ids.js'
import type { Move, Moved } from '../db/moves.js'
import {
  allEntriesAbout,
  deletePersonal,
  entriesAbout,
  insertEntries,
  insertPersonal,
  knownEntries,
  personalById,
} from './records/entries.js'
import { noteLogged, type MovedModel, type MovedRecord } from './records/moved.js'
import { personalHash, storable, type Entry, type Personal } from './rules.js'

export { lastCheck } from './records/checks.js'
export { registerMoved } from './records/moved.js'

type Values = Record<string, unknown>

export type HistoryEntry = {
  _id: string
  at: Date
  by: Actor
  event: string
  facts: Values
  /** Null where there never were any, or they have been erased. */
  personal: Values | null
}

const batch = 1000
/** Below a record; the log itself has all of it. */
const longestHistory = 100

/**
 * Writes the log entries of the last moves of these records. To be called after every move and insert; a repeat
 * changes nothing, and what a crash left out is written by the catch-up timer.
 */
export async function record<T extends Moved & { _id: string }>(
  model: Model<T>,
  moved: T | T[],
): Promise<void> {
  await recordMoves(model as unknown as MovedModel, [moved].flat() as T[])
}

/** As `record`, for the catch-up timer. */
export async function recordMoves(model: MovedModel, records: MovedRecord[]): Promise<void> {
  for (let from = 0; from < records.length; from += batch) {
    const some = records.slice(from, from + batch)
    await write(await movesToWrite(model.modelName, some))
    await noteLogged(model, some)
  }
}

/** Logs what moved no record: a sign-in refused, a page opened, a dump taken. */
export async function recordEvent(
  context: Context,
  event: string,
  about: { kind: string; id: string },
  facts: Values = {},
  personal?: Values,
): Promise<void> {
  await recordEventOnce(context, newId(), event, about, facts, personal)
}

/** The same, under a key: a repeat changes nothing. */
export async function recordEventOnce(
  context: Context,
  key: string,
  event: string,
  about: { kind: string; id: string },
  facts: Values = {},
  personal?: Values,
): Promise<void> {
  const _id = `${about.kind}/${about.id}/event-${key}`
  await write([
    {
      entry: {
        _id,
        kind: about.kind,
        about: about.id,
        version: null,
        event,
        at: context.now,
        by: context.actor,
        facts,
      },
      personal,
    },
  ])
}

/** Newest first. */
export async function historyOf(kind: string, id: string): Promise<HistoryEntry[]> {
  const entries = await entriesAbout(kind, id, longestHistory)
  const personal = await personalOf(entries)
  return entries.map(({ _id, at, by, event, facts }) => ({
    _id,
    at,
    by,
    event,
    facts,
    personal: personal.get(_id) ?? null,
  }))
}

/** Everything that became of these records, newest first, without what is personal. */
export async function historiesOf(
  kind: string,
  ids: readonly string[],
): Promise<(Pick<HistoryEntry, '_id' | 'at' | 'by' | 'event' | 'facts'> & { about: string })[]> {
  const entries = await allEntriesAbout(kind, ids)
  return entries
    .map(({ _id, at, by, event, facts, about }) => ({ _id, at, by, event, facts, about }))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a._id < b._id ? 1 : -1))
}

/** The personal values of those entries that still have them, by entry. */
export async function personalOf(
  entries: Pick<Entry, '_id' | 'personalHash'>[],
): Promise<Map<string, Values>> {
  const found = await personalById(entries.filter((entry) => entry.personalHash).map(({ _id }) => _id))
  return new Map([...found.values()].map(({ _id, values }) => [_id, values]))
}

/**
 * Erases the personal values of all entries about these records; the chain, which holds their salted hashes only,
 * stays whole. The erasure is an entry of its own, without which `verifyLog` would report the values as missing.
 */
export async function erasePersonal(context: Context, kind: string, ids: string[]): Promise<number> {
  for (const id of ids) await recordEvent(context, erasedEvent, { kind, id })
  return deletePersonal(kind, ids)
}

export const erasedEvent = 'log.personal-erased'

type Writing = { entry: Omit<Entry, 'personalHash'>; personal: Values | undefined }

/**
 * The last move of each; all moves of those whose move before is not in the log, so that a move which was never
 * recorded cannot be hidden by a later one.
 */
async function movesToWrite(kind: string, records: MovedRecord[]): Promise<Writing[]> {
  const before = records.flatMap(({ _id, moves }) => {
    const move = moves.at(-2)
    return move ? [entryId(kind, _id, move.version)] : []
  })
  const known = before.length > 0 ? await knownEntries(before) : new Set<string>()
  return records.flatMap(({ _id, moves }) => {
    const earlier = moves.at(-2)
    const alone = !earlier || known.has(entryId(kind, _id, earlier.version))
    return (alone ? moves.slice(-1) : moves).map((move) => writingOf(kind, _id, move))
  })
}

function writingOf(kind: string, about: string, move: Move): Writing {
  const { version, event, at, by, facts, personal } = move
  return {
    entry: { _id: entryId(kind, about, version), kind, about, version, event, at, by, facts },
    personal,
  }
}

export function entryId(kind: string, about: string, version: number): string {
  return `${kind}/${about}/${version}`
}

/** Personal values first: two writers of one entry then agree on the salt, and no entry points at values never stored. */
async function write(writings: Writing[]): Promise<void> {
  const rows = writings.flatMap(({ entry, personal }): Personal[] =>
    personal && Object.keys(personal).length > 0
      ? [
          {
            _id: entry._id,
            kind: entry.kind,
            about: entry.about,
            salt: randomBytes(16).toString('hex'),
            values: storable(personal),
          },
        ]
      : [],
  )
  const stored = rows.length > 0 ? await insertPersonal(rows) : new Map<string, Personal>()
  await insertEntries(
    writings.map(({ entry }) => {
      const personal = stored.get(entry._id)
      const by = { kind: entry.by.kind, id: entry.by.id }
      return {
        ...entry,
        by,
        facts: storable(entry.facts),
        personalHash: personal ? personalHash(personal) : null,
      }
    }),
  )
}
