/**
 * Reading and writing BSON as bytes. The listener passes documents on untouched but for a few top-level
 * fields, so it never decodes values: nothing can change type on its way through.
 */
export type Element = { type: number; name: string; start: number; valueStart: number; end: number }

const fixedSizes: Record<number, number> = {
  0x01: 8,
  0x06: 0,
  0x07: 12,
  0x08: 1,
  0x09: 8,
  0x0a: 0,
  0x10: 4,
  0x11: 8,
  0x12: 8,
  0x13: 16,
  0x7f: 0,
  0xff: 0,
}

/** The elements of one document (or array) that fills the buffer. Throws on anything malformed. */
export function elementsOf(document: Buffer): Element[] {
  if (document.length < 5 || document.readInt32LE(0) !== document.length)
    throw new Error('malformed document')
  const elements: Element[] = []
  let at = 4
  while (document[at] !== 0) {
    const start = at
    const type = document.readUInt8(at)
    const nameEnd = endOfCstring(document, at + 1)
    const name = document.toString('utf8', at + 1, nameEnd - 1)
    at = nameEnd + sizeOfValue(document, type, nameEnd)
    if (at >= document.length) throw new Error('malformed document')
    elements.push({ type, name, start, valueStart: nameEnd, end: at })
  }
  if (at !== document.length - 1) throw new Error('malformed document')
  return elements
}

/** A document of the given encoded elements, in their order. */
export function documentOf(elements: readonly Buffer[]): Buffer {
  const length = elements.reduce((sum, element) => sum + element.length, 5)
  const head = Buffer.alloc(4)
  head.writeInt32LE(length, 0)
  return Buffer.concat([head, ...elements, Buffer.alloc(1)], length)
}

export type Plain = string | number | boolean | Buffer | { int: number }

/** One encoded element. A number is a double, `{ int }` an int32, a Buffer a document already encoded. */
export function element(name: string, value: Plain): Buffer {
  const head = (type: number) => Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`, 'utf8')])
  if (typeof value === 'boolean') return Buffer.concat([head(0x08), Buffer.of(value ? 1 : 0)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(0x03), value])
  if (typeof value === 'string') {
    const text = Buffer.from(`${value}\0`, 'utf8')
    return Buffer.concat([head(0x02), int32(text.length), text])
  }
  if (typeof value === 'object') return Buffer.concat([head(0x10), int32(value.int)])
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value, 0)
  return Buffer.concat([head(0x01), bytes])
}

/** A UUID (binary subtype 4) as an element. */
export function uuidElement(name: string, uuid: string): Buffer {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  return Buffer.concat([Buffer.of(0x05), Buffer.from(`${name}\0`), int32(bytes.length), Buffer.of(4), bytes])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value, 0)
  return bytes
}

function endOfCstring(document: Buffer, from: number): number {
  const end = document.indexOf(0, from)
  if (end < 0) throw new Error('malformed document')
  return end + 1
}

function sizeOfValue(document: Buffer, type: number, at: number): number {
  const fixed = fixedSizes[type]
  if (fixed !== undefined) return fixed
  if (type === 0x0b) return endOfCstring(document, endOfCstring(document, at)) - at
  const length = document.readInt32LE(at)
  if (length < 0) throw new Error('malformed document')
  if (type === 0x02 || type === 0x0d || type === 0x0e) return 4 + length
  if (type === 0x03 || type === 0x04 || type === 0x0f) return Math.max(length, 5)
  if (type === 0x05) return 5 + length
  if (type === 0x0c) return 4 + length + 12
  throw new Error('malformed document')
}
