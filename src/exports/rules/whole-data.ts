/** The whole data of a house in one file, which a second Tilsyn reads: what comes along, what does not, and where it stands. */

export const wholeFormat = 'tilsyn-whole-data-1'

export type WholeMember = { path: string; size: number; sha256: string }

export type WholeManifest = {
  format: typeof wholeFormat
  made: { by: { kind: string; id: string; name: string }; version: string }
  /** The first and the last moment of reading; with a snapshot all of it stood so at the first. */
  read: { from: string; to: string; snapshot: boolean }
  /** Where the log's chain ends in the file; `later` entries were written while it was read, and are not in it. */
  log: { sequence: number; hash: string; later: number }
  /** Documents by collection. */
  collections: Record<string, number>
  /** Files that records name; `lost` are those whose content is not there, by id. */
  files: { count: number; lost: string[] }
  /** By collection, why it is not in the file. */
  leftOut: Record<string, LeftOut>
  members: WholeMember[]
}

/**
 * secret: lets somebody in. running: about this process, its timers and its mail server. derived: made anew from the records.
 * content: in the file as `files/`. unknown: of another release.
 */
export type LeftOut = 'secret' | 'running' | 'derived' | 'content' | 'unknown'

/**
 * Sessions, invitations and codes let people in, so they stay. People come along without their passwords and second factors, calendar
 * subscriptions without their address; customers' and vendors' links come along, but their addresses derive from the key of the house,
 * so that the second house's are other ones and the first house's open nothing there.
 */
export const leftOut: Readonly<Record<string, LeftOut>> = {
  sessions: 'secret',
  tickets: 'secret',
  codes: 'secret',
  tries: 'running',
  agendaJobs: 'running',
  'timer-runs': 'running',
  'mail-slots': 'running',
  'log-checks': 'running',
  'whole-data-imports': 'running',
  'list-stamps': 'derived',
  'filecontents.files': 'content',
  'filecontents.chunks': 'content',
}

/** Fields that come along empty. */
export const emptied: Readonly<Record<string, readonly string[]>> = {
  people: ['password', 'secondFactor'],
  calendars: ['hash'],
}

/** Read up to the chain's end only: what is written while the file is made would stand in it without its seal. */
export const cutAtEnd = {
  entries: ['log-entries', 'log-personal'],
  seals: 'log-seals',
  head: 'log-heads',
} as const

export const manifestPath = 'manifest.json'
export const readmePath = 'README.txt'

export function collectionPath(name: string): string {
  return `records/${name}.ndjson`
}

export function contentPath(sha256: string): string {
  return `files/${sha256}`
}

export function collectionOfPath(path: string): string | null {
  return /^records\/([a-zA-Z][\w.-]{0,80})\.ndjson$/.exec(path)?.[1] ?? null
}

export function isContentPath(path: string): boolean {
  return /^files\/[0-9a-f]{64}$/.test(path)
}

const together = 500

/** The manifest's own text, some members at a time: there is one for each file that was ever kept. */
export function* manifestPieces({ members, ...rest }: WholeManifest): Generator<string> {
  yield JSON.stringify(rest, null, 2).replace(/\n\}$/, ',\n  "members": [')
  for (let from = 0; from < members.length; from += together) {
    const lines = members.slice(from, from + together).map((member) => `\n    ${JSON.stringify(member)}`)
    yield `${from === 0 ? '' : ','}${lines.join()}`
  }
  yield '\n  ]\n}\n'
}

/** The file's own name. */
export function wholeName(today: string): string {
  return `tilsyn-whole-data-${today}.zip`
}

/** A document is at most 16 MB as it is stored; as text it may take several times that. */
export const longestLine = 80_000_000
/** Of the manifest: some hundred thousand files. */
export const longestManifest = 64_000_000
/** One evidence file; what is kept is at most 25 MB. */
export const largestContent = 200_000_000
/** Records are packed some ten times smaller. Past this a file was made to fill a disk or to keep a reader busy. */
const mostTimesUnpacked = 300
const always = 20_000_000

export function unpacksTooFar(packed: number, unpacked: number): boolean {
  return unpacked > always + packed * mostTimesUnpacked
}
