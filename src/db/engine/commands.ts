import { randomUUID } from 'node:crypto'
import { documentOf, element, elementsOf, uuidElement, type Element } from './bson.js'

/** What becomes of a command: the body the engine gets, or an answer given in its place. */
export type Ruling = { pass: Buffer } | { answer: Buffer }

// With w: 'majority' the engine lost acknowledged writes in kills; with this none. So it is not the client's choice.
const durable = element('writeConcern', documentOf([element('w', { int: 1 }), element('j', true)]))

const writes = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'bulkWrite',
  'create',
  'createIndexes',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'deleteIndexes',
  'renameCollection',
  'collMod',
  'convertToCapped',
  'cloneCollectionAsCapped',
])

// The engine crashes on endSessions and refuses lsid; it keeps no sessions, so there is nothing to end.
const sessionEnds = new Set(['endSessions', 'refreshSessions', 'killSessions', 'killAllSessions'])
const sessionFields = new Set(['lsid', '$clusterTime'])
const transactionFields = new Set(['txnNumber', 'startTransaction'])

const hellos = new Set(['hello', 'isMaster', 'ismaster'])

const ok = element('ok', 1)

/** Decides about one command by its name and top-level fields. */
export function rule(body: Buffer): Ruling {
  const elements = elementsOf(body)
  const name = elements[0]?.name ?? ''
  if (sessionEnds.has(name)) return { answer: documentOf([ok]) }
  if (name === 'startSession') return { answer: newSession() }
  if (elements.some((each) => transactionFields.has(each.name))) {
    const message = 'Transaction numbers are only allowed on a replica set member or mongos'
    return { answer: failure(message, 20, 'IllegalOperation') }
  }
  // Only the app ends its engine, by a signal; over the wire it would take the whole process along.
  if (name === 'shutdown') return { answer: failure('shutdown is not available', 59, 'CommandNotFound') }

  const writing = writes.has(name) || (name === 'aggregate' && storesItsResult(body, elements))
  const kept = elements.filter(
    (each) => !sessionFields.has(each.name) && !(each.name === 'writeConcern' && writing),
  )
  if (!writing && kept.length === elements.length) return { pass: body }
  const encoded = kept.map((each) => body.subarray(each.start, each.end))
  return { pass: documentOf(writing ? [...encoded, durable] : encoded) }
}

/** Only these may come in the old framing: drivers greet a server they do not know yet with it. */
export function isHello(body: Buffer): boolean {
  return hellos.has(elementsOf(body)[0]?.name ?? '')
}

/** Drivers use sessions, and mongoose expects them, only where the greeting names their lifetime. */
export function withSessions(helloReply: Buffer): Buffer {
  const elements = elementsOf(helloReply)
  if (elements.some((each) => each.name === 'logicalSessionTimeoutMinutes')) return helloReply
  const encoded = elements.map((each) => helloReply.subarray(each.start, each.end))
  return documentOf([...encoded, element('logicalSessionTimeoutMinutes', { int: 30 })])
}

function storesItsResult(body: Buffer, elements: readonly Element[]): boolean {
  const pipeline = elements.find((each) => each.name === 'pipeline' && each.type === 0x04)
  if (!pipeline) return false
  const stages = body.subarray(pipeline.valueStart, pipeline.end)
  const last = elementsOf(stages).at(-1)
  if (!last || last.type !== 0x03) return false
  const operator = elementsOf(stages.subarray(last.valueStart, last.end))[0]?.name
  return operator === '$out' || operator === '$merge'
}

function newSession(): Buffer {
  const id = documentOf([uuidElement('id', randomUUID())])
  return documentOf([element('id', id), element('timeoutMinutes', { int: 30 }), ok])
}

function failure(message: string, code: number, codeName: string): Buffer {
  return documentOf([
    element('ok', 0),
    element('errmsg', message),
    element('code', { int: code }),
    element('codeName', codeName),
  ])
}
