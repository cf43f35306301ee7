import { Refused } from '../../base/errors.js'
import { lettersOf } from '../../base/spreadsheet.js'
import { cellStyles, sharedTexts, sheetParts } from './book.js'
import { firstParts, unpackInto } from './guard.js'
import type { Note, Sheet, Workbook } from './limits.js'
import { nothingSeen, sheetReader, type Seen } from './sheet.js'

/**
 * Sheets that are shown, with cells as text: a formula's value as it was last reckoned, a date as a day. The sheets are read while
 * they are unpacked, so that neither their text nor their cells ever stand in memory as a whole. Throws `Refused`.
 */
export async function readWorkbook(bytes: Buffer): Promise<Workbook> {
  const { parts, links, names } = await firstParts(bytes)
  const [path, book] = [...parts].find(([name]) => /^xl\/workbook\d*\.xml$/i.test(name)) ?? []
  if (path === undefined || !book) throw new Refused(otherArchive(names))
  try {
    const { sheets, from1904 } = sheetParts(book, parts.get(path.replace('xl/', 'xl/_rels/') + '.rels'))
    const texts = sharedTexts(parts.get('xl/sharedStrings.xml'))
    const styles = cellStyles(parts.get('xl/styles.xml'))
    const seen = nothingSeen()
    const shown = sheets.filter(({ hidden }) => !hidden)
    const readers = new Map(
      shown.map(({ name, path }) => [path, sheetReader(name, { texts, styles, from1904 }, seen)]),
    )
    await unpackInto(bytes, (name) => {
      const reader = readers.get(name)
      return reader && ((chunk) => reader.push(chunk))
    })
    const read = shown.flatMap(({ path: at }) => readers.get(at)?.sheet() ?? [])
    return {
      sheets: read,
      notes: [...notesOf(seen, links, sheets.length - shown.length), ...hiddenNotes(read)],
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('import-file-broken')
  }
}

function notesOf(
  { formulas, formula, empty, coloured, colouredAt }: Seen,
  links: boolean,
  hidden: number,
): Note[] {
  const notes: Note[] = []
  if (links) notes.push({ text: 'external-links', facts: {} })
  if (formulas > 0) notes.push({ text: 'formulas', facts: { count: formulas, place: formula } })
  if (empty > 0) notes.push({ text: 'formulas-empty', facts: { count: empty } })
  if (hidden > 0) notes.push({ text: 'hidden-sheets', facts: { count: hidden } })
  if (coloured > 0) notes.push({ text: 'colours', facts: { count: coloured, place: colouredAt } })
  return notes
}

/** What is hidden in a sheet is read all the same: a list that leaves somebody out is worse than one that asks. */
function hiddenNotes(sheets: readonly Sheet[]): Note[] {
  const rows = sheets.reduce((sum, { hidden = [] }) => sum + hidden.length, 0)
  const columns = sheets.flatMap(({ hiddenColumns = [], rows: all }) =>
    hiddenColumns.filter((column) => all.some((row) => (row[column - 1] ?? '') !== '')),
  )
  return [
    ...(rows > 0 ? [{ text: 'hidden-rows', facts: { count: rows } }] : []),
    ...(columns.length > 0
      ? [{ text: 'hidden-columns', facts: { columns: columns.map(lettersOf).join(', ') } }]
      : []),
  ]
}

/** What an archive is that is no workbook we read. */
function otherArchive(names: ReadonlySet<string>): string {
  const has = (pattern: RegExp) => [...names].some((name) => pattern.test(name))
  if (has(/^xl\/workbook\.bin$/i)) return 'import-file-xlsb'
  if (has(/^word\//)) return 'import-file-word'
  if (has(/^Index(?:\/|\.zip$)/)) return 'import-file-numbers'
  return has(/^content\.xml$/) ? 'import-file-ods' : 'import-file-unknown'
}
