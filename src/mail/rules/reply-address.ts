import { createHmac, timingSafeEqual } from 'node:crypto'

/** Where replies are read in: `svar@tilsyn.example.dk` becomes `svar+<mail>-<seal>@tilsyn.example.dk`, one for each mail. */
export type ReplyAddresses = { address: string; key: string }

// Small letters only, since a server may change the case of what stands before the @; 60 characters of the 64 allowed.
const letters = '0123456789abcdefghjkmnpqrstvwxyz'
const sealLength = 16

/** The address a mail is answered to, and comes back to: only whoever has the mail, or the key, can name it. */
export function replyAddressOf(mail: string, { address, key }: ReplyAddresses): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}+${mail}-${sealOf(mail, key)}${address.slice(at)}`
}

/** The mails whose addresses are among these and carry our seal. */
export function mailsAddressed(addresses: readonly string[], key: string): string[] {
  const found = addresses.flatMap((address) => {
    const [, mail, seal] = /\+([0-9a-z]{26})-([0-9a-z]{16})@/.exec(address.toLowerCase()) ?? []
    return mail && seal && sameSeal(seal, sealOf(mail, key)) ? [mail] : []
  })
  return [...new Set(found)]
}

function sealOf(mail: string, key: string): string {
  const bytes = createHmac('sha256', key).update(`reply/${mail}`).digest()
  return Array.from(bytes.subarray(0, sealLength), (byte) => letters[byte & 31]).join('')
}

function sameSeal(given: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(given), Buffer.from(right))
}
