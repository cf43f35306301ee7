import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { cleanName } from '../../files/rules.js'
import type { Incoming } from '../rules.js'
import { textOfHtml } from './html.js'

/** As long as is taken; what is longer is cut off there, and says so. */
export const longestMail = 30 * 1024 * 1024

const longestText = 200_000
const longestPart = 100_000
const longestHead = 64 * 1024
const mostAttachments = 200

/** Reads a mail, whatever it is: what cannot be read as one yields its head and says so. Never throws. */
export async function readMessage(raw: Uint8Array): Promise<Incoming> {
  try {
    return incomingOf(await parsed(raw))
  } catch {
    return headOnly(raw)
  }
}

/** The attachment of that number, from 1, as `readMessage` counts them; null where there is none. */
export async function readAttachment(
  raw: Uint8Array,
  number: number,
): Promise<{ name: string; bytes: Buffer } | null> {
  const mail = await parsed(raw).catch(() => null)
  const attachment = mail && shownAttachments(mail)[number - 1]
  return attachment ? { name: nameOf(attachment, number), bytes: bytesOf(attachment) } : null
}

function parsed(raw: Uint8Array): Promise<Email> {
  return PostalMime.parse(raw, {
    // A returned mail is a part of a report, not something its sender wrote.
    forceRfc822Attachments: true,
    maxNestingDepth: 64,
    maxHeadersSize: 1024 * 1024,
  })
}

function incomingOf(mail: Email): Incoming {
  const headers = mail.headers.map(({ key, value }) => ({ name: key.toLowerCase(), value }))
  const plain = (mail.text ?? '').trim()
  return {
    headers,
    from: {
      name: short(mail.from?.name ?? '', 200),
      address: short(mail.from?.address ?? '', 320).toLowerCase(),
    },
    subject: short(mail.subject ?? '', 500),
    messageId: short(mail.messageId ?? '', 500) || null,
    sentAt: dateOf(mail.date),
    text: clean(plain === '' && mail.html ? textOfHtml(mail.html.slice(0, 5 * longestText)) : plain).slice(
      0,
      longestText,
    ),
    attachments: shownAttachments(mail).map((attachment, row) => ({
      name: nameOf(attachment, row + 1),
      type: short(attachment.mimeType, 100),
      size: bytesOf(attachment).length,
    })),
    parts: mail.attachments.flatMap((attachment) =>
      isAboutMail(attachment)
        ? [{ type: attachment.mimeType, text: bytesOf(attachment).toString('latin1', 0, longestPart) }]
        : [],
    ),
    unreadable: false,
  }
}

/** What a person may want to open: all but the parts that reports consist of. */
function shownAttachments({ attachments }: Email): Attachment[] {
  return attachments
    .filter(({ mimeType }) => mimeType !== 'message/delivery-status')
    .slice(0, mostAttachments)
}

function isAboutMail({ mimeType }: Attachment): boolean {
  return /^(message\/|text\/rfc822-headers)/.test(mimeType)
}

function nameOf({ filename, mimeType }: Attachment, number: number): string {
  const named = short(filename ?? '', 300)
  if (named) return cleanName(named)
  return `${number}${mimeType === 'message/rfc822' ? '.eml' : ''}`
}

function bytesOf({ content }: Attachment): Buffer {
  if (typeof content === 'string') return Buffer.from(content)
  return Buffer.from(content as Uint8Array)
}

/** The head by hand, from bytes that are no mail. */
function headOnly(raw: Uint8Array): Incoming {
  const text = Buffer.from(raw.subarray(0, longestHead)).toString('latin1').replace(/\r\n?/g, '\n')
  const headers = (text.split('\n\n')[0] ?? '')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, name, value] = /^([!-9;-~]{1,80}):[ \t]*(.*)$/.exec(line) ?? []
      return name && value !== undefined ? [{ name: name.toLowerCase(), value: value.slice(0, 10_000) }] : []
    })
    .slice(0, 500)
  const header = (wanted: string) => headers.find(({ name }) => name === wanted)?.value ?? ''
  const address = /[^\s<>"]{1,200}@[^\s<>"]{1,200}/.exec(header('from'))?.[0] ?? ''
  return {
    headers,
    from: { name: '', address: address.toLowerCase() },
    subject: short(header('subject'), 500),
    messageId: short(header('message-id'), 500) || null,
    sentAt: null,
    text: '',
    attachments: [],
    parts: [],
    unreadable: true,
  }
}

function dateOf(value: string | undefined): Date | null {
  const at = new Date(value ?? '')
  return Number.isNaN(at.getTime()) ? null : at
}

function short(value: string, most: number): string {
  return clean(value).replace(/\s+/g, ' ').trim().slice(0, most)
}

/** No control characters, and none that turn the direction of what follows: a subject must not read as another. */
function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
}
