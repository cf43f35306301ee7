/** An audit log of any length, sealed as the house seals it, written in batches. */
import { randomBytes } from 'node:crypto'
import mongoose from 'mongoose'
import { entryId } from '../../src/audit-log/actions.js'
import { lastSeal } from '../../src/audit-log/records/chain.js'
import { personalHash, sealsFor, storable, type Entry, type Personal } from '../../src/audit-log/rules.js'
import type { Actor } from '../../src/base/context.js'
import type { Move, Moved } from '../../src/db/moves.js'

const batch = 5000
const into = (name: string, rows: object[]) =>
  rows.length > 0 ? mongoose.connection.collection(name).insertMany(rows, { ordered: false }) : undefined

export type History = {
  /** Every move of these records. */
  moves: (kind: string, records: (Moved & { _id: string })[]) => Promise<void>
  event: (kind: string, about: string, event: string, at: Date, by: Actor, personal?: object) => Promise<void>
  /** Writes what waits; returns how many entries the log has. */
  close: () => Promise<number>
}

/** Goes on from the end of the chain: whatever is unsealed must be sealed before. */
export async function openHistory(): Promise<History> {
  let head = await lastSeal()
  let written = head?._id ?? 0
  let entries: Entry[] = []
  let personal: Personal[] = []

  const flush = async () => {
    const seals = sealsFor(entries, head)
    head = seals.at(-1) ?? head
    await Promise.all([
      into('log-personal', personal),
      into('log-entries', entries),
      into('log-seals', seals),
    ])
    written += entries.length
    entries = []
    personal = []
  }
  const add = async (entry: Omit<Entry, 'personalHash' | 'facts'> & { facts: object }, values?: object) => {
    const { _id, kind, about } = entry
    const stored = values && {
      _id,
      kind,
      about,
      salt: randomBytes(16).toString('hex'),
      values: storable(values as Entry['facts']),
    }
    if (stored) personal.push(stored)
    const facts = storable(entry.facts as Entry['facts'])
    entries.push({ ...entry, facts, personalHash: stored ? personalHash(stored) : null })
    if (entries.length >= batch) await flush()
  }

  return {
    moves: async (kind, records) => {
      for (const { _id, moves } of records)
        for (const { version, at, by, event, facts, personal: values } of moves)
          await add(
            { _id: entryId(kind, _id, version), kind, about: _id, version, event, at, by, facts },
            values,
          )
    },
    event: (kind, about, event, at, by, values) =>
      add(
        {
          _id: `${kind}/${about}/event-${written + entries.length}`,
          kind,
          about,
          version: null,
          event,
          at,
          by,
          facts: {},
        },
        values,
      ),
    close: async () => {
      await flush()
      await mongoose.connection
        .collection<{ _id: string }>('log-heads')
        .updateOne({ _id: 'head' }, { $set: { sequence: written } }, { upsert: true })
      return written
    },
  }
}

/** So many moves, one after the other, as a record carries them. */
export function moved(moves: Omit<Move, 'version'>[]): Moved {
  return {
    version: moves.length,
    moves: moves.map((move, place) => ({ ...move, version: place + 1 })),
    unlogged: false,
  }
}
