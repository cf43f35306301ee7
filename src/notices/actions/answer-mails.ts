import { recordEvent } from '../../audit-log/actions.js'
import { staffMembers } from '../../auth/actions/people.js'
import { ensureLink } from '../../auth/links.js'
import { allows } from '../../auth/permissions.js'
import type { Context } from '../../base/context.js'
import { addDays, laterOf } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { customersByIds } from '../../customers/actions.js'
import { approversOn, contactsOn, type Contact } from '../../customers/rules.js'
import { enqueue, type Message } from '../../mail/actions.js'
import { answerAlert, answerReceipt, passedOn } from '../mails/answer.js'
import { answersGiven, type AnswerGiven } from '../page/answers.js'
import { noteOwedPaid } from '../records/recipients.js'
import { startFor } from '../rules/audience.js'
import { linkDaysAfterStart } from '../rules/issue.js'
import type { Notice } from '../rules/notice.js'
import type { Recipient } from '../rules/recipient.js'
import { recipientAndNotice, serviceNames } from './contents.js'

/** Receipts of answers to every contact of the customer, and word to the officers of what came by its page. */
export async function postReceipts(
  context: Context,
  notice: Notice,
  recipients: readonly Recipient[],
): Promise<void> {
  const customers = new Map(
    (await customersByIds(recipients.map(({ customer }) => customer))).map((each) => [each._id, each]),
  )
  for (const recipient of recipients) {
    const contacts = contactsOn(customers.get(recipient.customer)?.contacts ?? [], context.today)
    const readers = contacts.length > 0 ? contacts : recipient.contacts
    for (const given of answersGiven(recipient)) {
      await enqueue(context, await receiptsOf(context, notice, recipient, given, readers))
      if (given.channel === 'page') await enqueue(context, await alertsOf(notice, recipient, given))
    }
  }
  await noteOwedPaid(recipients.map((recipient) => ({ recipient, owed: 'answer-receipt' })))
}

async function receiptsOf(
  context: Context,
  notice: Notice,
  recipient: Recipient,
  given: AnswerGiven,
  contacts: readonly Contact[],
): Promise<Message[]> {
  const services = await serviceNames()
  const messages: Message[] = []
  for (const contact of contacts) {
    const content = answerReceipt({ notice, recipient, contact, services }, given)
    const own = contact.dataProtection || contact.mayApprove
    messages.push({
      ...toContact(notice, recipient, contact),
      key: `answer-receipt/${recipient._id}/${given.key}/${contact.id}`,
      kind: 'notice-answer-receipt',
      content,
      // Each its own; whoever is no part of this gets the facts and no way in.
      ...(own ? await opening(context, notice, recipient, contact) : {}),
    })
  }
  return messages
}

async function alertsOf(notice: Notice, recipient: Recipient, given: AnswerGiven): Promise<Message[]> {
  const officers = (await staffMembers()).filter(
    ({ role, state }) => state === 'active' && allows(role, 'notices:write'),
  )
  return officers.map(({ _id, name, email, locale }) => ({
    key: `answer-alert/${recipient._id}/${given.key}/${_id}`,
    kind: 'notice-answer-alert',
    to: { address: email, name },
    locale,
    content: answerAlert({ notice, recipient }, given, { name, locale }),
    opens: `/notices/${notice.reference}/recipients/${recipient.customerReference}`,
    about: { kind: 'recipient', id: recipient._id },
    sample: recipient.sample,
  }))
}

/**
 * A contact passes the question on to a colleague with the right to approve: that colleague's own link goes to its registered
 * mailbox. At most once a day to each. Throws `Refused('no-right-to-approve')`.
 */
export async function passOnToApprover(
  context: Context,
  id: string,
  { to, from }: { to: string; from: { id: string; name: string } },
): Promise<Contact> {
  const { recipient, notice } = await recipientAndNotice(id)
  const [customer] = await customersByIds([recipient.customer])
  const contact = approversOn(customer?.contacts ?? [], context.today).find((each) => each.id === to)
  if (!contact) throw new Refused('no-right-to-approve')
  const added = await enqueue(context, [
    {
      ...toContact(notice, recipient, contact),
      key: `passed-on/${recipient._id}/${contact.id}/${context.today}`,
      kind: 'notice-passed-on',
      content: passedOn({ notice, recipient, contact, services: await serviceNames() }, from),
      ...(await opening(context, notice, recipient, contact)),
    },
  ])
  if (added > 0)
    await recordEvent(
      context,
      'recipient.approver-written-to',
      { kind: 'recipient', id },
      { from: from.id, to: contact.id },
    )
  return contact
}

function toContact(notice: Notice, recipient: Recipient, contact: Contact) {
  return {
    to: { address: contact.email, name: contact.name, contact: contact.id },
    locale: contact.locale,
    about: { kind: 'recipient', id: recipient._id },
    ...(notice.sender ? { replyTo: notice.sender.replyTo } : {}),
    sample: recipient.sample,
  }
}

async function opening(
  context: Context,
  notice: Notice,
  recipient: Recipient,
  contact: Contact,
): Promise<Pick<Message, 'link' | 'opens'>> {
  const start = laterOf(startFor(recipient, notice.plannedStart), context.today)
  const link = await ensureLink(context, {
    kind: 'customer',
    customer: recipient.customer,
    contact: contact.id,
    about: { kind: 'recipient', id: recipient._id },
    expiresOn: addDays(start, linkDaysAfterStart),
  })
  return { link: link._id, opens: `notices/${notice.reference}` }
}
