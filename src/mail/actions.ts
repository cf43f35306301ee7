import { createHash } from 'node:crypto'
import type { Context, Locale } from '../base/context.js'
import { newId } from '../base/ids.js'
import { searchTokens } from '../db/keys.js'
import { fileById } from '../files/actions.js'
import { carriedBy, settleCarried } from './records/carried.js'
import { deleteEvidence, evidenceOf, insertEvidence } from './records/evidence.js'
import { readLetterhead, saveLetterhead } from './records/letterhead.js'
import {
  deleteMails,
  insertMails,
  knownKeys,
  lastAccepted,
  mailHeads,
  mailsByAbout,
  mailsNotFollowedUp,
  noteFollowedUp,
  noteReturned,
  stopUnsent,
  wholeMailsByAbout,
  type Mail,
} from './records/mails.js'
import { renderMail } from './render.js'
import {
  mailRow,
  settledStates,
  unsentStates,
  type Letterhead,
  type MailContent,
  type MailRow,
  type Message,
  type Reported,
} from './rules.js'
import { wakeSender } from './wake.js'

export { countDue as waitingMails } from './records/claims.js'
export { countMailsIn, knownKeys as keysInOutbox } from './records/mails.js'
export type { Letterhead, MailContent, MailRow, MailSection, MailState, Message } from './rules.js'

// Bounds memory, not speed: bodies are some 10 kB each.
const batch = 200

/**
 * Puts mails in the outbox, finished but for the link's live address, which stands in no stored copy. A message whose
 * key is known is left as it is, so that repeats are harmless. Returns how many were new.
 */
export async function enqueue(context: Context, messages: Message[]): Promise<number> {
  const letterhead = await readLetterhead()
  const files = new Map<string, Mail['attachments'][number]>()
  let added = 0
  for (let from = 0; from < messages.length; from += batch) {
    const some = messages.slice(from, from + batch)
    const known = await knownKeys(some.map(({ key }) => key))
    const fresh = some.filter(({ key }) => !known.has(key))
    for (const { file } of fresh.flatMap(({ attachments = [] }) => attachments))
      if (!files.has(file)) files.set(file, await attachmentOf(file))
    added += await insertMails(fresh.map((message) => mailOf(context, message, letterhead, files)))
  }
  if (added > 0) wakeSender()
  return added
}

/** Oldest first. */
export async function mailsAbout(kind: string, ids: string[]): Promise<MailRow[]> {
  return withEvidence(await mailsByAbout(kind, ids))
}

// Enough to see through the pauses between batches.
const measured = 500

/** When the last mails left; for reckoning how long the next will take. */
export async function lastLeft(): Promise<Date[]> {
  return lastAccepted(measured)
}

/** A mail with what it said, exactly as it is stored, without a live link. */
export type WholeMail = MailRow & Pick<Mail, 'text' | 'html' | 'bodyHash' | 'attachments' | 'carrier'>

/** As `mailsAbout`, with their bodies: for some records at a time. */
export async function wholeMailsAbout(kind: string, ids: string[]): Promise<WholeMail[]> {
  const mails = await wholeMailsByAbout(kind, ids)
  const rows = await withEvidence(mails)
  return mails.flatMap(({ text, html, bodyHash, attachments, carrier }, place) => {
    const row = rows[place]
    const carried = carrier === undefined ? {} : { carrier }
    return row ? [{ ...row, text, html, bodyHash, attachments, ...carried }] : []
  })
}

/** Mails of this kind that have arrived or never will, which no room has taken up yet; oldest first. */
export async function mailsToFollowUp(kind: string, limit: number): Promise<MailRow[]> {
  const mails = await mailsNotFollowedUp(kind, settledStates, limit)
  return withEvidence(mails.sort((a, b) => a.queuedAt.getTime() - b.queuedAt.getTime()))
}

export async function markFollowedUp(ids: string[]): Promise<void> {
  if (ids.length > 0) await noteFollowedUp(ids)
}

/** Mails by their ids, as replies and reports name them. */
export async function mailsNamed(ids: readonly string[]): Promise<MailRow[]> {
  return withEvidence(await mailHeads(ids))
}

/** What that mail carried, each about its own customer; empty where it carried none. */
export async function mailsCarriedBy(key: string): Promise<MailRow[]> {
  return mailsNamed((await carriedBy(key)).map(({ _id }) => _id))
}

export type MailReport = {
  /** Unique for ever: the same report read twice is noted once. */
  id: string
  at: Date
  outcome: Reported | 'bounced'
  server: string | null
  reply: string
  code: number | null
}

/**
 * What a report says about a mail that was handed over. A mail that came back counts as refused, and is taken up anew by whoever
 * wrote it. False while the mail is still being sent: the report has overtaken the note that it left, so ask again later.
 */
export async function noteReport(context: Context, mail: string, report: MailReport): Promise<boolean> {
  const [known] = await mailsNamed([mail])
  if (!known) return true
  if (known.state === 'carried') await settleCarried()
  if ([...unsentStates, 'carried'].includes(known.state)) return false
  const { id, ...said } = report
  const messageId = known.messageId ?? ''
  await insertEvidence([{ _id: id, mail, attempt: known.attempts, messageId, ...said }])
  if (report.outcome === 'bounced') await noteReturned(mail, context.now)
  return true
}

/** Withdraws what has not left; what is being sent at this moment goes out. Returns how many were stopped. */
export async function stopMails(
  context: Context,
  filter: { about: { kind: string; ids: string[] }; kinds?: string[]; keys?: string[] },
): Promise<number> {
  const { about, ...rest } = filter
  return stopUnsent({ aboutKind: about.kind, aboutIds: about.ids, ...rest }, context.now)
}

/** Both bodies as they would be sent now; the link's address is a placeholder in them. */
export async function previewMail(
  content: MailContent,
  locale: Locale,
  hasLink: boolean,
): Promise<{ text: string; html: string }> {
  return renderMail(content, locale, await readLetterhead(), hasLink)
}

/** Told by whoever keeps the organisation's name and address: they stand on every mail that is enqueued from then on. */
export async function keepLetterhead(letterhead: Letterhead): Promise<void> {
  await saveLetterhead(letterhead)
}

/** Takes mails away with their evidence: those that prove nothing, to an address that is to be forgotten. */
export async function forgetMails({ kind, ids }: { kind: string; ids: string[] }): Promise<void> {
  const mails = (await mailsByAbout(kind, ids)).map(({ _id }) => _id)
  await deleteEvidence(mails)
  await deleteMails(mails)
}

async function withEvidence(mails: Parameters<typeof mailRow>[0][]): Promise<MailRow[]> {
  const evidence = await evidenceOf(mails.map(({ _id }) => _id))
  return mails.map((mail) => mailRow(mail, evidence.get(mail._id) ?? []))
}

async function attachmentOf(id: string): Promise<Mail['attachments'][number]> {
  const file = await fileById(id)
  if (!file) throw new Error('an attachment that is not stored')
  return { file: id, name: file.name, type: file.type, size: file.size, sha256: file.sha256 }
}

function mailOf(
  context: Context,
  message: Message,
  letterhead: Letterhead | null,
  files: Map<string, Mail['attachments'][number]>,
): Mail {
  const subject = message.content.subject.replace(/\s+/g, ' ').trim()
  const { text, html } = renderMail(
    { ...message.content, subject },
    message.locale,
    letterhead,
    message.link !== undefined || message.opens !== undefined,
  )
  const { to } = message
  return {
    _id: newId(),
    key: message.key,
    kind: message.kind,
    to,
    locale: message.locale,
    subject,
    text,
    html,
    bodyHash: createHash('sha256').update([subject, text, html].join('\0')).digest('hex'),
    link: message.link ?? null,
    code: message.code ?? null,
    opens: message.opens ?? null,
    ...(message.headers === undefined ? {} : { headers: message.headers }),
    replyTo: message.replyTo ?? letterhead?.replyTo ?? null,
    attachments: (message.attachments ?? []).map(({ file, name }) => ({ ...files.get(file)!, name })),
    about: message.about,
    sample: message.sample ?? false,
    queuedAt: context.now,
    ...(message.carrier === undefined
      ? { state: 'queued' as const, dueAt: context.now }
      : { state: 'carried' as const, dueAt: null, carrier: message.carrier }),
    claim: null,
    attempts: 0,
    firstTriedAt: null,
    settledAt: null,
    followedUp: false,
    tokens: searchTokens([subject, to.name ?? '', to.address, message.key].join(' ')),
  }
}
