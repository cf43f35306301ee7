/** Ids of the feed and of its entries. RFC 4287, 4.2.6: they never change, also when the house moves to another address. */
import { createHash } from 'node:crypto'
import type { Locale } from '../../base/context.js'
import type { EditionHead } from './editions.js'

/** The feed is told from those of other houses by the first edition it ever had. */
export function feedId(first: Pick<EditionHead, '_id' | 'at' | 'hash'>, locale: Locale): string {
  return permanent(['feed', first._id, first.at.toISOString(), first.hash, locale])
}

export function entryId({ _id, at, hash }: Pick<EditionHead, '_id' | 'at' | 'hash'>, locale: Locale): string {
  return permanent(['edition', _id, at.toISOString(), hash, locale])
}

/** A UUID of one's own making (RFC 9562, version 8) from what it stands for. */
function permanent(of: readonly string[]): string {
  const bytes = createHash('sha256').update(of.join('\n')).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return `urn:uuid:${parts.join('-')}`
}
