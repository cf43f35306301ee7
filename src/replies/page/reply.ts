import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Contact } from '../../customers/rules.js'
import { ownWords, readings, suggestionFor, type Classification, type Reading, type Reply } from '../rules.js'
import { senderOf, stateOf, subjectOf, urlOf } from './words.js'

export type ReplyShown = {
  reply: Reply
  /** Among the customer's contacts: whom the mail that is answered went to, and who of them may approve with this address. */
  contact: Contact | null
  approver: Contact | null
  names: ReadonlyMap<string, string>
  /** Parts in notices that staff may attach it to. */
  offered: readonly { noticeReference: string; customerReference: string; customerName: string }[]
  /** A line of the customer's part waits for approval. */
  asksApproval: boolean
}

type Row = [label: string, value: string, url?: string]

export function replyPage(shown: ReplyShown, { locale, zone }: { locale: Locale; zone: string }) {
  const { reply, approver } = shown
  const t = textIn(locale)
  const words = ownWords(reply.text)
  const rest = reply.text.slice(words.length).trim()
  const whole = words === '' || !reply.text.startsWith(words)
  const suggested = suggestionFor(reply)
  const open = reply.part !== null && reply.state !== 'dismissed'
  const fixed = ['objection', 'approval'].includes(reply.classification?.as ?? '')
  const order = [...readings].toSorted((a, b) => Number(b === suggested) - Number(a === suggested))
  return {
    title: subjectOf(reply, t),
    url: urlOf(reply),
    reference: reply.reference,
    state: stateOf(reply, t),
    standing: standingOf(reply, locale),
    said: whole ? reply.text : words,
    quoted: whole ? '' : rest,
    unreadable: reply.unreadable,
    cut: reply.cut,
    facts: factsOf(shown, locale, zone),
    attachments: reply.attachments.map(({ name, type, size }, row) => ({
      url: `${urlOf(reply)}/files/${row + 1}`,
      name,
      about: t('replies:show.attachment', { type, size: sizeInWords(size) }),
    })),
    source: `${urlOf(reply)}/files/0`,
    readings: open && !fixed ? order.map((as) => choiceOf(as, shown, suggested === as, locale)) : [],
    again: reply.classification !== null,
    // What a machine wrote asks nothing of anybody: what it may be instead is there for whoever looks.
    folded: reply.state === 'noted',
    fixed: fixed
      ? {
          text: t(`replies:fixed.${reply.classification?.as ?? ''}`),
          url: reply.classification?.objection
            ? `/objections/${reply.classification.objection}`
            : recipientUrl(reply),
        }
      : null,
    approverName: approver?.name ?? '',
    earlier: [...reply.earlier].map((reading) => earlierOf(reading, shown, locale, zone)),
    read: reply.classification && readingOf(reply.classification, shown, locale, zone),
    dismissed: reply.dismissal && {
      reason: reply.dismissal.reason,
      upstream: reply.dismissal.upstream,
    },
    offered: shown.offered.map(({ noticeReference, customerReference, customerName }) => ({
      value: `${noticeReference}/${customerReference}`,
      text: `${customerName} (${customerReference}), ${noticeReference}`,
    })),
    unmatched: reply.state === 'unmatched',
  }
}

/** The sentence on top: what it holds up, and why it is here. */
function standingOf(reply: Reply, locale: Locale): { tone: string; text: string }[] {
  const t = textIn(locale)
  const facts = { customer: reply.part?.customerName ?? '', notice: reply.part?.noticeReference ?? '' }
  const lines: { tone: string; text: string }[] = []
  if (reply.look) lines.push({ tone: 'stop', text: t(`replies:look.${reply.look}`, facts) })
  else if (reply.blocking) lines.push({ tone: 'stop', text: t('replies:standing.blocking', facts) })
  else if (reply.state === 'unmatched') lines.push({ tone: 'wait', text: t('replies:standing.unmatched') })
  else if (reply.state === 'noted')
    lines.push({ tone: 'calm', text: t(`replies:standing.${reply.part ? reply.kind : 'to-staff'}`, facts) })
  if (reply.match?.by === 'address-only')
    lines.push({ tone: 'wait', text: t('replies:standing.address-only') })
  return lines
}

function choiceOf(as: Reading, shown: ReplyShown, suggested: boolean, locale: Locale) {
  const t = textIn(locale)
  const approves = as === 'approval'
  const offered = !approves || (shown.approver !== null && shown.asksApproval)
  return {
    as,
    title: t(`replies:reading.${as}`),
    hint: t(`replies:means.${as}`),
    button: t(`replies:button.${as}`),
    suggested,
    asks: { note: as !== 'objection' && !approves, answer: as === 'question', person: approves },
    offered,
    why: offered ? '' : t(`replies:not-offered.${shown.asksApproval ? 'no-right' : 'not-asked'}`),
  }
}

function factsOf({ reply, contact, approver }: ReplyShown, locale: Locale, zone: string): Row[] {
  const t = textIn(locale)
  const { part, match, report } = reply
  return [
    [t('replies:fact.from'), senderOf(reply, t)],
    ...(part
      ? ([
          [
            t('replies:fact.customer'),
            `${part.customerName} (${part.customerReference})`,
            `/customers/${part.customerReference}`,
          ],
          [t('replies:fact.notice'), part.noticeReference, recipientUrl(reply)],
        ] as Row[])
      : []),
    ...(contact ? ([[t('replies:fact.sent-to'), `${contact.name} <${contact.email}>`]] as Row[]) : []),
    ...(approver ? ([[t('replies:fact.right'), t('replies:fact.may-approve')]] as Row[]) : []),
    [t('replies:fact.arrived'), formatInstant(reply.arrivedAt, locale, zone)],
    ...(reply.sentAt ? ([[t('replies:fact.sent'), formatInstant(reply.sentAt, locale, zone)]] as Row[]) : []),
    [t('replies:fact.kind'), t(`replies:kind.${reply.kind}`)],
    ...(reply.automaticBy
      ? ([[t('replies:fact.automatic'), t(`replies:automatic.${reply.automaticBy}`)]] as Row[])
      : []),
    ...(report
      ? ([
          [t('replies:fact.report'), [report.status, report.diagnostic].filter(Boolean).join(' ')],
          [t('replies:fact.server'), report.server ?? ''],
          [t('replies:fact.for'), report.recipient ?? ''],
        ] as Row[])
      : []),
    [t('replies:fact.matched'), match ? t(`replies:matched.${match.by}`) : t('replies:matched.not')],
    [t('replies:fact.hash'), reply.sha256],
  ]
}

function recipientUrl({ part }: Reply): string {
  return part ? `/notices/${part.noticeReference}/recipients/${part.customerReference}` : ''
}

function readingOf(
  { as, at, by, note, answer, objection }: Classification,
  { names }: ReplyShown,
  locale: Locale,
  zone: string,
) {
  const t = textIn(locale)
  return {
    text: t('replies:read', {
      as: t(`replies:reading.${as}`),
      at: formatInstant(at, locale, zone),
      by: names.get(by) ?? t('replies:nobody'),
    }),
    note,
    answer,
    objection,
  }
}

function earlierOf(
  reading: Classification & { reason: string },
  shown: ReplyShown,
  locale: Locale,
  zone: string,
) {
  return { ...readingOf(reading, shown, locale, zone), reason: reading.reason }
}

function sizeInWords(size: number): string {
  return size < 1024 * 1024
    ? `${Math.max(1, Math.round(size / 1024))} kB`
    : `${(size / 1024 / 1024).toFixed(1)} MB`
}
