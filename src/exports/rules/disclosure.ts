/**
 * What of the house's records a pack shows. A customer reads what its own page shows (src/customer-page) and the log of its
 * own part; the rest of the log stands in its pack as hashes, which show that it is there and say nothing.
 */
import type { Entry, Personal, Seal } from '../../audit-log/rules.js'
import { linesOf } from '../../notices/mails/announcement.js'
import { modeOf } from '../../notices/rules/modes.js'
import type { Notice } from '../../notices/rules/notice.js'
import type { Recipient } from '../../notices/rules/recipient.js'
import type { Objection } from '../../objections/rules.js'
import type { Reply } from '../../replies/rules.js'
import type { Audience } from './pack.js'

/** A log entry as it stands in a pack; null where only its hash is shown. */
export type ShownEntry = {
  sequence: number
  digest: string
  previous: string
  hash: string
  entry: Entry | null
  personal: Pick<Personal, 'salt' | 'values'> | null
}

/** Of the notice itself: what happened to everybody's notice. Drafts, use and deletions are ours. */
const commonEvents: readonly string[] = [
  'notice.issued',
  'notice.recipients-listed',
  'notice.withdrawn',
  'notice.withdrawal-finished',
  'notice.settled',
]

/** Of objections and replies: how they came and went. What we noted, weighed and took them for is ours. */
const casesEvents: readonly string[] = [
  'reply.taken',
  'objection.raised',
  'objection.written',
  'objection.settled',
  'objection.released',
]

/** Its own part of a notice, all of it: such facts name nobody else. */
const ownKinds: readonly string[] = ['recipient']

export function isShown({ kind, event, facts }: Entry, audience: Audience): boolean {
  if (audience === 'house' || ownKinds.includes(kind)) return true
  if (kind === 'notice') return commonEvents.includes(event)
  return casesEvents.includes(event) && facts['direction'] !== 'internal'
}

/** The erasable part: the customer's own words and names, and what was written to it. */
function isPersonalShown({ by, event, facts }: Entry, audience: Audience): boolean {
  return (
    audience === 'house' ||
    by.kind === 'customer' ||
    event === 'objection.raised' ||
    event === 'reply.taken' ||
    facts['direction'] === 'to-customer' ||
    facts['direction'] === 'from-customer'
  )
}

export function shownEntry(
  { entry, personal, seal }: { entry: Entry; personal: Personal | null; seal: Seal },
  audience: Audience,
): ShownEntry {
  const { _id: sequence, digest, previous, hash } = seal
  const shown = isShown(entry, audience)
  return {
    sequence,
    digest,
    previous,
    hash,
    entry: shown ? entry : null,
    personal:
      shown && personal && isPersonalShown(entry, audience)
        ? { salt: personal.salt, values: personal.values }
        : null,
  }
}

/** The notice as a record. For a customer: the lines it was told of, and nothing that counts or names others. */
export function shownNotice(notice: Notice, audience: Audience, recipient: Recipient | null) {
  const { moves: _moves, version: _version, unlogged: _unlogged, ...all } = notice
  if (audience === 'house') return all
  const { _id, reference, state, why, safeguards, plannedStart, goLive, issuedAt, issuedOn } = notice
  const { rules, sender, withdrawal, settledOn, sample } = notice
  const lines = recipient ? linesOf(notice.lines, recipient) : []
  return {
    _id,
    reference,
    state,
    why,
    safeguards,
    lines: lines.map(({ id, kind, content, replacedContent }) => ({ id, kind, content, replacedContent })),
    plannedStart,
    goLive,
    issuedAt,
    issuedOn,
    rules,
    sender,
    withdrawal: withdrawal && { on: withdrawal.on, because: withdrawal.because },
    settledOn,
    sample,
  }
}

/** The customer's part as a record: all of it is its own, but for how we keep it. */
export function shownPart(recipient: Recipient) {
  const {
    _id,
    noticeReference,
    customerReference,
    customerName,
    caseNumber,
    affected,
    agreement,
    period,
    contacts,
    printedLastDay,
    acceptedAt,
    delivery,
    dayZero,
    lastDay,
    earliestUse,
    notBefore,
    correctionSentAt,
    reminders,
    receipt,
    state,
    lines,
    openObjections,
    blockedBy,
    endedBecause,
    endedOn,
  } = recipient
  return {
    _id,
    notice: noticeReference,
    customer: customerReference,
    name: customerName,
    caseNumber,
    affected,
    mode: modeOf(recipient),
    agreement,
    period,
    contacts: contacts.map(({ id, name, email, locale }) => ({ id, name, email, locale })),
    printedLastDay,
    acceptedAt,
    delivery: delivery && { channel: delivery.channel, registered: delivery.registered },
    dayZero,
    lastDay,
    earliestUse,
    notBefore,
    correctionSentAt,
    reminders,
    receipt,
    state,
    lines,
    openObjections,
    blockedBy,
    endedBecause,
    endedOn,
  }
}

export function shownObjection(objection: Objection, audience: Audience) {
  const { moves: _moves, version: _version, unlogged: _unlogged, unfinished: _unfinished, ...all } = objection
  if (audience === 'house') return all
  const { reference, noticeReference, raisedBy, channel, receivedAt, receivedOn, reasons, timely } = objection
  const { useHadBegun, state, outcome, outcomeOn, outcomeNote, endsOn, messages } = objection
  return {
    reference,
    notice: noticeReference,
    raisedBy: raisedBy.name,
    channel,
    receivedAt,
    receivedOn,
    reasons,
    timely,
    useHadBegun,
    state,
    outcome,
    outcomeOn,
    outcomeNote,
    endsOn,
    messages: messages
      .filter(({ direction }) => direction !== 'internal')
      .map(({ at, by, direction, text }) => ({ at, by: by.name, direction, text })),
  }
}

/** `several`: the mail was written for several customers by the person they share, and may name all of them. */
export function shownReply(reply: Reply, audience: Audience, several = false) {
  const { moves: _moves, version: _version, unlogged: _unlogged, tokens: _tokens, ...all } = reply
  if (audience === 'house') return all
  const { reference, via, arrivedAt, takenAt, sha256, size, cut, from, subject, messageId, text } = reply
  const { attachments, kind, state } = reply
  return {
    reference,
    via,
    arrivedAt,
    takenAt,
    sha256,
    size,
    cut,
    from,
    subject,
    messageId,
    ...(several ? { several } : { text, attachments }),
    kind,
    state,
  }
}

/**
 * The files that belong to a part. What the customer gave goes to it as it is; what staff filed (a posting list may name
 * everybody) is shown to a customer by size and hash only.
 */
export function filesOfPart(
  recipient: Recipient,
  objections: readonly Objection[],
): { file: string; of: 'customer' | 'house' }[] {
  const own = [
    ...recipient.lines.flatMap(({ answer }) => answer?.file ?? []),
    ...objections.flatMap(({ files }) => files),
  ]
  const ours = [
    ...(recipient.delivery?.file ? [recipient.delivery.file] : []),
    ...objections.flatMap(({ outcomeFiles, confirmation }) => [
      ...outcomeFiles,
      ...(confirmation?.kind === 'file' ? [confirmation.file] : []),
    ]),
  ]
  return [
    ...[...new Set(own)].map((file) => ({ file, of: 'customer' as const })),
    ...[...new Set(ours)]
      .filter((file) => !own.includes(file))
      .map((file) => ({ file, of: 'house' as const })),
  ]
}
