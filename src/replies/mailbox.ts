import type { FetchMessageObject, ImapFlow } from 'imapflow'
import type { Context } from '../base/context.js'
import type { Timer } from '../jobs/actions.js'
import { takeMail, type CaseBook } from './actions.js'
import { longestMail } from './reading/message.js'
import { noteRead, readUpTo } from './records/mailboxes.js'

/** IMAP_URL, the house's key for reply addresses, and the cases of later rooms. */
export type MailboxToRead = { url: string; key: string; cases?: CaseBook }

const minute = 60_000
// So that a full mailbox does not keep a run for hours; the next run goes on.
const mostAtOnce = 200
const patience = 30_000
const kept = 'TilsynKept'

export function mailboxTimers(mailbox: MailboxToRead | null): Timer[] {
  if (!mailbox) return []
  return [{ name: 'replies.read-mailbox', every: minute, run: (context) => readMailbox(context, mailbox) }]
}

/**
 * Takes in what has come to the mailbox since the last look, in the order it came. A mail is marked as taken only once it is kept;
 * nothing is ever deleted or moved. Where the server goes away in the middle, the next run goes on with the first mail that was not
 * kept; one that is read twice is one reply. Throws what the server or the database throws: the timer shows that it fails.
 */
export async function readMailbox(
  context: Context,
  { url, key, cases }: MailboxToRead,
): Promise<{ taken: number; again: number }> {
  const counts = { taken: 0, again: 0 }
  const { client, path, id } = await connected(url)
  try {
    const lock = await client.getMailboxLock(path)
    try {
      const validity = String(client.mailbox ? client.mailbox.uidValidity : '')
      for (const uid of await unread(client, id, validity, context.now)) {
        const mail = await client.fetchOne(
          String(uid),
          { uid: true, internalDate: true, source: { maxLength: longestMail + 1 } },
          { uid: true },
        )
        if (mail && mail.source) {
          const { again } = await takeMail(context, mail.source, {
            via: 'imap',
            key,
            ...(cases ? { cases } : {}),
            arrivedAt: arrivedAt(mail, context.now),
          })
          counts[again ? 'again' : 'taken'] += 1
          // A courtesy to people who look into the mailbox; a server that keeps no words of others is asked for none.
          await mark(client, uid)
        }
        await noteRead(id, validity, uid)
      }
    } finally {
      lock.release()
    }
  } finally {
    await client.logout().catch(() => client.close())
  }
  return counts
}

async function connected(address: string): Promise<{ client: ImapFlow; path: string; id: string }> {
  // Only where a mailbox is read: it takes longer to load than all else here.
  const { ImapFlow } = await import('imapflow')
  const url = new URL(address)
  const secure = url.protocol === 'imaps:'
  const path = decodeURIComponent(url.pathname.slice(1)) || 'INBOX'
  const client = new ImapFlow({
    host: url.hostname,
    port: Number(url.port) || (secure ? 993 : 143),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience * 2,
  })
  // What breaks is thrown to whoever waits for it; unheard, it would end the process.
  client.on('error', () => {})
  await client.connect()
  return { client, path, id: `${url.username}@${url.hostname}/${path}` }
}

async function unread(client: ImapFlow, id: string, validity: string, now: Date): Promise<number[]> {
  const { since, validity: before, uid } = await readUpTo(id, now)
  const from = before === validity ? uid : 0
  const found = await client.search({ uid: `${from + 1}:*`, since }, { uid: true })
  // '9:*' names the last mail even where its number is lower.
  return (found || [])
    .filter((each) => each > from)
    .toSorted((a, b) => a - b)
    .slice(0, mostAtOnce)
}

async function mark(client: ImapFlow, uid: number): Promise<void> {
  const flags = client.mailbox ? client.mailbox.permanentFlags : undefined
  const flag = flags?.has('\\*') || flags?.has(kept) ? kept : '\\Seen'
  await client.messageFlagsAdd(String(uid), [flag], { uid: true }).catch(() => false)
}

function arrivedAt({ internalDate }: FetchMessageObject, now: Date): Date {
  const at = new Date(internalDate ?? now)
  return Number.isNaN(at.getTime()) || at > now ? now : at
}
