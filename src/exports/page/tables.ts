/** The tables of a pack: what happened to each mail, attempt by attempt, and how each customer's part stands. */
import type { WholeMail } from '../../mail/actions.js'
import { modeOf } from '../../notices/rules/modes.js'
import { contactTried, type Recipient } from '../../notices/rules/recipient.js'

export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map((cell) => quoted(String(cell ?? ''))).join(';')}\r\n`
}

// A cell that a spreadsheet would take for a formula is text: names and server replies come from outside.
function quoted(cell: string): string {
  const plain = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell
  return /["\n\r;]|^\s|\s$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** The mark lets spreadsheets see that it is UTF-8. */
export const csvStart = '\ufeff'

export const deliveryHeadings = [
  'notice',
  'customer',
  'mail',
  'kind',
  'subject',
  'name',
  'address',
  'queued',
  'state',
  'attempt',
  'at',
  'outcome',
  'server',
  'code',
  'reply',
  'message-id',
  'body-sha256',
] as const

type Packed = { mail: WholeMail; notice: string; customer: string }

/** One row for each attempt; one for a mail that has not been tried. */
export function deliveryRows({ mail, notice, customer }: Packed): (string | number | null)[][] {
  const head = [
    notice,
    customer,
    mail._id,
    mail.kind,
    mail.subject,
    mail.to.name ?? '',
    mail.to.address,
    mail.queuedAt.toISOString(),
    mail.state,
  ]
  if (mail.evidence.length === 0) return [[...head, '', '', '', '', '', '', '', mail.bodyHash]]
  return mail.evidence.map(({ attempt, at, outcome, server, code, reply, messageId }) => [
    ...head,
    attempt,
    at.toISOString(),
    outcome,
    server,
    code,
    reply,
    messageId,
    mail.bodyHash,
  ])
}

/** The same as a record; `path` where the texts stand in files of their own, else they are in it. */
export function mailRecord({ mail, notice, customer }: Packed, path: string | null): Record<string, unknown> {
  return {
    id: mail._id,
    notice,
    customer,
    kind: mail.kind,
    to: mail.to,
    locale: mail.locale,
    subject: mail.subject,
    queuedAt: mail.queuedAt,
    state: mail.state,
    bodyHash: mail.bodyHash,
    ...(path === null
      ? { bodies: { text: mail.text, html: mail.html } }
      : { text: `${path}.txt`, html: `${path}.html` }),
    attachments: mail.attachments.map(({ name, type, size, sha256 }) => ({ name, type, size, sha256 })),
    // To one person for several customers it left inside one mail, which only the house's pack has: it names them all.
    ...(mail.carrier === undefined ? {} : { sentInside: mail.carrier }),
    acceptance: mail.acceptance,
    attempts: mail.evidence.map(({ attempt, at, outcome, server, code, reply, messageId }) => ({
      attempt,
      at,
      outcome,
      server,
      code,
      reply,
      messageId,
    })),
  }
}

export const customerHeadings = [
  'notice',
  'customer',
  'name',
  'case-number',
  'mode',
  'state',
  'contact',
  'address',
  'accepted',
  'channel',
  'day-zero',
  'printed-last-day',
  'last-day',
  'earliest-use',
  'receipt',
  'answers',
  'permitted-from',
  'in-use-since',
  'open-objections',
  'ended-because',
] as const

export function customerRow(recipient: Recipient): (string | null)[] {
  const contact = contactTried(recipient)
  const days = (field: 'permittedFrom' | 'inUseSince') =>
    [...new Set(recipient.lines.flatMap((line) => line[field] ?? []))].toSorted().join(' ')
  return [
    recipient.noticeReference,
    recipient.customerReference,
    recipient.customerName,
    recipient.caseNumber,
    modeOf(recipient),
    recipient.state,
    contact?.name ?? null,
    contact?.email ?? null,
    recipient.acceptedAt?.toISOString() ?? null,
    recipient.delivery?.channel ?? null,
    recipient.dayZero,
    recipient.printedLastDay,
    recipient.lastDay,
    recipient.earliestUse,
    recipient.receipt?.at.toISOString() ?? null,
    recipient.lines.flatMap(({ answer }) => (answer ? `${answer.answer} ${answer.on}` : [])).join(', '),
    days('permittedFrom'),
    days('inUseSince'),
    recipient.openObjections.join(' '),
    recipient.endedBecause,
  ]
}
