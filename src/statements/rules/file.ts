/** Not one byte too early: some writers put a line or two before it, and readers look that far. */
const within = 1024

/**
 * What a file is by its first bytes: PDF, or why it is not taken. A Word file is a draft of a statement or a copy of one, a ZIP may
 * hold anything: neither shows what the auditor signed. Whether it opens is for whoever reads it.
 */
export function judgeStatementFile(bytes: Uint8Array): 'pdf' | 'word' | 'zip' | 'other' {
  const head = String.fromCharCode(...bytes.subarray(0, within))
  if (head.includes('%PDF-')) return 'pdf'
  if (head.startsWith('PK')) return includes(bytes, 'word/') ? 'word' : 'zip'
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'word'
  return 'other'
}

/** The names of what is in a ZIP stand in it unpacked, the first near its beginning. */
function includes(bytes: Uint8Array, name: string): boolean {
  const wanted = Array.from(name, (letter) => letter.charCodeAt(0))
  const last = Math.min(bytes.length, 200_000) - wanted.length
  for (let at = 0; at <= last; at += 1)
    if (wanted.every((byte, place) => bytes[at + place] === byte)) return true
  return false
}
