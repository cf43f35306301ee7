import { parse } from 'csv-parse/sync'
import { Refused } from '../../base/errors.js'
import { asRead, bounded, mostRows, type Workbook } from './limits.js'

/** Bytes of a text file -> its text, whichever of the usual encodings it is in. */
export function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const order = wideOrder(bytes)
  if (order) return new TextDecoder(order).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // What is not UTF-8 comes from an older Excel on Windows, whose set holds all of Latin-1.
    return new TextDecoder('windows-1252').decode(bytes)
  }
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

export function readText(bytes: Buffer, name: string): Workbook {
  const text = decoded(bytes).replace(/^\ufeff/, '')
  if (looksBinary(text)) throw new Refused('import-file-unknown')
  const delimiter = separatorOf(text)
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

function looksBinary(text: string): boolean {
  const some = text.slice(0, 4_000)
  const strange = some.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0
  return strange > some.length / 100
}
