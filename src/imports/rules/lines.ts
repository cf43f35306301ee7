/**
 * Several records in one cell, for what has more than a name: one a line, parts by ' | '. The export writes it, so that
 * nothing is lost on the way out and in; people can read and change it.
 */
export function writeLines(records: readonly (readonly string[])[]): string {
  return records.map((parts) => trimmed(parts).map(shielded).join(' | ')).join('\n')
}

export function readLines(text: string): string[][] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) =>
      [...line.matchAll(/((?:\\.|[^|\\])*)(?:\||$)/g)].map(([, part = '']) => opened(part.trim())),
    )
    .map((parts) => trimmed(parts))
}

function trimmed(parts: readonly string[]): string[] {
  return parts.slice(0, parts.findLastIndex(Boolean) + 1)
}

function shielded(part: string): string {
  return part.replace(/\\/g, '\\\\').replace(/\|/g, '\\|').replace(/\n/g, '\\n')
}

function opened(part: string): string {
  return part.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
}
