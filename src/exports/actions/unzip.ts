import { open, type FileHandle } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'

export type Member = { path: string; read: () => AsyncIterable<Buffer> }

/** The file is no ZIP that can be read: the message says so to the person at the terminal. */
export class UnreadablePack extends Error {
  override name = 'UnreadablePack'
}

const endMark = 0x06054b50
const memberMark = 0x02014b50
const endLength = 22

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
  const count = tail.readUInt16LE(end + 10)
  const at = tail.readUInt32LE(end + 16)
  const table = await bytesAt(file, at, at + tail.readUInt32LE(end + 12))
  const members: Member[] = []
  let place = 0
  for (let number = 0; number < count; number += 1) {
    if (place + 46 > table.length || table.readUInt32LE(place) !== memberMark)
      throw new UnreadablePack('the table of contents of the ZIP is broken')
    const names = table.readUInt16LE(place + 28)
    const rest = table.readUInt16LE(place + 30) + table.readUInt16LE(place + 32)
    members.push(
      memberOf(file, {
        path: table.toString('utf8', place + 46, place + 46 + names),
        method: table.readUInt16LE(place + 10),
        packed: table.readUInt32LE(place + 20),
        at: table.readUInt32LE(place + 42),
      }),
    )
    place += 46 + names + rest
  }
  return members
}

function memberOf(
  file: FileHandle,
  { path, method, packed, at }: { path: string; method: number; packed: number; at: number },
): Member {
  return {
    path,
    read: async function* () {
      const head = await bytesAt(file, at, at + 30)
      if (head.length < 30) throw new UnreadablePack(`${path}: not all of it is there`)
      const start = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
      const pieces = Readable.from(rangeOf(file, start, start + packed))
      if (method === 0) yield* pieces as AsyncIterable<Buffer>
      else yield* pipeline(pieces, createInflateRaw(), () => undefined) as AsyncIterable<Buffer>
    },
  }
}

async function* rangeOf(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to;) {
    const piece = await bytesAt(file, at, Math.min(to, at + 256 * 1024))
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
