/** A ZIP of any size that leaves as it is made: past 4 GB or 65,535 members in the larger form (ZIP64) that the format has for it. */
import { pipeline, Readable } from 'node:stream'
import { createDeflateRaw as deflating } from 'node:zlib'
import { measuring, type PackFile } from '../rules.js'

type Written = { file: PackFile; crc: number; packed: number; at: number; large: boolean }

/** `large`: it may come to 4 GB, which a reader has to be told before. `packed`: it is so already, and gains nothing by more. */
type How = { large?: boolean; packed?: boolean }

export type ZipOut = {
  add: (path: string, content: AsyncIterable<string | Buffer> | string, how?: How) => AsyncGenerator<Buffer>
  /** Its table of contents, which a reader looks for at the end. */
  end: () => Generator<Buffer>
  files: readonly PackFile[]
}

const most32 = 0xffffffff
const most16 = 0xffff
// Sizes follow the content, and names are UTF-8.
const flags = 0x0808
/** Members whose lines in the table of contents leave together: of a hundred thousand files no whole table is held. */
const together = 1000

/** `at` is the time its files carry. */
export function zipOut(at: Date): ZipOut {
  const written: Written[] = []
  const files: PackFile[] = []
  const stamp = dosTime(at)
  let place = 0
  const out = (piece: Buffer) => {
    place += piece.length
    return piece
  }

  return {
    files,
    async *add(path, content, { large = false, packed = false } = {}) {
      const name = Buffer.from(path, 'utf8')
      const start = place
      yield out(localHead(name, stamp, large))
      const measure = measuring()
      let crc = 0
      async function* measured() {
        for await (const piece of typeof content === 'string' ? [content] : content) {
          const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
          measure.add(bytes)
          crc = crc32(bytes, crc)
          yield bytes
        }
      }
      const deflate = deflating({ level: packed ? 1 : 6 })
      const begun = place
      const pieces = pipeline(Readable.from(measured(), { highWaterMark: 4 }), deflate, () => undefined)
      for await (const piece of pieces as AsyncIterable<Buffer>) yield out(piece)
      const { size, sha256 } = measure.end()
      const file = { path, size, sha256 }
      const entry = { file, crc, packed: place - begun, at: start, large }
      if (!large && Math.max(entry.packed, size) >= most32)
        throw new Error('a member larger than it was said to be')
      written.push(entry)
      files.push(file)
      yield out(tail(entry))
    },
    *end() {
      const start = place
      for (let from = 0; from < written.length; from += together)
        yield out(
          Buffer.concat(written.slice(from, from + together).map((entry) => centralHead(entry, stamp))),
        )
      yield ending(written.length, place - start, start)
    },
  }
}

function localHead(name: Buffer, stamp: number, large: boolean): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(large ? 45 : 20, 4)
  head.writeUInt16LE(flags, 6)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(stamp, 10)
  if (large) head.writeUInt32LE(most32, 18)
  if (large) head.writeUInt32LE(most32, 22)
  head.writeUInt16LE(name.length, 26)
  head.writeUInt16LE(large ? 20 : 0, 28)
  return Buffer.concat([head, name, large ? wide(0, 0) : Buffer.alloc(0)])
}

/** Checksum and sizes, known only now. */
function tail({ crc, packed, file: { size }, large }: Written): Buffer {
  const tail = Buffer.alloc(large ? 24 : 16)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(crc, 4)
  if (large) {
    tail.writeBigUInt64LE(BigInt(packed), 8)
    tail.writeBigUInt64LE(BigInt(size), 16)
  } else {
    tail.writeUInt32LE(packed, 8)
    tail.writeUInt32LE(size, 12)
  }
  return tail
}

function centralHead({ file, crc, packed, at, large }: Written, stamp: number): Buffer {
  const { size } = file
  const path = Buffer.from(file.path, 'utf8')
  const beyond = large || at >= most32
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(beyond ? 45 : 20, 4)
  head.writeUInt16LE(beyond ? 45 : 20, 6)
  head.writeUInt16LE(flags, 8)
  head.writeUInt16LE(8, 10)
  head.writeUInt32LE(stamp, 12)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(beyond ? most32 : packed, 20)
  head.writeUInt32LE(beyond ? most32 : size, 24)
  head.writeUInt16LE(path.length, 28)
  head.writeUInt16LE(beyond ? 28 : 0, 30)
  head.writeUInt32LE(beyond ? most32 : at, 42)
  return Buffer.concat([head, path, beyond ? wide(size, packed, at) : Buffer.alloc(0)])
}

/** The extra field with sizes of 64 bits. */
function wide(...numbers: number[]): Buffer {
  const field = Buffer.alloc(4 + numbers.length * 8)
  field.writeUInt16LE(1, 0)
  field.writeUInt16LE(numbers.length * 8, 2)
  numbers.forEach((number, index) => field.writeBigUInt64LE(BigInt(number), 4 + index * 8))
  return field
}

function ending(count: number, length: number, at: number): Buffer {
  const beyond = count >= most16 || at + length >= most32
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, most16), 8)
  end.writeUInt16LE(Math.min(count, most16), 10)
  end.writeUInt32LE(Math.min(length, most32), 12)
  end.writeUInt32LE(beyond ? most32 : at, 16)
  if (!beyond) return end
  const large = Buffer.alloc(56)
  large.writeUInt32LE(0x06064b50, 0)
  large.writeBigUInt64LE(44n, 4)
  large.writeUInt16LE(45, 12)
  large.writeUInt16LE(45, 14)
  large.writeBigUInt64LE(BigInt(count), 24)
  large.writeBigUInt64LE(BigInt(count), 32)
  large.writeBigUInt64LE(BigInt(length), 40)
  large.writeBigUInt64LE(BigInt(at), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(at + length), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([large, locator, end])
}

/** Time in the lower half, date in the upper; the format counts two seconds at a time, from 1980. */
function dosTime(at: Date): number {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const date =
    (Math.max(0, at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  return ((date << 16) | time) >>> 0
}

const table = Uint32Array.from({ length: 256 }, (_, number) => {
  let value = number
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

function crc32(bytes: Buffer, before: number): number {
  let crc = ~before
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8)
  return ~crc >>> 0
}
