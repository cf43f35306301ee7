import type { Context } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { customersByIds } from '../../customers/actions.js'
import { contactsToTell } from '../../customers/rules.js'
import { enqueue, markFollowedUp, mailsToFollowUp, type MailRow } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { toldKind, toldMail } from '../mails.js'
import { affectedByIds, affectedToTell } from '../records.js'
import { mayTell, type AffectedCustomer, type UseCase } from '../rules.js'
import { caseOf, moveCustomer, moveTo } from './move.js'
import { standingOf } from './steps.js'

const batch = 200
/** Nobody waits minutes for a page: what is larger goes on by the timer alone. */
const atOnce = 500

/** Tells every affected customer that has not been told; whoever was, gets nothing again. */
export async function tellCustomers(context: Context, reference: string): Promise<UseCase> {
  const useCase = await caseOf(reference)
  const { due } = await standingOf(useCase)
  mayTell(useCase, due)
  const round = (useCase.sending?.round ?? 0) + 1
  const sending = await moveTo(
    context,
    useCase,
    { sending: { round, finished: false } },
    {
      event: 'unpermitted-use.telling',
      facts: { round, customers: due },
    },
  )
  return due > atOnce ? sending : finishTelling(context, sending)
}

/** All that is left of a round; may be repeated, since each mail has its key and each customer its round. */
export async function finishTelling(context: Context, useCase: UseCase): Promise<UseCase> {
  const round = useCase.sending?.round ?? 0
  const [sender, wording] = await Promise.all([senderNow(), currentWording()])
  for (;;) {
    const due = await affectedToTell(useCase._id, round, batch)
    if (due.length === 0) break
    const customers = new Map(
      (await customersByIds(due.map(({ customer }) => customer))).map((each) => [each._id, each]),
    )
    for (const affected of due) {
      const customer = customers.get(affected.customer)
      const contacts = customer ? contactsToTell(customer.contacts, context.today) : []
      await enqueue(
        context,
        contacts.map((contact) =>
          toldMail(
            { useCase, affected, contact, caseNumber: customer?.caseNumber ?? null, sender, wording },
            round,
          ),
        ),
      )
      await moveCustomer(
        context,
        affected,
        contacts.length === 0
          ? { told: 'undelivered', undelivered: 'no-contact', round }
          : { told: 'queued', undelivered: null, round },
        {
          event: `unpermitted-customer.${contacts.length === 0 ? 'not-reached' : 'queued'}`,
          facts: { round, contacts: contacts.length },
        },
      )
    }
  }
  return moveTo(
    context,
    useCase,
    { sending: { round, finished: true } },
    {
      event: 'unpermitted-use.all-queued',
      facts: { round },
    },
  )
}

/** Takes up what became of the mails: one that arrived is enough, and a customer none reached is a task. */
export async function followTold(context: Context): Promise<number> {
  let moved = 0
  for (;;) {
    const mails = await mailsToFollowUp(toldKind, batch)
    if (mails.length === 0) return moved
    const affected = new Map(
      (await affectedByIds([...new Set(mails.map(({ about }) => about.id))])).map((each) => [each._id, each]),
    )
    for (const mail of mails) {
      const known = affected.get(mail.about.id)
      const change = known && whatBecame(known, mail)
      if (!known || !change) continue
      const event = change.told === 'told' ? 'told' : 'not-reached'
      const after = await moveCustomer(context, known, change, {
        event: `unpermitted-customer.${event}`,
        facts: { mail: mail._id, because: change.undelivered ?? null },
      })
      if (after) {
        affected.set(after._id, after)
        moved += 1
      }
    }
    await markFollowedUp(mails.map(({ _id }) => _id))
  }
}

/** A mail that was only kept in the house has told nobody, but for the sample's invented customers. */
function whatBecame(affected: AffectedCustomer, mail: MailRow): Partial<AffectedCustomer> | null {
  if (affected.told === 'told') return null
  const arrived =
    mail.state === 'accepted' ? mail.acceptedAt : mail.state === 'kept' && mail.sample ? mail.queuedAt : null
  if (arrived) return { told: 'told', toldOn: dayOf(arrived, danishDateRules.zone), undelivered: null }
  return { told: 'undelivered', undelivered: mail.state === 'kept' ? 'kept' : 'bounced' }
}
