import type { Locale } from '../base/context.js'

export type MailSection = {
  heading?: string
  paragraphs?: string[]
  rows?: [label: string, value: string][]
  list?: string[]
}

/** What a mail says, as plain text values: the layouts lay it out and escape it. */
export type MailContent = {
  /** With the recipient's case number, where it has one: a customer files by it. */
  subject: string
  /** The first line, which says what the reader must do. */
  lead: string
  greeting?: string
  sections: MailSection[]
  /** Leads where the message `opens`; left out where it has neither a link nor a page of ours. */
  button?: { label: string }
  closing?: string[]
  /** The recipient's own case number, for the foot of the mail. */
  caseNumber?: string
}

/** Whose mails these are: head and foot of every mail. */
export type Letterhead = {
  name: string
  /** In one line, such as 'Bredgade 1, 1260 København K'. */
  address: string
  /** As printed, such as 'CVR 35240136'. */
  registration: string
  /** A mailbox somebody reads: replies go there. */
  replyTo: string | null
}

export type MailAddress = { address: string; name?: string; contact?: string }

export type Message = {
  /** Unique for ever: what makes repeating an enqueue harmless. */
  key: string
  /** Which of our messages it is, such as 'notice-announcement'. */
  kind: string
  to: MailAddress
  locale: Locale
  content: MailContent
  /** Id of the link; its live address is put in only while sending. */
  link?: string
  /** Id of a code; its digits are put in for `codePlaceholder` only while sending. */
  code?: string
  /** What the button opens: with a link, a page below the customer's own ('notices/CN-2026-001'); without, one of ours ('/log'). */
  opens?: string
  /** Further headers; `linkPlaceholder` in them becomes the link's live address while sending. */
  headers?: Record<string, string>
  attachments?: { file: string; name: string }[]
  about: { kind: string; id: string }
  replyTo?: string
  /** Key of the message to the same person inside which this one goes out: it is kept for its own customer and not sent by itself. */
  carrier?: string
  sample?: boolean
}

export type MailState =
  'queued' | 'claimed' | 'deferred' | 'carried' | 'accepted' | 'kept' | 'bounced' | 'given-up' | 'stopped'

export const mailStates: readonly MailState[] = [
  'queued',
  'claimed',
  'deferred',
  'carried',
  'accepted',
  'kept',
  'bounced',
  'given-up',
  'stopped',
]

/** States in which something may still happen to the mail. */
export const unsentStates: readonly MailState[] = ['queued', 'claimed', 'deferred']

/** States a room has to take up: its mail has arrived, or will not. */
export const settledStates: readonly MailState[] = ['accepted', 'kept', 'bounced', 'given-up']

/**
 * How far 'accepted' is known: by the recipient's own server, or by our relay with nothing heard back since, or only
 * kept in the house because no mail server is set.
 */
export type Acceptance = 'destination' | 'relay' | 'kept-in-house'

export type Outcome = 'accepted' | 'kept' | 'deferred' | 'bounced' | 'given-up' | Reported

/** What a report about a mail said that had left before: it is there, handed on without word of its own, or still on its way. */
export type Reported = 'delivered' | 'relayed' | 'delayed'

/** One attempt at sending a mail, or a report that came back later, and what came of it. */
export type Evidence = {
  _id: string
  mail: string
  attempt: number
  at: Date
  outcome: Outcome
  /** host:port of the server that answered; null where none was asked. */
  server: string | null
  /** What it answered, in its own words; for trouble on the way the name of the trouble. */
  reply: string
  code: number | null
  messageId: string
}

/** A mail as other rooms see it. */
export type MailRow = {
  _id: string
  key: string
  kind: string
  to: MailAddress
  locale: Locale
  subject: string
  state: MailState
  about: { kind: string; id: string }
  sample: boolean
  queuedAt: Date
  attempts: number
  acceptedAt: Date | null
  acceptance: Acceptance | null
  server: string | null
  reply: string | null
  lastReply: string | null
  messageId: string | null
  /** Oldest first. */
  evidence: Evidence[]
}

/** A stored mail and its evidence (oldest first) as one. When it was accepted, and by whom, only evidence says. */
export function mailRow(
  mail: Pick<
    MailRow,
    | '_id'
    | 'key'
    | 'kind'
    | 'to'
    | 'locale'
    | 'subject'
    | 'state'
    | 'about'
    | 'sample'
    | 'queuedAt'
    | 'attempts'
  >,
  evidence: Evidence[],
): MailRow {
  const { _id, key, kind, to, locale, subject, state, about, sample, queuedAt, attempts } = mail
  const taken = evidence.find(({ outcome }) => outcome === 'accepted' || outcome === 'kept')
  const last = evidence.at(-1)
  return {
    _id,
    key,
    kind,
    to,
    locale,
    subject,
    state,
    about,
    sample,
    queuedAt,
    attempts,
    acceptedAt: taken?.at ?? null,
    acceptance: taken ? acceptanceOf(taken.outcome, evidence) : null,
    server: (taken ?? last)?.server ?? null,
    reply: taken?.reply ?? null,
    lastReply: last?.reply ?? null,
    messageId: last?.messageId ?? null,
    evidence,
  }
}

function acceptanceOf(taken: Outcome, evidence: readonly Evidence[]): Acceptance {
  if (taken === 'kept') return 'kept-in-house'
  // RFC 3464 2.3.3: 'delivered' is said by the server whose mailbox it is.
  return evidence.some(({ outcome }) => outcome === 'delivered') ? 'destination' : 'relay'
}

/** Stands in stored texts where the link's live address goes while sending; `.invalid` can never be registered. */
export const linkPlaceholder = 'https://link.tilsyn.invalid/'

/** Where a mail's button leads: through its link's live address, or to a page for those who sign in. */
export function addressFor(
  { link, opens }: { link: string | null; opens?: string | null },
  live: string | undefined,
  baseUrl: string,
): string {
  if (link !== null) return `${live ?? ''}${opens ? `?to=${opens}` : ''}`
  return opens ? `${baseUrl}${opens}` : ''
}

/** Stands in stored texts where a code's digits go while sending: who reads the outbox sees that there were six. */
export const codePlaceholder = '••••••'

export function withCode(body: string, digits: string | undefined): string {
  return digits === undefined ? body : body.replaceAll(codePlaceholder, digits)
}

export function withLink(body: string, address: string): string {
  return body.replaceAll(linkPlaceholder, () => address)
}

/** The same in every copy of a mail, however often it is sent, so that a mailbox or a person knows a second copy. */
export function messageIdOf(mail: string, from: string): string {
  const domain = /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
  return `<${mail}@${domain}>`
}
