import type { Mail } from '../records/mails.js'
import { messageIdOf, withCode, withLink } from '../rules.js'
import { replyAddressOf, type ReplyAddresses } from '../rules/reply-address.js'
import type { PartOf } from './parts.js'

/** What goes to the mail server: the stored mail, with the link's live address in it for the first time. */
export async function messageOf(
  mail: Mail,
  {
    from,
    at,
    address,
    code,
    partOf,
    replies,
  }: {
    from: string
    at: Date
    address: string
    code?: string | undefined
    partOf: PartOf
    replies?: ReplyAddresses | null
  },
) {
  const { to, subject, locale } = mail
  // Only what went to a customer's contact is answered to us; staff answers nobody.
  const answered = replies && to.contact ? replyAddressOf(mail._id, replies) : null
  const replyTo = answered ?? mail.replyTo
  return {
    messageId: messageIdOf(mail._id, from),
    date: at,
    from,
    to: { name: to.name ?? '', address: to.address },
    ...(answered ? comesBackTo(answered, { from, to: to.address, mail: mail._id }) : {}),
    ...(replyTo ? { replyTo } : {}),
    subject,
    text: withCode(withLink(mail.text, address), code),
    html: withCode(withLink(mail.html, address.replaceAll('&', '&amp;')), code),
    attachments: await Promise.all(mail.attachments.map(async (file) => ({ raw: await partOf(file) }))),
    // No Auto-Submitted: these are contractual notices that people answer, and an out-of-office reply ("I have left,
    // write to ...") is something the officer must see. No List-Unsubscribe: nobody can opt out of them (DPA 7.3); mails that
    // one can opt out of bring it along.
    headers: { 'Content-Language': locale, ...ownHeaders(mail, address) },
    xMailer: false as const,
  }
}

function ownHeaders({ headers = {} }: Mail, address: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, withLink(value, address)]))
}

/**
 * The envelope: what comes back comes to the mail's own address, so that a bounce is known without reading it, and the destination is
 * asked to say that it has the mail (RFC 3461; left out by itself where a server does not offer it). Only from our own domain: another
 * domain's servers would not stand for us.
 */
function comesBackTo(answered: string, { from, to, mail }: { from: string; to: string; mail: string }) {
  const own = domainOf(from) === domainOf(answered)
  return {
    envelope: { from: own ? answered : addressIn(from), to: [to] },
    dsn: { id: mail, return: 'headers' as const, notify: 'SUCCESS,FAILURE,DELAY', recipient: to },
  }
}

function addressIn(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from
}

function domainOf(address: string): string {
  return addressIn(address).split('@').at(-1)?.toLowerCase() ?? ''
}
