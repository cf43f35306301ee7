/** An evidence pack: what it is about, whom it is for, and where in it things stand. */
import type { Day } from '../../base/day.js'
import type { Locale } from '../../base/context.js'

/** One notice to all its customers, one customer's part in it, or all that one customer was ever told. */
export type Asked =
  | { kind: 'notice'; notice: string }
  | { kind: 'part'; notice: string; customer: string }
  | { kind: 'customer'; customer: string }

/**
 * 'house': staff and auditors read all there is. 'customer': what is about that customer and was said to it or by it, as on
 * its page; nothing of other customers, nothing of our own deliberation.
 */
export type Audience = 'house' | 'customer'

export function audienceOf({ kind }: Asked): Audience {
  return kind === 'notice' ? 'house' : 'customer'
}

export type PackFile = { path: string; size: number; sha256: string }

export const packFormat = 'tilsyn-evidence-1'

export type Manifest = {
  format: typeof packFormat
  /** `audit` and `area`: of an auditor's pack of one control area. */
  about: { notice: string | null; customer: string | null; audit?: string; area?: string }
  audience: Audience
  language: Locale
  /** Invented data: proves nothing. */
  sample: boolean
  made: { at: string; by: { kind: string; id: string; name: string }; version: string }
  /** Where the log's chain ended: no entry up to here can be changed without this hash changing. */
  anchor: { sequence: number; hash: string }
  /** How many log entries are in the pack, as a whole or as hashes only. */
  entries: number
  files: PackFile[]
}

/** Above this many customers the index counts them, and names each in the tables only. */
export const mostCustomersInIndex = 300

/**
 * Above this many customers the texts stand many to a file: an archive in the plain ZIP format holds at most 65,535 files,
 * and a customer may have a dozen.
 */
export const mostCustomersWithFiles = 3000

/** The chain's links between our entries and its end; more of them (16 MB) than this are left out. */
export const mostLinks = 250_000

/** The plain ZIP format counts files with 16 bits and bytes with 32. */
export const mostFiles = 65_000
export const mostBytes = 4_000_000_000

export const paths = {
  manifest: 'manifest.json',
  index: 'index.pdf',
  mails: 'mails.jsonl',
  delivery: 'delivery.csv',
  customers: 'customers.csv',
  entries: 'log/entries.jsonl',
  chain: 'log/chain.txt',
  verifier: 'verify-pack.mjs',
} as const

export function noticeFolder(reference: string): string {
  return `notices/${reference}`
}

export function partFolder(notice: string, customer: string): string {
  return `${noticeFolder(notice)}/customers/${customer}`
}

export function paperPath(
  notice: string,
  { locale, mode, lastDay }: { locale: string; mode: string; lastDay: Day | null },
  number: number,
  ending: 'pdf' | 'ics',
): string {
  return `${noticeFolder(notice)}/papers/${[mode, lastDay, locale, number].filter(Boolean).join('-')}.${ending}`
}

/** 'notice-announcement' sent second is '02-notice-announcement'. */
export function mailName(number: number, kind: string): string {
  return `${String(number).padStart(2, '0')}-${kind.replace(/[^a-z0-9-]/g, '')}`
}

/** A stored file under its own name; numbered, since two may have the same. */
export function filePath(folder: string, number: number, name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}. _()+-]/gu, '_').replace(/^\.+/, '')
  return `${folder}/files/${String(number).padStart(2, '0')}-${plain || 'file'}`
}

/** The archive's own name. */
export function packName(asked: Asked, today: Day): string {
  const about = asked.kind === 'customer' ? asked.customer : asked.notice
  return `tilsyn-evidence-${[about, ...(asked.kind === 'part' ? [asked.customer] : [])].join('-')}-${today}.zip`
}
