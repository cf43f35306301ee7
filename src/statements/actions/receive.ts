import { createHash } from 'node:crypto'
import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { largestFile } from '../../files/rules.js'
import type { Vendor } from '../../register/rules.js'
import { insertStatement, statementByFile, statementByReference, Statements } from '../records.js'
import { judgeStatementFile, listingOf, received, type Statement, type StatementRequest } from '../rules.js'
import { moveTo } from './move.js'
import { readStatement, type Reading } from './read-pdf.js'

export type Receiving = {
  vendor: Vendor
  file: Upload
  from: { kind: 'staff' | 'vendor'; name: string }
  note: string
  on: Day
  /** What it answers, where it was asked for and nothing has come yet. */
  asked: Statement | null
  /** The statement that this is the corrected one of. */
  replaces: Statement | null
}

/**
 * Takes in a statement: looks whether it is a PDF that opens, keeps it, and reads what it seems to say for a person to confirm.
 * Throws `Refused`: 'statement-not-pdf', 'statement-is-word', 'statement-is-zip', 'statement-encrypted', 'statement-broken',
 * 'statement-known', 'file-empty', 'file-too-large', 'changed-meanwhile'.
 */
export async function receiveStatement(context: Context, receiving: Receiving): Promise<Statement> {
  const { vendor, file, from, note, on, asked, replaces } = receiving
  const hash = createHash('sha256').update(file.bytes).digest('hex')
  const known = await statementByFile(hash, vendor._id)
  if (known) throw new Refused('statement-known', { reference: known.reference })
  const reading = await opened(file)
  const once = `${vendor._id}/${hash}`
  const _id = asked?._id ?? newId()
  const about = { kind: 'statement', id: _id }
  const stored = await storeFile(context, { ...file, about, sample: vendor.sample })
  if (asked) {
    const change = received(asked, { id: stored._id, hash }, from, on)
    return moveTo(
      context,
      asked,
      { ...change, reading, receivedNote: note, once },
      {
        event: 'statement.received',
        facts: { file: stored._id, sha256: hash, receivedOn: on, from: from.kind },
        personal: { name: from.name, note },
      },
    )
  }
  const reference = await nextReference('ST', Number(context.today.slice(0, 4)))
  const statement = {
    ...blank(_id, reference, vendor),
    once,
    state: 'received' as const,
    file: stored._id,
    fileHash: hash,
    receivedOn: on,
    receivedFrom: from,
    receivedNote: note,
    reading,
    replaces: replaces?._id ?? null,
  }
  const inserted = await insertStatement(
    statement,
    listingOf({ ...statement, version: 0, moves: [], unlogged: true }, vendor.name, false),
    {
      at: context.now,
      by: context.actor,
      event: 'statement.received',
      facts: {
        reference,
        vendor: vendor._id,
        file: stored._id,
        sha256: hash,
        receivedOn: on,
        from: from.kind,
        replaces: replaces?.reference ?? null,
      },
      personal: { name: from.name, note },
    },
  )
  if (!inserted) {
    const other = await statementByFile(hash, vendor._id)
    throw new Refused('statement-known', { reference: other?.reference ?? '' })
  }
  await record(Statements, inserted)
  return inserted
}

/** A statement that is asked for, before anything has come. Returns null where it was made already. */
export async function insertRequested(
  context: Context,
  vendor: Vendor,
  request: StatementRequest,
  once: string,
): Promise<Statement | null> {
  const reference = await nextReference('ST', Number(context.today.slice(0, 4)))
  const statement = {
    ...blank(newId(), reference, vendor),
    once,
    state: 'requested' as const,
    request,
  }
  const inserted = await insertStatement(
    statement,
    listingOf({ ...statement, version: 0, moves: [], unlogged: true }, vendor.name, false),
    {
      at: context.now,
      by: context.actor,
      event: 'statement.requested',
      facts: { reference, vendor: vendor._id, contact: request.contact, dueOn: request.dueOn },
      personal: { what: request.what, name: request.name, email: request.email },
    },
  )
  if (inserted) await record(Statements, inserted)
  return inserted
}

/** By the reference typed or in an address; null for ''. Throws `Refused('statement-replaces-unknown')`. */
export async function statementToReplace(reference: string, vendor: Vendor): Promise<Statement | null> {
  if (reference === '') return null
  const found = await statementByReference(reference.toUpperCase())
  if (!found || found.vendor !== vendor._id || found.state === 'requested')
    throw new Refused('statement-replaces-unknown', { reference })
  return found
}

async function opened(file: Upload): Promise<Reading> {
  const { name, bytes } = file
  const facts = { name, most: `${Math.round(largestFile / 1024 / 1024)} MB` }
  if (bytes.length === 0) throw new Refused('file-empty', facts)
  if (bytes.length > largestFile) throw new Refused('file-too-large', facts)
  const kind = judgeStatementFile(bytes)
  if (kind === 'other') throw new Refused('statement-not-pdf', facts)
  if (kind !== 'pdf') throw new Refused(`statement-is-${kind}`, facts)
  const reading = await readStatement(bytes)
  if (reading.outcome === 'encrypted') throw new Refused('statement-encrypted', facts)
  if (reading.outcome === 'broken') throw new Refused('statement-broken', facts)
  return reading
}

function blank(_id: string, reference: string, vendor: Vendor) {
  return {
    _id,
    reference,
    vendor: vendor._id,
    request: null,
    facts: null,
    origins: {},
    exceptions: [],
    subservices: [],
    cuecs: [],
    file: null,
    fileHash: null,
    receivedOn: null,
    receivedFrom: null,
    receivedNote: '',
    reading: null,
    checklist: {},
    conclusion: null,
    replaces: null,
    replacedBy: null,
    until: null,
    expectedOn: null,
    sample: vendor.sample,
  }
}
