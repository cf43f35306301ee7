/** The notice as a paper: the PDF and the calendar entry that go with its mails. */
import { addDays, type Day } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { CalendarEntry } from '../../documents/calendar-file.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import type { MailSection } from '../../mail/rules.js'
import { announcementSections, lastDayIn, leadFor, linesOf } from '../mails/announcement.js'
import { written, type Letter } from '../mails/letter.js'
import { modeOf } from '../rules/modes.js'
import { callingOf } from '../rules/notice.js'
import type { RecipientContent } from '../rules/recipient.js'
import { namesIn } from './facts.js'

/** How many days before the last one the reader's calendar speaks up. */
const alarmDays = 5

/**
 * Recipients with the same key read the same paper; no name of a customer stands on it. It is all that the text is made from,
 * besides the notice and the language.
 */
export function paperKey(recipient: RecipientContent): string {
  const { lines, period, agreement, blockedBy } = recipient
  return [
    lines.map(({ line, mode }) => `${line}.${mode}`).join('+'),
    `${period.length}-${period.unit}`,
    recipient.printedLastDay ?? 'no-day',
    agreement.objectionUntil,
    ...blockedBy,
    ...(recipient.passesOn ? ['passes-on'] : []),
  ].join('/')
}

export function paperFile(letter: Letter, locale: Locale): PdfInput {
  const mail = written({ ...letter, contact: { name: '', locale } })
  const { notice, recipient, t } = mail
  const mode = modeOf(recipient)
  const lines = linesOf(notice.lines, recipient)
  const issuedAt = notice.issuedAt ?? new Date(0)
  return {
    title: t(`notices:paper.title.${lines.length === 1 && lines[0] ? callingOf(lines[0]) : 'several'}`, {
      names: namesIn(lines),
    }),
    kicker: t(`notices:paper.kicker.${mode}`, { reference: notice.reference }),
    subject: notice.reference,
    author: notice.sender?.name ?? 'Tilsyn',
    locale,
    createdAt: issuedAt,
    blocks: [
      { kind: 'lead', text: leadFor(mail, mode) },
      ...announcementSections(mail, mode).flatMap(blocksOf),
      { kind: 'note', text: senderLine(letter) },
    ],
    footer: t('notices:paper.footer', {
      sender: notice.sender?.name ?? '',
      reference: notice.reference,
      day: notice.issuedOn ? formatDay(notice.issuedOn, locale) : '',
    }),
    pageLabel: (page, pages) => t('notices:paper.page', { page, pages }),
  }
}

/** The last day in the reader's calendar; null where nothing is asked. */
export function paperCalendar(letter: Letter, locale: Locale): CalendarEntry | null {
  const { notice, recipient } = letter
  const t = textIn(locale)
  const mode = modeOf(recipient)
  const day = lastDayIn(recipient)
  if (day === null || mode === 'information') return null
  const facts = {
    names: namesIn(linesOf(notice.lines, recipient)),
    reference: notice.reference,
    sender: notice.sender?.name ?? '',
  }
  return {
    uid: `${notice.reference}-${day}-${mode}@tilsyn`,
    summary: t(`notices:calendar.summary-${mode}`, facts),
    description: t(`notices:calendar.description-${mode}`, facts),
    day,
    ...(alarmIsAhead(notice.issuedOn, day) ? { alarmDays } : {}),
    stamp: notice.issuedAt ?? new Date(0),
  }
}

export function paperNames(reference: string, locale: Locale): { pdf: string; calendar: string } {
  const t = textIn(locale)
  return {
    pdf: t('notices:paper.pdf-name', { reference }),
    calendar: t('notices:paper.calendar-name', { reference }),
  }
}

function alarmIsAhead(issuedOn: Day | null, day: Day): boolean {
  return issuedOn !== null && addDays(issuedOn, alarmDays) < day
}

function senderLine({ notice: { sender } }: Letter): string {
  if (!sender) return ''
  return [sender.name, sender.registration, sender.address, sender.officer, sender.phone, sender.replyTo]
    .filter(Boolean)
    .join(' · ')
}

function blocksOf({ heading, paragraphs = [], rows = [], list = [] }: MailSection): Block[] {
  return [
    ...(heading ? [{ kind: 'heading' as const, text: heading }] : []),
    ...paragraphs.map((text): Block => ({ kind: 'paragraph', text })),
    ...(rows.length > 0 ? [{ kind: 'pairs' as const, rows }] : []),
    ...(list.length > 0 ? [{ kind: 'list' as const, items: list }] : []),
  ]
}
