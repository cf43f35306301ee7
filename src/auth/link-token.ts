import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * `<id>.<version>.<seal>`, derived from the link's id, its version and a key, and stored nowhere: no mail kept in the
 * outbox and no dump of the database holds a live one. Raising the version voids every token given out before.
 */
export function linkToken(link: { _id: string; tokenVersion: number }, key: string): string {
  return `${link._id}.${link.tokenVersion}.${seal(link._id, link.tokenVersion, key)}`
}

/** The link the token is for, if the seal is ours. */
export function readLinkToken(token: string, key: string): { _id: string; version: number } | null {
  const [, id, version, given] = /^([0-9a-z]{10,40})\.([1-9]\d{0,6})\.([\w-]{43})$/.exec(token) ?? []
  if (!id || !version || !given) return null
  const right = Buffer.from(seal(id, Number(version), key))
  return timingSafeEqual(right, Buffer.from(given)) ? { _id: id, version: Number(version) } : null
}

function seal(id: string, version: number, key: string): string {
  return createHmac('sha256', key).update(`link/${id}/${version}`).digest('base64url')
}
