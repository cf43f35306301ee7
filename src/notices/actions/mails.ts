import type { Context } from '../../base/context.js'
import { addDays, laterOf, type Day } from '../../base/day.js'
import { ensureLinks } from '../../auth/links.js'
import { customersByIds } from '../../customers/actions.js'
import { approversOn, type Contact } from '../../customers/rules.js'
import { enqueue, type Message } from '../../mail/actions.js'
import { announcement, announcementBody, type AnnouncementBody } from '../mails/announcement.js'
import type { Letter } from '../mails/letter.js'
import { approvalReminder, correction, handover, withdrawalNotice } from '../mails/later.js'
import type { ServiceNames } from '../page/facts.js'
import { paperKey } from '../page/paper.js'
import { noteOwedPaid, recipientsOwedAt } from '../records/recipients.js'
import { startFor } from '../rules/audience.js'
import { linkDaysAfterStart } from '../rules/issue.js'
import type { Notice } from '../rules/notice.js'
import { contactTried, type Recipient } from '../rules/recipient.js'
import { serviceNames } from './contents.js'
import { papersFor, type Papers } from './papers.js'
import { withShared, type Composed } from './shared.js'

export type MailKind = 'announcement' | 'correction' | 'reminder' | 'withdrawal' | 'handover'

/** What all mails of a run share: ten thousand announcements are worded a few times only. */
export type Post = {
  context: Context
  services: ServiceNames
  papers: Papers
  bodies: Map<string, AnnouncementBody>
}

export async function openPost(context: Context): Promise<Post> {
  return { context, services: await serviceNames(), papers: papersFor(context), bodies: new Map() }
}

function contentOf({ bodies }: Post, letter: Letter, kind: MailKind): Message['content'] {
  switch (kind) {
    case 'announcement': {
      const key = `${letter.notice._id}/${paperKey(letter.recipient)}/${letter.contact.locale}`
      const body = bodies.get(key) ?? announcementBody(letter)
      bodies.set(key, body)
      return announcement(letter, body)
    }
    case 'correction':
      return correction(letter)
    case 'reminder':
      return approvalReminder(letter)
    case 'withdrawal':
      return withdrawalNotice(letter)
    case 'handover':
      return handover(letter)
  }
}

/**
 * Puts what these recipients of a notice are owed into the outbox and strikes it out. Each mail has a key of its own for ever, so a
 * repeat after a crash at any place adds nothing.
 */
export async function postMails(
  post: Post,
  notice: Notice,
  some: readonly Recipient[],
  kind: MailKind,
): Promise<number> {
  const { context } = post
  const recipients = await withThoseBeside(notice, some, kind)
  const deciders =
    kind === 'reminder' ? await approversOf(recipients, context.today) : new Map<string, Contact[]>()
  const addressed = recipients.flatMap((recipient) =>
    readersOf(recipient, deciders.get(recipient.customer) ?? []).map((contact) => ({ recipient, contact })),
  )
  const links = await ensureLinks(
    context,
    addressed.map(({ recipient, contact }) => ({
      kind: 'customer' as const,
      customer: recipient.customer,
      contact: contact.id,
      about: { kind: 'recipient', id: recipient._id },
      expiresOn: addDays(
        laterOf(startFor(recipient, notice.plannedStart), context.today),
        linkDaysAfterStart,
      ),
    })),
  )
  const messages = await Promise.all(
    addressed.map(({ recipient, contact }, row) =>
      messageOf(post, notice, recipient, contact, kind, links[row]?._id),
    ),
  )
  const added = await enqueue(context, await withShared(messages))
  await noteOwedPaid(
    recipients.map((recipient) => ({
      recipient,
      owed: kind,
      ...(kind === 'correction' ? { set: { correctionSentAt: context.now } } : {}),
    })),
  )
  return added
}

/** Whoever answers for one of them may answer for others of the notice: what is owed to all of these goes out together. */
async function withThoseBeside(
  notice: Notice,
  recipients: readonly Recipient[],
  kind: MailKind,
): Promise<readonly Recipient[]> {
  // Some of them may have been written to with others a moment ago: what is owed is read anew.
  const ids = recipients.map(({ _id }) => _id)
  const addresses = recipients.flatMap((recipient) => contactTried(recipient)?.email ?? [])
  const beside = await recipientsOwedAt(notice._id, kind, [...new Set(addresses)], ids)
  return [...recipients, ...beside]
}

/** Whoever the notice went to; with a reminder of an approval also those who may give it, each once. */
function readersOf(recipient: Recipient, deciders: readonly Contact[]): Contact[] {
  const tried = contactTried(recipient)
  const all = tried ? [tried, ...deciders] : [...deciders]
  return all.filter((contact, row) => all.findIndex(({ email }) => email === contact.email) === row)
}

async function approversOf(recipients: readonly Recipient[], today: Day): Promise<Map<string, Contact[]>> {
  const customers = await customersByIds([...new Set(recipients.map(({ customer }) => customer))])
  return new Map(customers.map(({ _id, contacts }) => [_id, approversOn(contacts, today)]))
}

async function messageOf(
  post: Post,
  notice: Notice,
  recipient: Recipient,
  contact: Contact,
  kind: MailKind,
  link: string | undefined,
): Promise<Composed> {
  const letter: Letter = { notice, recipient, contact, services: post.services }
  const message: Message = {
    key: mailKey(recipient, contact, kind),
    kind: `notice-${kind}`,
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale: contact.locale,
    content: contentOf(post, letter, kind),
    ...(link === undefined ? {} : { link, opens: `notices/${notice.reference}` }),
    ...(kind === 'announcement' || kind === 'handover'
      ? { attachments: await attached(post.papers, letter) }
      : {}),
    about: { kind: 'recipient', id: recipient._id },
    ...(notice.sender ? { replyTo: notice.sender.replyTo } : {}),
    sample: recipient.sample,
  }
  return { letter, message }
}

async function attached(papers: Papers, letter: Letter): Promise<{ file: string; name: string }[]> {
  const paper = await papers(letter)
  return [
    { file: paper.pdf, name: paper.pdfName },
    ...(paper.calendar ? [{ file: paper.calendar, name: paper.calendarName }] : []),
    ...(paper.passOn && paper.passOnName ? [{ file: paper.passOn, name: paper.passOnName }] : []),
  ]
}

function mailKey(recipient: Recipient, contact: Contact, kind: MailKind): string {
  const to = `${recipient._id}/${contact.id}/${kind}`
  switch (kind) {
    case 'announcement':
      return `${to}/${recipient.round}`
    case 'correction':
      return `${to}/${recipient.lastDay ?? ''}`
    case 'reminder':
      return `${to}/${recipient.reminders}`
    case 'withdrawal':
    case 'handover':
      return to
  }
}
