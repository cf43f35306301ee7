import type { Mail } from '../records/mails.js'
import { messageIdOf, withLink } from '../rules.js'
import type { PartOf } from './parts.js'

/** What goes to the mail server: the stored mail, with the link's live address in it for the first time. */
export async function messageOf(
  mail: Mail,
  { from, at, address, partOf }: { from: string; at: Date; address: string; partOf: PartOf },
) {
  const { to, subject, replyTo, locale } = mail
  return {
    messageId: messageIdOf(mail._id, from),
    date: at,
    from,
    to: { name: to.name ?? '', address: to.address },
    ...(replyTo ? { replyTo } : {}),
    subject,
    text: withLink(mail.text, address),
    html: withLink(mail.html, address.replaceAll('&', '&amp;')),
    attachments: await Promise.all(mail.attachments.map(async (file) => ({ raw: await partOf(file) }))),
    // No Auto-Submitted: these are contractual notices that people answer, and an out-of-office reply ("I have left,
    // write to ...") is something the officer must see. No List-Unsubscribe: nobody can opt out of them (DPA 7.3).
    headers: { 'Content-Language': locale },
    xMailer: false as const,
  }
}
