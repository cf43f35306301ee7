/** Which mail of ours a mail answers or reports on. */
import { headersOf, type Incoming } from './incoming.js'

/** `<id@domain>`; our ids are 130 random bits, so whoever names one has had the mail. */
const ourId = /<([0-9a-hjkmnp-tv-z]{26})@[^\s<>@]{1,255}>/gi
const mostNamed = 50

/**
 * Our mails that an answer names, the one it answers first (RFC 5322 3.6.4). A report names the mail in the head it returns, and some
 * systems only somewhere in their words.
 */
export function mailsNamedIn(incoming: Incoming, isReport: boolean): string[] {
  const answered = headersOf(incoming, 'in-reply-to').flatMap(idsIn)
  const thread = headersOf(incoming, 'references').flatMap((value) => idsIn(value).toReversed())
  const reported = isReport
    ? [
        ...['original-message-id', 'x-original-message-id'].flatMap((name) =>
          headersOf(incoming, name).flatMap(idsIn),
        ),
        ...incoming.parts.flatMap(({ text }) => idsIn(text)),
        ...idsIn(incoming.text),
      ]
    : []
  return [...new Set([...answered, ...thread, ...reported])].slice(0, mostNamed)
}

/** Every address the mail was for, by its head and by the server that took it. */
export function addressesOf(incoming: Incoming, envelope: readonly string[]): string[] {
  const named = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-rcpt-to']
  const inHead = named.flatMap((name) =>
    headersOf(incoming, name).flatMap(
      (value) => value.slice(0, 20_000).match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? [],
    ),
  )
  return [...envelope, ...inHead]
}

/** References of notices in a subject. */
export function noticesIn(subject: string): string[] {
  return [...new Set((subject.toUpperCase().match(/\bCN-\d{4}-\d{3,6}\b/g) ?? []).slice(0, 5))]
}

/**
 * When the mail reached our mail server: as that server wrote it in the line it put on top, unless that is no time it can have been.
 * Days in a queue must not make an objection late.
 */
export function arrivalOf(incoming: Incoming, now: Date): Date {
  const stamp = /;\s*([^;]{10,60})$/.exec(headersOf(incoming, 'received')[0] ?? '')?.[1] ?? ''
  const at = new Date(stamp.replace(/\(.*?\)/g, '').trim())
  const age = now.getTime() - at.getTime()
  return age >= 0 && age <= longestQueue ? at : now
}

// A server that cannot hand a mail on gives up after 5 days, some after 14.
const longestQueue = 14 * 86_400_000

function idsIn(value: string): string[] {
  return [...value.matchAll(ourId)].map(([, id = '']) => id.toLowerCase())
}
