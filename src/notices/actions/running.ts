import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { batchesToTell, customersByIds, customersChangedBetween } from '../../customers/actions.js'
import { customerToTell, type Customer, type CustomerToTell } from '../../customers/rules.js'
import { stopMails } from '../../mail/actions.js'
import { lawNow } from '../../transfers/actions.js'
import { noteFollowed, noticesIn } from '../records/notices.js'
import { findRecipients, insertRecipients, recipientBatches, Recipients } from '../records/recipients.js'
import { servicesOf, type Notice } from '../rules/notice.js'
import { endStates, recipientId, type Recipient, type RecipientContent } from '../rules/recipient.js'
import { follow, joins, type Running } from '../rules/running.js'
import { aboveOf, approvedBy } from './beyond.js'
import { decideForAll } from './move.js'
import { payAllOwed } from './owed.js'

/** A customer is followed once nobody has changed it for so long: who is typing its contacts is not overtaken. */
const rest = 15 * 60_000

type Concerned = { id: string; customer: CustomerToTell | null }

/**
 * Lets the notices that run follow the customers as they are: who joins is told, who buys none of the services any more drops out,
 * a new contact gets the notice. Customers that were changed are looked at within minutes; once a day all of them, since
 * what was entered beforehand begins or ends with the day.
 */
export async function followCustomers(context: Context): Promise<{ joined: number; followed: number }> {
  const counts = { joined: 0, followed: 0 }
  const add = ({ joined, followed }: typeof counts) => {
    counts.joined += joined
    counts.followed += followed
  }
  for (const notice of await noticesIn(['issued'])) {
    const until = new Date(context.now.getTime() - rest)
    const last = notice.followed ?? { at: notice.issuedAt ?? until, on: notice.issuedOn ?? context.today }
    if (last.on < context.today) {
      for await (const customers of batchesToTell(services(notice), context.today))
        add(
          await followThose(
            context,
            notice,
            customers.map((customer) => ({ id: customer._id, customer })),
          ),
        )
      for await (const recipients of recipientBatches(notice._id, { state: { $nin: [...endStates] } })) {
        const found = await customersByIds(recipients.map(({ customer }) => customer))
        const gone = found.map((customer) => concernedToday(context, notice, customer))
        add(
          await followThose(
            context,
            notice,
            gone.filter(({ customer }) => customer === null),
          ),
        )
      }
    } else if (last.at < until) {
      for await (const customers of customersChangedBetween(last.at, until))
        add(
          await followThose(
            context,
            notice,
            customers.map((each) => concernedToday(context, notice, each)),
          ),
        )
    } else continue
    await noteFollowed(notice._id, { at: until > last.at ? until : last.at, on: context.today })
  }
  if (counts.joined + counts.followed > 0) await payAllOwed(context)
  return counts
}

function concernedToday(context: Context, notice: Notice, customer: Customer): Concerned {
  const told = customerToTell(customer, new Set(services(notice)), context.today)
  return { id: customer._id, customer: told }
}

function services(notice: Notice): string[] {
  return [...new Set(notice.lines.flatMap(servicesOf))]
}

async function followThose(
  context: Context,
  notice: Notice,
  concerned: readonly Concerned[],
): Promise<{ joined: number; followed: number }> {
  if (concerned.length === 0) return { joined: 0, followed: 0 }
  const ids = concerned.map(({ id }) => id)
  const [recipients, law, above] = await Promise.all([
    findRecipients(ids.map((id) => recipientId(notice._id, id))),
    lawNow(),
    aboveOf(notice.lines, context.today),
  ])
  const approved = await approvedBy(ids, context.today, above)
  const parts = new Map(recipients.map((recipient) => [recipient.customer, recipient]))
  const running = (customer: string): Running => {
    const { now, today } = context
    return { notice, approved: approved.get(customer) ?? new Set(), above, now, today, law }
  }
  const joining = concerned.flatMap(({ id, customer }) =>
    customer && !parts.has(id) ? (joins(running(id), customer) ?? []) : [],
  )
  const customers = new Map(concerned.map(({ id, customer }) => [id, customer]))
  const decide = (recipient: Recipient) =>
    follow(running(recipient.customer), recipient, customers.get(recipient.customer) ?? null)
  const moved = await decideForAll(context, recipients, decide)
  await stopOvertaken(context, moved)
  return { joined: await listJoiners(context, notice, joining), followed: moved.length }
}

async function listJoiners(context: Context, notice: Notice, joining: RecipientContent[]): Promise<number> {
  if (joining.length === 0) return 0
  await insertRecipients(joining, {
    at: context.now,
    by: context.actor,
    event: 'recipient.joined',
    facts: { notice: notice.reference, on: dayOf(context.now, notice.rules.zone) },
  })
  // As they are kept: another process may have been quicker.
  await record(Recipients, await findRecipients(joining.map(({ _id }) => _id)))
  return joining.length
}

/** Announcements to a contact who is none any more, or of less than is now asked, need not leave. */
async function stopOvertaken(context: Context, moved: readonly Recipient[]): Promise<void> {
  const ids = moved
    .filter(({ owed, state }) => owed.includes('announcement') || state === 'left')
    .map(({ _id }) => _id)
  if (ids.length > 0)
    await stopMails(context, {
      about: { kind: 'recipient', ids },
      kinds: ['notice-announcement', 'notice-reminder'],
    })
}
