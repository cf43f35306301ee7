import { Unzip, UnzipInflate, zipSync, type Zippable } from 'fflate'
import { Refused } from '../../base/errors.js'
import { mostCells, mostEntries, mostRatio, mostUnpacked } from './limits.js'

/** Parts of a workbook that hold cells and how they are shown; nothing else reaches the reader. */
const wanted =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/workbook\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml|xl\/sharedStrings\.xml|xl\/styles\.xml)$/i

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

/**
 * Unpacks a workbook under watch and packs only its harmless parts anew. What the archive says of its own sizes is not
 * believed: every byte is counted as it comes out. Throws `Refused`.
 */
export function safeWorkbook(bytes: Buffer): { bytes: Buffer; notes: string[] } {
  const seen = { unpacked: 0, entries: 0, cells: 0, links: false }
  const kept: Record<string, Uint8Array[]> = {}
  let failure: Refused | undefined
  // The unpacker catches what is thrown and calls again with it: the first reason is the one that counts.
  const refuse = (reason: Refused): never => {
    throw (failure ??= reason)
  }
  const unzip = new Unzip((file) => {
    seen.entries += 1
    if (seen.entries > mostEntries) refuse(new Refused('import-too-large-unpacked'))
    // Code in a workbook is refused, even though we would not run it: it has no place in a register.
    if (/vbaProject/i.test(file.name)) refuse(new Refused('import-file-macros'))
    if (/^xl\/externalLinks\//i.test(file.name)) seen.links = true
    if (file.name in kept) refuse(new Refused('import-file-broken'))
    const keep = wanted.test(file.name)
    const sheet = /^xl\/worksheets\//i.test(file.name)
    const parts: Uint8Array[] = []
    let tail = ''
    let own = 0
    file.ondata = (error, chunk) => {
      if (error) refuse(new Refused('import-file-broken'))
      own += chunk.length
      seen.unpacked += chunk.length
      if (isTrap(seen.unpacked, own, bytes.length)) refuse(new Refused('import-too-large-unpacked'))
      if (sheet) {
        const text = tail + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')
        seen.cells += text.match(/<c[ >/]/g)?.length ?? 0
        if (seen.cells > mostCells * 2) refuse(new Refused('import-too-many-cells', { most: mostCells }))
        // The last signs are looked at again with the next piece, where a mark may end; none can be counted twice.
        tail = /<c?$/.exec(text)?.[0] ?? ''
      }
      if (keep) parts.push(chunk)
    }
    if (keep) kept[file.name] = parts
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    // In pieces, so that a trap is noticed before it has unfolded.
    for (let at = 0; at < bytes.length; at += 65_536)
      unzip.push(bytes.subarray(at, at + 65_536), at + 65_536 >= bytes.length)
  } catch {
    throw failure ?? new Refused('import-file-broken')
  }
  if (!kept['xl/workbook.xml']) throw new Refused('import-file-unknown')
  return { bytes: packed(kept), notes: seen.links ? ['external-links'] : [] }
}

function isTrap(unpacked: number, own: number, size: number): boolean {
  return unpacked > mostUnpacked || (own > 10_000_000 && unpacked > size * mostRatio)
}

function packed(kept: Record<string, Uint8Array[]>): Buffer {
  const whole: Zippable = {}
  for (const [name, parts] of Object.entries(kept)) {
    const text = Buffer.concat(parts)
    whole[name] = [name === 'xl/workbook.xml' ? withoutNames(text) : harmless(name, text), { level: 0 }]
  }
  return Buffer.from(zipSync(whole))
}

/** The reader unfolds named ranges cell by cell: one over whole columns would be millions. */
function withoutNames(xml: Buffer): Buffer {
  return Buffer.from(xml.toString('utf8').replace(/<definedNames>[\s\S]*?<\/definedNames>/g, ''))
}

/** Merged ranges are unfolded, too, so their size is bounded before. A document type has no place in a sheet. */
function harmless(name: string, xml: Buffer): Buffer {
  if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY')) throw new Refused('import-file-broken')
  if (!/^xl\/worksheets\//i.test(name)) return xml
  let merged = 0
  const at = xml.indexOf('<mergeCell')
  if (at === -1) return xml
  for (const [, from = '', to = ''] of xml
    .toString('latin1', at)
    .matchAll(/<mergeCell [^>]*ref="([A-Z0-9]+):([A-Z0-9]+)"/g)) {
    const [left, right] = [placeOf(from), placeOf(to)]
    merged += (Math.abs(right.row - left.row) + 1) * (Math.abs(right.column - left.column) + 1)
    if (merged > mostCells) throw new Refused('import-too-many-cells', { most: mostCells })
  }
  return xml
}

function placeOf(reference: string): { row: number; column: number } {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(reference) ?? []
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return { row: Number(digits), column }
}
