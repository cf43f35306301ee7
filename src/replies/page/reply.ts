import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Contact } from '../../customers/rules.js'
import {
  mayAttach,
  ownWords,
  readingsFor,
  speaksOfObjecting,
  suggestionFor,
  type Classification,
  type Reading,
  type Reply,
} from '../rules.js'
import type { ReplyHead } from '../records.js'
import { factsOf, recipientUrl } from './facts.js'
import { replyItems } from './items.js'
import { stateOf, subjectOf, urlOf } from './words.js'

export type ReplyShown = {
  reply: Reply
  /** Among the customer's contacts: whom the mail that is answered went to, and who of them may approve with this address. */
  contact: Contact | null
  approver: Contact | null
  names: ReadonlyMap<string, string>
  /** Parts in notices that staff may attach it to. */
  offered: readonly { noticeReference: string; customerReference: string; customerName: string }[]
  /** The same mail, for other customers of the person who wrote it. */
  same: readonly ReplyHead[]
  /** A line of the customer's part waits for approval. */
  asksApproval: boolean
}

export function replyPage(shown: ReplyShown, { locale, zone }: { locale: Locale; zone: string }) {
  const { reply, approver } = shown
  const t = textIn(locale)
  const words = ownWords(reply.text)
  const rest = reply.text.slice(words.length).trim()
  const whole = words === '' || !reply.text.startsWith(words)
  const suggested = suggestionFor(reply)
  const about = reply.about ?? null
  const open = (reply.part !== null || about !== null) && reply.state !== 'dismissed'
  const fixed = ['objection', 'approval'].includes(reply.classification?.as ?? '')
  const order = readingsFor(reply).toSorted((a, b) => Number(b === suggested) - Number(a === suggested))
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
    held: reply.state === 'unmatched' && reply.blocking,
    mayAttach: mayAttach(reply),
    same: replyItems(shown.same, { locale, zone }).map((item, place) => ({
      ...item,
      text: shown.same[place]?.part?.customerName ?? item.text,
    })),
    forAll: reply.state === 'waiting' ? shown.same.filter(({ state }) => state === 'waiting').length + 1 : 0,
    about: about && {
      url: about.url,
      reference: about.reference,
      text: t('replies:case.open', { reference: about.reference }),
    },
  }
}

/** The sentence on top: what it holds up, and why it is here. */
function standingOf(reply: Reply, locale: Locale): { tone: string; text: string }[] {
  const t = textIn(locale)
  const { about } = reply
  const facts = {
    customer: reply.part?.customerName ?? about?.party ?? '',
    notice: reply.part?.noticeReference ?? about?.reference ?? '',
  }
  const lines: { tone: string; text: string }[] = []
  if (reply.look) lines.push({ tone: 'stop', text: t(`replies:look.${reply.look}`, facts) })
  else if (reply.blocking && reply.state === 'unmatched')
    lines.push({ tone: 'stop', text: t('replies:standing.unsure', { count: reply.mayConcern?.length ?? 0 }) })
  else if (reply.blocking && !about) lines.push({ tone: 'stop', text: t('replies:standing.blocking', facts) })
  else if (about && reply.kind === 'message' && reply.state === 'waiting')
    lines.push({ tone: 'info', text: t('replies:standing.case', facts) })
  else if (reply.state === 'unmatched') lines.push({ tone: 'wait', text: t('replies:standing.unmatched') })
  else if (reply.state === 'noted')
    lines.push({
      tone: reply.kind === 'failed' && about ? 'stop' : 'calm',
      text: t(`replies:standing.${notedAs(reply)}`, facts),
    })
  if (about && !reply.classification && speaksOfObjecting(ownWords(reply.text)))
    lines.push(
      reply.blocking
        ? {
            tone: 'stop',
            text: t('replies:standing.holds-notices', { count: reply.mayConcern?.length ?? 0 }),
          }
        : { tone: 'wait', text: t('replies:standing.perhaps-notice') },
    )
  if (reply.match?.by === 'address-only')
    lines.push({ tone: 'wait', text: t('replies:standing.address-only') })
  return lines
}

function notedAs({ part, about, kind }: Reply): string {
  if (part) return kind
  return about ? `case-${kind}` : 'to-staff'
}

function choiceOf(as: Reading, shown: ReplyShown, suggested: boolean, locale: Locale) {
  const t = textIn(locale)
  const approves = as === 'approval'
  const offered = !approves || (shown.approver !== null && shown.asksApproval)
  return {
    as,
    title: t(as === 'case' ? 'replies:case.belongs' : `replies:reading.${as}`),
    hint: t(`replies:means.${shown.reply.about && as !== 'case' ? `case-${as}` : as}`, {
      case: shown.reply.about?.reference ?? '',
    }),
    button: t(`replies:button.${as}`),
    suggested,
    asks: {
      note: as !== 'objection' && !approves && as !== 'case',
      answer: as === 'question',
      person: approves,
    },
    offered,
    why: offered ? '' : t(`replies:not-offered.${shown.asksApproval ? 'no-right' : 'not-asked'}`),
  }
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
