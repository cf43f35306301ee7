import { setImmediate as breathe } from 'node:timers/promises'
import { Unzip, UnzipInflate } from 'fflate'
import { Refused } from '../../base/errors.js'
import { mostEntries, mostKept, mostRatio, mostUnpacked } from './limits.js'

/** Parts that are read before the sheets: their names, the texts cells point at, and which numbers are shown as days. */
const first = /^xl\/(?:workbook\d*|_rels\/workbook\d*|sharedStrings|styles)\.xml(?:\.rels)?$/

/** Marks of a compound file: an Excel workbook from before 2007, or one that is encrypted. */
const compoundFile = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

export function refuseCompound(bytes: Buffer): void {
  if (!bytes.subarray(0, 8).equals(compoundFile)) return
  const encrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  throw new Refused(encrypted ? 'import-file-encrypted' : 'import-file-old-excel')
}

export function isZip(bytes: Buffer): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

type Sink = (chunk: Uint8Array) => void

/**
 * Unpacks an archive under watch, each part into the sink that `sinkFor` gives for its name. What the archive says of its own
 * sizes is not believed: every byte is counted as it comes out. Throws `Refused`.
 */
export async function unpackInto(bytes: Buffer, sinkFor: (name: string) => Sink | undefined): Promise<void> {
  const seen = { unpacked: 0, names: new Set<string>() }
  let failure: Refused | undefined
  // The unpacker catches what is thrown and calls again with it: the first reason is the one that counts.
  const refuse = (reason: unknown): never => {
    throw (failure ??= reason instanceof Refused ? reason : new Refused('import-file-broken'))
  }
  const unzip = new Unzip((file) => {
    if (seen.names.size >= mostEntries) refuse(new Refused('import-too-large-unpacked'))
    // Code in a workbook is refused, even though we would not run it: it has no place in a register.
    if (/vbaProject/i.test(file.name)) refuse(new Refused('import-file-macros'))
    if (seen.names.has(file.name)) refuse(new Refused('import-file-broken'))
    seen.names.add(file.name)
    // Some programs on Windows part folders the other way.
    const sink = sinkFor(file.name.replaceAll('\\', '/'))
    let own = 0
    file.ondata = (error, chunk) => {
      if (error) refuse(new Refused('import-file-broken'))
      own += chunk.length
      seen.unpacked += chunk.length
      if (isTrap(seen.unpacked, own, bytes.length)) refuse(new Refused('import-too-large-unpacked'))
      try {
        sink?.(chunk)
      } catch (reason) {
        refuse(reason)
      }
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  // In pieces, so that a trap is noticed before it has unfolded, and others are served in between.
  for (let at = 0; at < bytes.length; at += 65_536) {
    try {
      unzip.push(bytes.subarray(at, at + 65_536), at + 65_536 >= bytes.length)
    } catch {
      throw failure ?? new Refused('import-file-broken')
    }
    if (failure) throw failure
    if (at > 0) await breathe()
  }
}

function isTrap(unpacked: number, own: number, size: number): boolean {
  return unpacked > mostUnpacked || (own > 10_000_000 && unpacked > size * mostRatio)
}

/** A look through the whole workbook before anything of it is believed: the parts that come first, and whether it points at other files. */
export async function firstParts(
  bytes: Buffer,
): Promise<{ parts: Map<string, Buffer>; links: boolean; names: Set<string> }> {
  const names = new Set<string>()
  const kept = new Map<string, Uint8Array[]>()
  let size = 0
  let links = false
  await unpackInto(bytes, (name) => {
    names.add(name)
    if (name.startsWith('xl/externalLinks/')) links = true
    if (!first.test(name)) return undefined
    const chunks: Uint8Array[] = []
    kept.set(name, chunks)
    return (chunk) => {
      size += chunk.length
      if (size > mostKept) throw new Refused('import-too-large-unpacked')
      chunks.push(chunk)
    }
  })
  return { parts: new Map([...kept].map(([name, chunks]) => [name, Buffer.concat(chunks)])), links, names }
}
