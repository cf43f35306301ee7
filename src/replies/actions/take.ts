import { createHash } from 'node:crypto'
import type { Context } from '../../base/context.js'
import { newId } from '../../base/ids.js'
import { record } from '../../audit-log/actions.js'
import { nextReference } from '../../db/counters.js'
import { searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import { removeFile, storeMessage } from '../../files/actions.js'
import type { Recipient } from '../../notices/actions.js'
import { returnMeans } from '../../notices/rules/delivery.js'
import { longestMail, readMessage } from '../reading/message.js'
import { insertReply, Replies, replyOnce } from '../records.js'
import {
  arrivalOf,
  beginning,
  noCases,
  ownWords,
  recognise,
  shelfOf,
  speaksOfObjecting,
  type CaseBook,
  type Incoming,
  type Part,
  type Recognised,
  type Reply,
} from '../rules.js'
import { finishArrival } from './finish.js'
import { matchMail, whomItMayConcern, type Matched } from './match.js'

export type Taking = {
  via: 'pipe' | 'imap'
  /** For whom the server took it, where it says so. */
  envelope?: readonly string[]
  /** When the mailbox received it; else the head says it. */
  arrivedAt?: Date
  /** The house's key for reply addresses. */
  key: string
  /** Cases of later rooms; without them only notices' mails are known. */
  cases?: CaseBook
}

/**
 * Takes a mail in: keeps it whole, before anything is decided about it, then sees what it is and whose. It is never turned away: what
 * cannot be read or is nobody's waits for staff. The same mail twice is one reply.
 */
export async function takeMail(
  context: Context,
  raw: Buffer,
  taking: Taking,
): Promise<{ reply: Reply; again: boolean }> {
  const cut = raw.length > longestMail
  const bytes = cut ? raw.subarray(0, longestMail) : raw
  const incoming = await readMessage(bytes)
  const once = onceOf(incoming, bytes)
  const earlier = await replyOnce(once)
  if (earlier) return { reply: await finishArrival(context, earlier), again: true }

  const recognised = recognise(incoming)
  const matched = await matchMail(incoming, recognised.kind, {
    envelope: taking.envelope ?? [],
    key: taking.key,
    cases: taking.cases ?? noCases,
  })
  // Of what answers another case's mail only words of objecting may concern a notice; a notice's own recipient is known.
  const unsure =
    matched.every(({ recipient }) => recipient === null) &&
    (matched.length === 0 || speaksOfObjecting(ownWords(incoming.text)))
  const mayConcern = unsure ? await whomItMayConcern(incoming, recognised.kind) : []
  const keep = (one: Matched | null, key: string) =>
    keepReply(context, { incoming, recognised, bytes, cut, taking, mayConcern }, one, key)
  // A mail that went out for several customers is answered for all of them: each has a reply of its own, that holds it up until it has
  // been read. The first comes last, since by it a mail is known that has been taken.
  const [first, ...others] = matched
  for (const other of others) await keep(other, `${once}/${other.match.mail ?? other.match.by}`)
  return keep(first ?? null, once)
}

type Read = {
  incoming: Incoming
  recognised: Recognised
  bytes: Buffer
  cut: boolean
  taking: Taking
  mayConcern: readonly Recipient[]
}

async function keepReply(
  context: Context,
  { incoming, recognised, bytes, cut, taking, mayConcern }: Read,
  matched: Matched | null,
  once: string,
): Promise<{ reply: Reply; again: boolean }> {
  const earlier = await replyOnce(once)
  if (earlier) return { reply: await finishArrival(context, earlier), again: true }
  const _id = newId()
  const reference = await nextReference('RE', Number(context.today.slice(0, 4)))
  const about = { kind: 'reply', id: _id }
  const file = await storeMessage(context, { name: `${reference}.eml`, bytes, about })
  const reply = newReply(context, incoming, recognised, matched, {
    _id,
    once,
    reference,
    via: taking.via,
    arrivedAt: taking.arrivedAt ?? arrivalOf(incoming, context.now),
    file: file._id,
    sha256: file.sha256,
    size: file.size,
    cut,
    ...(mayConcern.length > 0 ? { mayConcern: mayConcern.map(partOf) } : {}),
  })
  const inserted = await insertReply(reply)
  if (inserted.again) {
    await removeFile(file._id)
    return inserted
  }
  await record(Replies, reply)
  return { reply: await finishArrival(context, reply), again: false }
}

/**
 * By what it says and by whom. A Message-ID alone would let a second mail under the same one vanish; the head changes with each way a
 * mail takes to us.
 */
function onceOf(incoming: Incoming, bytes: Buffer): string {
  const { messageId, from, subject, text, attachments, unreadable } = incoming
  const hash = createHash('sha256')
  if (messageId === null || unreadable) return hash.update(bytes).digest('hex')
  return hash.update(JSON.stringify([messageId, from.address, subject, text, attachments])).digest('hex')
}

type Own = Pick<
  Reply,
  '_id' | 'once' | 'reference' | 'via' | 'arrivedAt' | 'file' | 'sha256' | 'size' | 'cut' | 'mayConcern'
>

function newReply(
  context: Context,
  { from, subject, messageId, sentAt, text, attachments, unreadable }: Incoming,
  { kind, automaticBy, report }: Recognised,
  matched: Matched | null,
  own: Own,
): Reply {
  const recipient = matched?.recipient ?? null
  const about = matched?.about ?? null
  const look = recipient && matched ? lookOf(recipient, matched) : about?.returns ? 'case-returned' : null
  const { mayConcern = [] } = own
  const begins = beginning(kind, matched !== null, look, recipient !== null)
  const begun = { ...begins, blocking: begins.blocking || mayConcern.length > 0 }
  const part = recipient && partOf(recipient)
  return {
    ...own,
    takenAt: context.now,
    unreadable,
    from,
    subject,
    messageId,
    sentAt,
    text,
    attachments: [...attachments],
    kind,
    automaticBy,
    report,
    match: matched && matched.match,
    part,
    about,
    ...begun,
    shelf: shelfOf({ ...begun, kind }),
    classification: null,
    earlier: [],
    dismissal: null,
    unfinished: 'arrived',
    tokens: searchTokens(
      own.reference,
      from.name,
      from.address,
      subject,
      part?.customerName,
      part?.noticeReference,
      about?.party,
      about?.reference,
      ...mayConcern.flatMap(({ customerName, noticeReference }) => [customerName, noticeReference]),
    ),
    sample: recipient?.sample ?? about?.sample ?? false,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'reply.taken',
      facts: {
        kind,
        via: own.via,
        arrivedAt: own.arrivedAt,
        file: own.file,
        sha256: own.sha256,
        matchedBy: matched?.match.by ?? null,
        mail: matched?.match.mail ?? null,
        customer: part?.customerReference ?? about?.customerReference ?? null,
        notice: part?.noticeReference ?? null,
        ...(about ? { case: about.reference } : {}),
        ...(mayConcern.length > 0 ? { mayConcern: mayConcern.map(({ recipient: id }) => id) } : {}),
        state: begun.state,
      },
      personal: { from: from.address, subject },
    }),
  }
}

/** Whether the return of a notice asks somebody to look instead of moving dates by itself. */
export function lookOf(
  recipient: Recipient,
  { match, mail }: Pick<Matched, 'match' | 'mail'>,
): 'receipt-stands' | 'too-late' | null {
  if (mail?.kind !== 'notice-announcement') return null
  const means = returnMeans(recipient, match.contact ?? undefined)
  return means === 'receipt-stands' || means === 'too-late' ? means : null
}

export function partOf(recipient: Recipient): Part {
  const { _id, notice, noticeReference, customer, customerReference, customerName } = recipient
  return { recipient: _id, notice, noticeReference, customer, customerReference, customerName }
}
