import { open, type FileHandle } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'

/** `size`: unpacked, as its table of contents says. */
export type Member = { path: string; size: number; read: () => AsyncIterable<Buffer> }

/** The file is no ZIP that can be read: the message says so to the person at the terminal. */
export class UnreadablePack extends Error {
  override name = 'UnreadablePack'
}

const endMark = 0x06054b50
const memberMark = 0x02014b50
const endLength = 22
const most32 = 0xffffffff
/** Some hundred thousand members. */
const largestTable = 64_000_000

/**
 * The members of a ZIP by its own table of contents, read one at a time. Not by going along the file, as a reader of a stream must:
 * a ZIP inside it (a workbook somebody filed) would be taken for part of it.
 */
export async function openZip(path: string): Promise<{ members: Member[]; close: () => Promise<void> }> {
  const file = await open(path)
  try {
    return { members: await membersOf(file), close: () => file.close() }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function membersOf(file: FileHandle): Promise<Member[]> {
  const { size } = await file.stat()
  const tail = await bytesAt(file, Math.max(0, size - endLength - 0xffff), size)
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || tail.readUInt32LE(end) !== endMark || end + endLength > tail.length)
    throw new UnreadablePack('the file is not a ZIP, or not all of it is there')
  const { count, at, length } = await directoryOf(file, tail, end)
  if (length > largestTable) throw new UnreadablePack('the table of contents of the ZIP is far too large')
  const table = await bytesAt(file, at, at + length)
  const members: Member[] = []
  let place = 0
  for (let number = 0; number < count; number += 1) {
    if (place + 46 > table.length || table.readUInt32LE(place) !== memberMark)
      throw new UnreadablePack('the table of contents of the ZIP is broken')
    const names = table.readUInt16LE(place + 28)
    const extra = table.readUInt16LE(place + 30)
    const rest = extra + table.readUInt16LE(place + 32)
    const path = table.toString('utf8', place + 46, place + 46 + names)
    const wide = wideNumbers(table.subarray(place + 46 + names, place + 46 + names + extra))
    // Where 32 bits are not enough, the numbers stand in the extra field, in this order and only those that need it.
    const [size, packed, start] = [24, 20, 42].map((offset) => {
      const number = table.readUInt32LE(place + offset)
      return number === most32 ? (wide.shift() ?? number) : number
    }) as [number, number, number]
    members.push(memberOf(file, { path, method: table.readUInt16LE(place + 10), size, packed, at: start }))
    place += 46 + names + rest
  }
  return members
}

/** Where the table of contents stands: in an archive past 4 GB or 65,535 members a larger record says so. */
async function directoryOf(file: FileHandle, tail: Buffer, end: number) {
  const small = {
    count: tail.readUInt16LE(end + 10),
    length: tail.readUInt32LE(end + 12),
    at: tail.readUInt32LE(end + 16),
  }
  const locator = end >= 20 && tail.readUInt32LE(end - 20) === 0x07064b50 ? end - 20 : null
  if (locator === null || (small.at !== most32 && small.count !== 0xffff)) return small
  const place = safe(tail.readBigUInt64LE(locator + 8))
  const large = await bytesAt(file, place, place + 56)
  if (large.length < 56 || large.readUInt32LE(0) !== 0x06064b50)
    throw new UnreadablePack('the end of the ZIP is broken')
  return {
    count: safe(large.readBigUInt64LE(32)),
    length: safe(large.readBigUInt64LE(40)),
    at: safe(large.readBigUInt64LE(48)),
  }
}

/** The numbers of 64 bits in a member's extra field; none where it has none. */
function wideNumbers(extra: Buffer): number[] {
  for (let place = 0; place + 4 <= extra.length;) {
    const length = extra.readUInt16LE(place + 2)
    if (extra.readUInt16LE(place) === 1) {
      const field = extra.subarray(place + 4, place + 4 + length)
      return Array.from({ length: Math.floor(field.length / 8) }, (_, index) =>
        safe(field.readBigUInt64LE(index * 8)),
      )
    }
    place += 4 + length
  }
  return []
}

function safe(number: bigint): number {
  if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw new UnreadablePack('the ZIP names an impossible size')
  return Number(number)
}

function memberOf(
  file: FileHandle,
  {
    path,
    method,
    size,
    packed,
    at,
  }: { path: string; method: number; size: number; packed: number; at: number },
): Member {
  return {
    path,
    size,
    read: async function* () {
      const head = await bytesAt(file, at, at + 30)
      if (head.length < 30) throw new UnreadablePack(`${path}: not all of it is there`)
      const start = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
      const pieces = Readable.from(rangeOf(file, start, start + packed), { highWaterMark: 2 })
      if (method === 0) yield* pieces as AsyncIterable<Buffer>
      else yield* pipeline(pieces, createInflateRaw(), () => undefined) as AsyncIterable<Buffer>
    },
  }
}

async function* rangeOf(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to;) {
    const piece = await bytesAt(file, at, Math.min(to, at + 128 * 1024))
    if (piece.length === 0) return
    yield piece
    at += piece.length
  }
}

async function bytesAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from))
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
  return buffer.subarray(0, bytesRead)
}
