/** 25 MB: the largest a customer's mail system and ours pass on; larger evidence is split or linked. */
export const largestFile = 25 * 1024 * 1024

/** What may be kept as evidence, by sniffed type -> the ending it is handed out with. Nothing a browser would run. */
const sniffedTypes: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/x-cfb': 'msg',
  'application/zip': 'zip',
  'text/calendar': 'ics',
}

/** Plain text has no signature: the name decides, and the bytes must be text. */
const textTypes: Record<string, string> = {
  txt: 'text/plain',
  csv: 'text/csv',
  eml: 'message/rfc822',
  ics: 'text/calendar',
}

export type FileVerdict =
  { type: string } | { refused: 'file-empty' | 'file-too-large' | 'file-type-unknown' }

/** `sniffed`: the type the bytes themselves show, undefined where they show none. Sizes in bytes. */
export function judgeFile(name: string, bytes: Uint8Array, sniffed: string | undefined): FileVerdict {
  if (bytes.length === 0) return { refused: 'file-empty' }
  if (bytes.length > largestFile) return { refused: 'file-too-large' }
  if (sniffed !== undefined)
    return sniffed in sniffedTypes ? { type: sniffed } : { refused: 'file-type-unknown' }
  const type = textTypes[endingOf(name)]
  return type !== undefined && looksLikeText(bytes) ? { type } : { refused: 'file-type-unknown' }
}

function endingOf(name: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}

// Latin-1 text is text too, so only the control characters no text has are refused.
function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte > 31 || byte === 9 || byte === 10 || byte === 12 || byte === 13)
}

/** The name as handed out: no folders, no control characters, at most 120 characters. */
export function cleanName(name: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = base
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '')
    .replace(/^\.+/, '')
    .trim()
  if (plain.length <= 120) return plain || 'file'
  const ending = endingOf(plain)
  return ending ? `${plain.slice(0, 119 - ending.length)}.${ending}` : plain.slice(0, 120)
}
