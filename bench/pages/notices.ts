/** Notices with their recipients, links and mails: what each customer was told, and how far it has come. */
import mongoose from 'mongoose'
import type { Link } from '../../src/auth/records/links.js'
import type { Context } from '../../src/base/context.js'
import { addDays, instantAt, type Day } from '../../src/base/day.js'
import { newId } from '../../src/base/ids.js'
import { customerToTell, type Customer } from '../../src/customers/rules.js'
import { danishSortKey, searchTokens } from '../../src/db/keys.js'
import type { Evidence } from '../../src/mail/rules.js'
import type { Mail } from '../../src/mail/records/mails.js'
import { draftNotice } from '../../src/notices/actions.js'
import { withContents } from '../../src/notices/actions/contents.js'
import { senderNow } from '../../src/notices/actions/issue.js'
import { Notices } from '../../src/notices/records/notices.js'
import { recipientFor } from '../../src/notices/rules/audience.js'
import { clockStarts } from '../../src/notices/rules/delivery.js'
import { servicesOf, type Notice } from '../../src/notices/rules/notice.js'
import { nextPermission, stateAfter } from '../../src/notices/rules/permission.js'
import type { Recipient, RecipientLine } from '../../src/notices/rules/recipient.js'
import type { Approval, Engagement } from '../../src/register/rules.js'
import { moved, type History } from './history.js'

export type Standing = 'running' | 'permitted' | 'settled'
export type Told = {
  notice: Notice
  engagement: Engagement
  standing: Standing
  customers: readonly Customer[]
}

const zone = 'Europe/Copenhagen'
const system = { kind: 'system', id: 'bench' } as const
const batch = 1000
/** Some 4 kB, as a mail of few lines is. */
const body = 'Vi tilføjer en underdatabehandler til de ydelser, I køber hos os. '.repeat(30)

export async function issued(
  context: Context,
  { engagement, on, standing }: { engagement: Engagement; on: Day; standing: Standing | 'draft' },
): Promise<Notice> {
  const now = instantAt(on, '10:00', zone)
  const draft = await draftNotice(
    { ...context, now, today: on },
    {
      lines: [{ kind: 'addition', engagement: engagement.reference, replaces: null }],
      why: { da: 'Vi samler driften ét sted.', en: 'We bring operation together in one place.' },
      safeguards: { da: 'Kryptering og adgangsstyring.', en: 'Encryption and access control.' },
      plannedStart: addDays(on, 60),
      goLive: 'staged',
      togetherBecause: null,
    },
  )
  if (standing === 'draft') return draft
  return {
    ...(await withContents(draft)),
    state: standing === 'settled' ? 'settled' : 'issued',
    issuedAt: now,
    issuedOn: on,
    issuedBy: context.actor.id,
    sender: await senderNow(),
    settledOn: standing === 'settled' ? addDays(on, 90) : null,
  }
}

/** Everything that hangs on an issued notice, in batches; the notice itself last, with its counts. */
export async function tell(
  { notice, standing, customers, engagement }: Told,
  history: History,
): Promise<number> {
  const services = new Set(notice.lines.flatMap(servicesOf))
  const counts: Record<string, number> = {}
  let told = 0
  for (let from = 0; from < customers.length; from += batch) {
    const recipients = customers.slice(from, from + batch).flatMap((customer) => {
      const known = customerToTell(customer, services, notice.issuedOn ?? '')
      const content = known && recipientFor(notice, known, notice.issuedAt ?? new Date())
      return content ? [recipientOf({ ...content, ...bare(content) }, notice, standing)] : []
    })
    const links = recipients.map((recipient) => linkOf(recipient, standing))
    const mails = recipients.map((recipient, place) => mailOf(recipient, links[place]?._id ?? '', notice))
    await Promise.all([
      insert('recipients', recipients),
      insert('links', links),
      insert('mails', mails),
      insert('mail-evidence', mails.map(evidenceOf)),
      insert(
        'approvals',
        recipients.flatMap((each) => (each.state === 'in-use' ? approvalOf(each, engagement) : [])),
      ),
    ])
    await history.moves('recipient', recipients)
    await history.moves('link', links)
    for (const { state } of recipients) counts[state] = (counts[state] ?? 0) + 1
    told += recipients.length
  }
  const { _id, version: _version, moves, ...rest } = notice
  const by = { at: notice.issuedAt ?? new Date(), by: system, facts: { reference: notice.reference } }
  const later = moved([
    ...moves,
    { ...by, event: 'notice.issued' },
    { ...by, event: 'notice.recipients-listed' },
    ...(standing === 'settled' ? [{ ...by, event: 'notice.settled' }] : []),
  ])
  await Notices.collection.updateOne(
    { _id: _id as never },
    { $set: { ...rest, counts: standing === 'settled' ? counts : null, ...later } },
  )
  await history.moves('notice', [{ _id, ...later, moves: later.moves.slice(moves.length) }])
  return told
}

const insert = async (name: string, rows: object[]) => {
  if (rows.length > 0) await mongoose.connection.collection(name).insertMany(rows, { ordered: false })
}

function bare(content: { customerName: string; customerReference: string; caseNumber: string | null }) {
  return {
    sortKey: danishSortKey(content.customerName),
    tokens: searchTokens(content.customerName, content.customerReference, content.caseNumber),
    held: false,
    dueOn: null,
    ...moved([]),
  }
}

function recipientOf(listed: Recipient, notice: Notice, standing: Standing): Recipient {
  const at = new Date((notice.issuedAt ?? new Date()).getTime() + 60_000)
  const arrived = clockStarts(listed, at, { channel: 'mail', registered: false, file: null }, notice.rules)
  const running: Recipient = { ...listed, ...arrived, owed: [] }
  const after = standing === 'running' ? running : withLines(running, standing, at)
  const by = { at, by: system, facts: { notice: notice.reference, customer: listed.customerReference } }
  const events = ['listed', 'delivered', ...(standing === 'running' ? [] : ['permitted'])]
  if (standing === 'settled') events.push('in-use')
  return {
    ...after,
    dueOn: nextPermission(after),
    ...moved(events.map((event) => ({ ...by, event: `recipient.${event}` }))),
  }
}

function withLines(running: Recipient, standing: Standing, at: Date): Recipient {
  const on = running.earliestUse ?? running.printedLastDay
  const lines = running.lines.map((line): RecipientLine => {
    if (line.mode === 'information' || on === null) return line
    const approved = {
      answer: 'approved' as const,
      on: running.lastDay ?? on,
      at,
      channel: 'letter' as const,
      file: null,
      by: { name: 'Lise Lund', title: 'Direktør' },
      waivesRest: false,
    }
    return {
      ...line,
      answer: line.mode === 'approval' ? approved : null,
      permittedFrom: on,
      inUseSince: standing === 'settled' ? on : null,
    }
  })
  return { ...running, lines, state: stateAfter(lines) }
}

function linkOf({ _id, customer, contacts, acceptedAt }: Recipient, standing: Standing): Link {
  const by = { at: acceptedAt ?? new Date(), by: system, facts: { about: `recipient/${_id}` } }
  return {
    _id: newId(),
    kind: 'customer',
    customer,
    contact: contacts[0]?.id ?? '',
    about: { kind: 'recipient', id: _id },
    expiresOn: '2030-01-01',
    tokenVersion: 1,
    revokedAt: null,
    ...moved([
      { ...by, event: 'link.made' },
      ...(standing === 'settled' ? [{ ...by, event: 'link.extended' }] : []),
    ]),
  }
}

function mailOf(recipient: Recipient, link: string, notice: Notice): Mail {
  const to = recipient.contacts[0]
  const subject = `Ændring ${notice.reference} (Deres sagsnr. ${recipient.caseNumber ?? ''})`
  const at = recipient.acceptedAt ?? new Date()
  return {
    _id: newId(),
    key: `${recipient._id}/announcement`,
    kind: 'notice-announcement',
    to: { address: to?.email ?? '', name: to?.name ?? '', contact: to?.id ?? '' },
    locale: to?.locale ?? 'da',
    subject,
    text: body,
    html: `<p>${body}</p>`,
    bodyHash: '0'.repeat(64),
    link,
    opens: null,
    replyTo: null,
    attachments: [],
    about: { kind: 'recipient', id: recipient._id },
    sample: false,
    queuedAt: at,
    state: 'accepted',
    dueAt: null,
    claim: null,
    attempts: 1,
    firstTriedAt: at,
    settledAt: at,
    followedUp: true,
    tokens: searchTokens(subject, to?.name, to?.email),
  }
}

function evidenceOf({ _id, settledAt }: Mail): Evidence {
  const reply = { server: 'mx.example:25', reply: '250 Ok', code: 250, messageId: `<${_id}@bench.example>` }
  return {
    _id: `${_id}/1`,
    mail: _id,
    attempt: 1,
    at: settledAt ?? new Date(),
    outcome: 'accepted',
    ...reply,
  }
}

function approvalOf({ customer, noticeReference, earliestUse }: Recipient, engagement: Engagement): Approval {
  const from = earliestUse ?? '2026-01-01'
  const _id = `${customer}/${engagement._id}/${from}`
  return {
    _id,
    customer,
    engagement: engagement._id,
    from,
    to: null,
    kind: 'no-objection',
    notice: noticeReference,
    endedBy: null,
  }
}
