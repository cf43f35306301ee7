import { parse } from 'csv-parse/sync'
import { Refused } from '../../base/errors.js'
import { asRead, bounded, mostColumns, mostRows, type Workbook } from './limits.js'

/** Bytes of a text file -> its text, whichever of the usual encodings it is in. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const order = wideOrder(bytes)
  if (order) return new TextDecoder(order).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // What is not UTF-8 comes from an older Excel: on Windows, whose set holds all of Latin-1, or on a Macintosh.
    return new TextDecoder(isMacintosh(bytes) ? 'macintosh' : 'windows-1252').decode(bytes)
  }
}

// 'æøåÆØÅéöüä' as the two write them; each is a rare sign in the other.
const onMacintosh = new Set([0xbe, 0xbf, 0x8c, 0xae, 0xaf, 0x81, 0x8e, 0x9a, 0x9f, 0x8a])
const onWindows = new Set([0xe6, 0xf8, 0xe5, 0xc6, 0xd8, 0xc5, 0xe9, 0xf6, 0xfc, 0xe4])

function isMacintosh(bytes: Buffer): boolean {
  let balance = 0
  for (const byte of bytes.subarray(0, 200_000)) {
    if (onMacintosh.has(byte)) balance += 1
    else if (onWindows.has(byte)) balance -= 1
  }
  return balance > 0
}

/** UTF-16 without its mark: every other byte of European text is zero. */
function wideOrder(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const some = bytes.subarray(0, 4_000)
  if (some.length < 4) return null
  let [even, odd] = [0, 0]
  some.forEach((byte, place) => {
    if (byte === 0 && place % 2 === 0) even += 1
    if (byte === 0 && place % 2 === 1) odd += 1
  })
  const half = some.length / 2
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le'
  return even > half * 0.6 && odd < half * 0.1 ? 'utf-16be' : null
}

const separators = [';', '\t', ','] as const

/** The sign that parts the columns: the one that does so most alike on the first lines. */
function separatorOf(text: string): string {
  const said = /^sep=(.)\r?\n/i.exec(text)?.[1]
  if (said !== undefined) return said
  const lines = withoutQuoted(text.slice(0, 20_000)).split(/\r?\n/).filter(Boolean).slice(0, 30)
  const scores = separators.map((sign) => {
    const counts = lines.map((line) => line.split(sign).length - 1)
    const most = counts.reduce((a, b) => Math.max(a, b), 0)
    // A comma inside a sentence is on some lines; a separator is as often on each.
    return most === 0
      ? 0
      : counts.filter((count) => count === most).length * 2 +
          counts.filter((count) => count > 0).length +
          most / 100
  })
  const best = scores.indexOf(Math.max(...scores))
  return (scores[best] ?? 0) > 0 ? (separators[best] ?? ',') : ','
}

function withoutQuoted(text: string): string {
  return text.replace(/"(?:[^"]|"")*"/g, '')
}

/** Whatever its name says: JPEG, PNG, GIF. */
function isPicture(bytes: Buffer): boolean {
  return ['ffd8ff', '89504e47', '47494638'].some((mark) =>
    bytes.subarray(0, 8).toString('hex').startsWith(mark),
  )
}

export function readText(bytes: Buffer, name: string): Workbook {
  if (isPicture(bytes)) throw new Refused('import-file-unknown')
  const text = decoded(bytes).replace(/^\ufeff/, '')
  if (text.startsWith('%PDF-')) throw new Refused('import-file-pdf')
  if (looksBinary(text)) throw new Refused('import-file-unknown')
  // Many systems call a web page '.xls', since Excel opens it.
  if (/^\s*(?:<\?xml|<!doctype html|<html|<table|<meta|<head|mime-version:)/i.test(text))
    throw new Refused('import-file-web')
  const delimiter = separatorOf(text)
  refuseEndlessLine(text, delimiter)
  const body = text.replace(/^sep=.\r?\n/i, '')
  let rows: string[][]
  try {
    rows = parse(body, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 1_000_000,
      to: mostRows * 2,
    })
  } catch {
    throw new Refused('import-csv-broken')
  }
  return {
    sheets: [
      bounded(
        name,
        rows.map((row) => row.map(asRead)),
      ),
    ],
    notes: [],
  }
}

/** The parser bounds a record by its letters only: millions of empty cells would keep everybody waiting. */
function refuseEndlessLine(text: string, delimiter: string): void {
  const sign = delimiter.charCodeAt(0)
  let cells = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 13) cells = 0
    else if (code === sign) cells += 1
    if (cells > mostColumns * 20) throw new Refused('import-too-many-columns', { most: mostColumns })
  }
}

function looksBinary(text: string): boolean {
  const some = text.slice(0, 4_000)
  const strange = some.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0
  return strange > some.length / 100
}
