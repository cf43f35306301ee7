import { readFileSync } from 'node:fs'

/** The Message-ID's mail in the messages of `test/replies/messages/`. */
export const theirMail = '0123456789abcdefghjkmnpqrs'

/** A stored message, answering the mail of that id, from that address. */
export function message(
  name: string,
  { mail = theirMail, from }: { mail?: string; from?: string } = {},
): Buffer {
  const bytes = readFileSync(new URL(`./messages/${name}.eml`, import.meta.url))
  // As bytes: some of them are no UTF-8.
  const text = bytes.toString('latin1').replaceAll(theirMail, mail)
  return Buffer.from(from ? text.replaceAll('kontakt-1@bakkeby.example', from) : text, 'latin1')
}
