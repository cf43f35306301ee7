const pieceSize = 64 * 1024

/** A file of separated values as Danish spreadsheets open it, piece by piece while its rows come. */
export async function* textPieces(rows: AsyncIterable<readonly string[]>): AsyncGenerator<Buffer> {
  // The mark lets Excel see that it is UTF-8, the semicolons that they are columns.
  let text = '\ufeff'
  for await (const row of rows) {
    text += `${row.map(quoted).join(';')}\r\n`
    if (text.length < pieceSize) continue
    yield Buffer.from(text, 'utf8')
    text = ''
  }
  yield Buffer.from(text, 'utf8')
}

function quoted(cell: string): string {
  return /["\n\r;]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
