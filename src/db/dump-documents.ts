import { BSON, type Document } from 'mongodb'
import { elementsOf } from './engine/bson.js'

const { EJSON } = BSON

// Every number and binary keeps its type: 5 as an int, 5 as a double and 5 as a long are different bytes.
const asStored = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true }

/**
 * A stored document as a member of a JSON object: MongoDB's own Extended JSON where that leads back to the very same
 * bytes, else (keys that JavaScript would reorder, such as years) the bytes themselves.
 */
export function textOf(stored: Buffer): string {
  const text = extendedJsonOf(stored)
  if (text !== undefined) return text
  const bytes = `"bson":"${stored.toString('base64')}"`
  if (!leadsBack(bytes, stored)) throw new Error('a document cannot be dumped without loss')
  return bytes
}

/** The document of a line, ready to be inserted. Throws on a line that holds none. */
export function documentOf(line: string): Document {
  const { doc, bson } = EJSON.parse(line, { relaxed: false }) as { doc?: unknown; bson?: unknown }
  if (typeof bson === 'string') return orderedOf(Buffer.from(bson, 'base64')) as unknown as Document
  if (typeof doc !== 'object' || doc === null) throw new Error('no document')
  return doc
}

function extendedJsonOf(stored: Buffer): string | undefined {
  try {
    const text = `"doc":${EJSON.stringify(BSON.deserialize(stored, asStored), { relaxed: false })}`
    return leadsBack(text, stored) ? text : undefined
  } catch {
    return undefined
  }
}

function leadsBack(text: string, stored: Buffer): boolean {
  return Buffer.compare(BSON.serialize(documentOf(`{${text}}`)), stored) === 0
}

/** Maps keep their keys in order where objects put whole numbers first. */
function orderedOf(stored: Buffer): Map<string, unknown> {
  const entries = elementsOf(stored).map(({ type, name, start, valueStart, end }): [string, unknown] => {
    if (type === 0x03) return [name, orderedOf(stored.subarray(valueStart, end))]
    if (type === 0x04) return [name, [...orderedOf(stored.subarray(valueStart, end)).values()]]
    const size = Buffer.alloc(4)
    size.writeInt32LE(5 + end - start, 0)
    const alone = Buffer.concat([size, stored.subarray(start, end), Buffer.alloc(1)])
    return [name, BSON.deserialize(alone, asStored)[name]]
  })
  return new Map(entries)
}
