import { randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A random id of 26 characters (130 bits), safe in URLs and read aloud without l, o, i, u. */
export function newId(): string {
  return Array.from(randomBytes(26), (byte) => alphabet[byte & 31]).join('')
}
