import { createHmac, timingSafeEqual } from 'node:crypto'

/** `shared`: the link stands in a mail to a person about several customers, and shows them together as that mail did. */
export type Opens = 'own' | 'shared'

/**
 * `<id>.<version>.<seal>`, with an 's' after the version where it is shared, derived from the link's id, its version and a key, and stored nowhere: no mail kept in the
 * outbox and no dump of the database holds a live one. Raising the version voids every token given out before.
 */
export function linkToken(
  { _id, tokenVersion }: { _id: string; tokenVersion: number },
  key: string,
  opens: Opens = 'own',
): string {
  const version = `${tokenVersion}${opens === 'shared' ? 's' : ''}`
  return `${_id}.${version}.${seal(_id, version, key)}`
}

/** The link the token is for, if the seal is ours. */
export function readLinkToken(
  token: string,
  key: string,
): { _id: string; version: number; opens: Opens } | null {
  const [, id, version, given] = /^([0-9a-z]{10,40})\.([1-9]\d{0,6}s?)\.([\w-]{43})$/.exec(token) ?? []
  if (!id || !version || !given) return null
  const right = Buffer.from(seal(id, version, key))
  if (!timingSafeEqual(right, Buffer.from(given))) return null
  return { _id: id, version: Number.parseInt(version, 10), opens: version.endsWith('s') ? 'shared' : 'own' }
}

function seal(id: string, version: string, key: string): string {
  return createHmac('sha256', key).update(`link/${id}/${version}`).digest('base64url')
}
