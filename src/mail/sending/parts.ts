import MimeNode from 'nodemailer/lib/mime-node'
import { readFileBytes } from '../../files/actions.js'
import type { Mail } from '../records/mails.js'

type Attachment = Mail['attachments'][number]

export type PartOf = (attachment: Attachment) => Promise<Buffer>

// Encoding a 25 kB PDF costs more than the rest of a mail, and the same few files go to thousands.
const room = 64 * 1024 * 1024

/** Attachments as finished MIME parts, each encoded once; the least recently used make room for others. */
export function makeParts(): PartOf {
  const parts = new Map<string, { part: Promise<Buffer>; size: number }>()
  let held = 0
  return (attachment) => {
    const key = `${attachment.file}/${attachment.name}`
    const known = parts.get(key)
    parts.delete(key)
    const entry = known ?? { part: encode(attachment), size: attachment.size * 1.4 }
    parts.set(key, entry)
    if (known) return known.part
    held += entry.size
    for (const [oldest, { size }] of parts) {
      if (held <= room || oldest === key) break
      parts.delete(oldest)
      held -= size
    }
    entry.part.catch(() => {
      if (parts.delete(key)) held -= entry.size
    })
    return entry.part
  }
}

async function encode({ file, name, type }: Attachment): Promise<Buffer> {
  const contentType = type === 'text/calendar' ? 'text/calendar; charset=utf-8' : type
  // Below a parent, because a root would carry the headers of a whole mail.
  const node = new MimeNode('multipart/mixed').createChild(contentType, { filename: name })
  node.setHeader('Content-Disposition', 'attachment')
  node.setHeader('Content-Transfer-Encoding', 'base64')
  node.setContent(await readFileBytes(file))
  return node.build()
}
