const opReply = 1
const opQuery = 2004
const opMsg = 2013
const headerLength = 16
const largestFrame = 48_000_000

const checksumPresent = 1
const moreToComeFlag = 2

/** One request: its command, and the same request with another body. */
export type Request = {
  id: number
  legacy: boolean
  /** The sender wants no reply. */
  silent: boolean
  body: Buffer
  withBody: (body: Buffer) => Buffer
}

/** Whole frames out of a stream of chunks, without copying a long frame more than once. */
export async function* framesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    held.push(chunk)
    size += chunk.length
    for (;;) {
      if (size < 4) break
      if ((held[0]?.length ?? 0) < 4) held = [Buffer.concat(held, size)]
      const length = held[0]?.readInt32LE(0) ?? 0
      if (length < headerLength || length > largestFrame) throw new Error(`frame of ${length} bytes`)
      if (size < length) break
      const all = held.length === 1 ? (held[0] ?? Buffer.alloc(0)) : Buffer.concat(held, size)
      yield all.subarray(0, length)
      held = size > length ? [all.subarray(length)] : []
      size -= length
    }
  }
}

/** Reads a frame of the two kinds drivers send. Throws on any other. */
export function requestOf(frame: Buffer): Request {
  const id = frame.readInt32LE(4)
  const operation = frame.readInt32LE(12)
  if (operation === opMsg) return messageOf(frame, id)
  if (operation !== opQuery) throw new Error(`operation ${operation}`)
  const bodyStart = frame.indexOf(0, headerLength + 4) + 1 + 8
  const body = documentAt(frame, bodyStart)
  return { id, legacy: true, silent: false, body, withBody: () => frame }
}

function messageOf(frame: Buffer, id: number): Request {
  const flags = frame.readUInt32LE(headerLength)
  const end = flags & checksumPresent ? frame.length - 4 : frame.length
  const sections: { kind: number; bytes: Buffer }[] = []
  for (let at = headerLength + 4; at < end;) {
    const kind = frame.readUInt8(at)
    const bytes = documentAt(frame, at + 1)
    if (kind > 1 || at + 1 + bytes.length > end) throw new Error('malformed message')
    sections.push({ kind, bytes })
    at += 1 + bytes.length
  }
  const bodies = sections.filter((section) => section.kind === 0)
  const body = bodies[0]?.bytes
  if (!body || bodies.length > 1) throw new Error('malformed message')
  const rest = sections.filter((section) => section.kind === 1)
  const withBody = (other: Buffer) => {
    if (other === body && end === frame.length) return frame
    const parts = [Buffer.of(0), other, ...rest.flatMap((section) => [Buffer.of(1), section.bytes])]
    // The checksum covered the old body, so the flag that promises one goes with it.
    return framed(id, 0, opMsg, [uint32(flags & ~checksumPresent), ...parts])
  }
  return { id, legacy: false, silent: (flags & moreToComeFlag) !== 0, body, withBody }
}

/** A command of our own, framed as a driver would. */
export function frameOf(body: Buffer): Buffer {
  return framed(0, 0, opMsg, [uint32(0), Buffer.of(0), body])
}

/** A reply in the framing of its request. */
export function replyTo(request: Pick<Request, 'id' | 'legacy'>, id: number, document: Buffer): Buffer {
  if (!request.legacy) return framed(id, request.id, opMsg, [uint32(0), Buffer.of(0), document])
  // flags, cursor (8 bytes), first document, number of documents
  const head = Buffer.alloc(20)
  head.writeInt32LE(1, 16)
  return framed(id, request.id, opReply, [head, document])
}

function documentAt(frame: Buffer, at: number): Buffer {
  const length = frame.readInt32LE(at)
  if (length < 4 || at + length > frame.length) throw new Error('malformed message')
  return frame.subarray(at, at + length)
}

function framed(id: number, responseTo: number, operation: number, parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, headerLength)
  const header = Buffer.alloc(headerLength)
  header.writeInt32LE(length, 0)
  header.writeInt32LE(id, 4)
  header.writeInt32LE(responseTo, 8)
  header.writeInt32LE(operation, 12)
  return Buffer.concat([header, ...parts], length)
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0, 0)
  return bytes
}
