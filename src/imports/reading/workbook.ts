import { Refused } from '../../base/errors.js'
import { numberFormats, sharedTexts, sheetParts } from './book.js'
import { firstParts, unpackInto } from './guard.js'
import type { Note, Workbook } from './limits.js'
import { nothingSeen, sheetReader, type Seen } from './sheet.js'

/**
 * Sheets that are shown, with cells as text: a formula's value as it was last reckoned, a date as a day. The sheets are read while
 * they are unpacked, so that neither their text nor their cells ever stand in memory as a whole. Throws `Refused`.
 */
export async function readWorkbook(bytes: Buffer): Promise<Workbook> {
  const { parts, links } = await firstParts(bytes)
  const book = parts.get('xl/workbook.xml')
  if (!book) throw new Refused('import-file-unknown')
  try {
    const { sheets, from1904 } = sheetParts(book, parts.get('xl/_rels/workbook.xml.rels'))
    const texts = sharedTexts(parts.get('xl/sharedStrings.xml'))
    const formats = numberFormats(parts.get('xl/styles.xml'))
    const seen = nothingSeen()
    const shown = sheets.filter(({ hidden }) => !hidden)
    const readers = new Map(
      shown.map(({ name, path }) => [path, sheetReader(name, { texts, formats, from1904 }, seen)]),
    )
    await unpackInto(bytes, (name) => {
      const reader = readers.get(name)
      return reader && ((chunk) => reader.push(chunk))
    })
    return {
      sheets: shown.flatMap(({ path }) => readers.get(path)?.sheet() ?? []),
      notes: notesOf(seen, links, sheets.length - shown.length),
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('import-file-broken')
  }
}

function notesOf({ formulas, formula, empty }: Seen, links: boolean, hidden: number): Note[] {
  const notes: Note[] = []
  if (links) notes.push({ text: 'external-links', facts: {} })
  if (formulas > 0) notes.push({ text: 'formulas', facts: { count: formulas, place: formula } })
  if (empty > 0) notes.push({ text: 'formulas-empty', facts: { count: empty } })
  if (hidden > 0) notes.push({ text: 'hidden-sheets', facts: { count: hidden } })
  return notes
}
