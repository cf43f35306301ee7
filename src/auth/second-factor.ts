import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/** RFC 6238 in the only form that every authenticator app reads: some leave out what an address says of others. */
const totp = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** Steps that a phone's clock may be off, either way. */
const drift = 1

export const recoveryCodeCount = 10
const recoveryDigits = 12

/** Base32 of 160 bits, as RFC 4226 asks. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The step of thirty seconds whose code this is; null where it is that of none near now. */
export function stepOf(digits: string, secret: string, now: Date): number | null {
  const timestamp = now.getTime()
  const key = Secret.fromBase32(secret)
  const off = TOTP.validate({ ...totp, token: digits, secret: key, timestamp, window: drift })
  return off === null ? null : TOTP.counter({ period: totp.period, timestamp }) + off
}

/** What an app shows at that moment. */
export function digitsAt(secret: string, at: Date): string {
  return TOTP.generate({ ...totp, secret: Secret.fromBase32(secret), timestamp: at.getTime() })
}

/** What the square on the page says to an app: whose account, where, and the secret. */
export function appAddress(secret: string, { email, house }: { email: string; house: string }): string {
  // A colon parts issuer and account, whatever it is escaped as.
  const issuer = `Tilsyn ${house}`.replaceAll(/\s*:\s*/g, ' ').trim()
  return new TOTP({ ...totp, issuer, label: email, secret: Secret.fromBase32(secret) }).toString()
}

export type TypedCode = { of: 'app' | 'recovery'; digits: string }

/** As people type it, with blanks or dashes between; six digits are of the app, twelve of the paper. */
export function typedCode(typed: string): TypedCode | null {
  const digits = typed.replaceAll(/[\s.-]/g, '')
  if (!/^[0-9]+$/.test(digits)) return null
  if (digits.length === totp.digits) return { of: 'app', digits }
  return digits.length === recoveryDigits ? { of: 'recovery', digits } : null
}

/** Forty bits each: too many to guess by a form that takes ten tries, and without the house's key their marks tell nothing. */
export function newRecoveryCodes(): string[] {
  const codes = new Set<string>()
  while (codes.size < recoveryCodeCount)
    codes.add(String(randomInt(10 ** recoveryDigits)).padStart(recoveryDigits, '0'))
  return [...codes]
}

/** What is kept of a recovery code. */
export function recoveryMark(digits: string, person: string, key: string): string {
  return createHmac('sha256', key).update(`recovery/${person}/${digits}`).digest('base64url')
}

/** The secret as it is kept: who reads the database, or a dump of it, has no codes. Bound to the person. */
export function sealed(secret: string, person: string, key: string): string {
  const start = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealKey(key), start).setAAD(Buffer.from(person))
  const inner = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return [start, inner, cipher.getAuthTag()].map((part) => part.toString('base64url')).join('.')
}

/** Null where it was sealed with another key, as after a lost secret of the house, or for somebody else. */
export function unsealed(kept: string, person: string, key: string): string | null {
  const [start, inner, tag] = kept.split('.').map((part) => Buffer.from(part, 'base64url'))
  if (start?.length !== 12 || !inner || tag?.length !== 16) return null
  try {
    const cipher = createDecipheriv('aes-256-gcm', sealKey(key), start).setAAD(Buffer.from(person))
    return Buffer.concat([cipher.setAuthTag(tag).update(inner), cipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

function sealKey(key: string): Buffer {
  return createHmac('sha256', key).update('seal').digest()
}
