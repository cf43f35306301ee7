import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { customersByIds } from '../../customers/actions.js'
import { contactsToTell, type Customer } from '../../customers/rules.js'
import { markFollowedUp, mailsToFollowUp, type MailRow } from '../../mail/actions.js'
import { phaseKind, phaseOfKey } from '../mails.js'
import { affectedBefore, affectedByIds, breachesByIds } from '../records.js'
import {
  arrived,
  failed,
  lastPhase,
  maySend,
  refuseClosed,
  refuseUnseen,
  sent,
  type AffectedCustomer,
  type Breach,
  type Phase,
} from '../rules.js'
import { postPhase, stopEarlier } from './letters.js'
import { affectedOf, breachOf, decideFor, decideOn, moveCustomer, moveTo, toldFacts } from './move.js'
import { settleState, standingOf } from './standing.js'

const batch = 200
/** Nobody waits minutes for a page: what is larger goes on by the timer alone. */
const atOnce = 500

/** Sends what is known to everybody affected, as the next phase. */
export async function sendPhase(context: Context, reference: string, seen?: string): Promise<Breach> {
  const breach = await breachOf(reference)
  refuseUnseen(breach, seen)
  const standing = await standingOf(breach)
  maySend(breach, standing)
  const number = breach.phases.length + 1
  const phase: Phase = {
    number,
    at: context.now,
    by: context.actor.id,
    content: breach.content,
    finished: false,
  }
  const moved = await moveTo(
    context,
    breach,
    {
      phases: [...breach.phases, phase],
      state: breach.state === 'reported' ? 'assessing' : breach.state,
      content: { ...breach.content, news: { da: '', en: '' } },
      wordsAt: context.now,
    },
    {
      event: 'breach.phase-sent',
      facts: { phase: number, customers: standing.affected },
      personal: { content: breach.content },
    },
  )
  return standing.affected > atOnce ? moved : finishSending(context, moved)
}

/** Whoever has not had the last phase gets it; may be repeated, since each mail has its key and each customer its phase. */
export async function finishSending(context: Context, breach: Breach): Promise<Breach> {
  const phase = lastPhase(breach)
  if (!phase) return breach
  for (;;) {
    const due = await affectedBefore(breach._id, phase.number, batch)
    if (due.length === 0) break
    const customers = await customersOf(due)
    const addressed = due.map((affected) => {
      const customer = customers.get(affected.customer)
      const contact = customer && contactsToTell(customer.contacts, context.today)[0]
      return { affected, written: customer && contact ? [{ affected, customer, contact }] : [] }
    })
    await stopEarlier(context, phase, due)
    // Mails first: a crash between leaves a mail that is known by its key, never a customer taken for written to.
    await postPhase(
      context,
      breach,
      phase,
      addressed.flatMap(({ written }) => written),
    )
    let moved = 0
    for (const { affected, written } of addressed) {
      const contact = written[0]?.contact.id ?? null
      const change = sent(affected, phase.number, contact)
      const after = await moveCustomer(context, affected, change, {
        event: contact === null ? 'breach-customer.not-reached' : 'breach-customer.queued',
        facts: {
          phase: phase.number,
          toldAt: change.toldAt,
          ...(contact === null ? { because: 'no-contact' } : { contact }),
        },
      })
      if (after) moved += 1
    }
    // All of them moved under our feet: the timer goes on.
    if (moved === 0) return breach
  }
  const done = await decideOn(context, breach._id, (now) =>
    lastPhase(now)?.finished === false && lastPhase(now)?.number === phase.number
      ? {
          change: {
            phases: now.phases.map((each) =>
              each.number === phase.number ? { ...each, finished: true } : each,
            ),
          },
          event: 'breach.all-queued',
          facts: { phase: phase.number },
        }
      : null,
  )
  return done ?? breachOf(breach.reference)
}

/** Takes up what became of the mails: one that a server took over has told; one that came back goes to the next contact. */
export async function followPhases(context: Context): Promise<number> {
  let moved = 0
  for (;;) {
    const mails = await mailsToFollowUp(phaseKind, batch)
    if (mails.length === 0) return moved
    const known = await affectedByIds([...new Set(mails.map(({ about }) => about.id))])
    const breaches = new Map(
      (await breachesByIds([...new Set(known.map(({ breach }) => breach))])).map((each) => [each._id, each]),
    )
    const customers = await customersOf(known)
    const touched = new Set<string>()
    for (const mail of mails) {
      const affected = known.find(({ _id }) => _id === mail.about.id)
      const breach = affected && breaches.get(affected.breach)
      if (!affected || !breach) continue
      if (await follow(context, breach, affected, mail, customers.get(affected.customer))) {
        touched.add(breach._id)
        moved += 1
      }
    }
    for (const id of touched) await settleState(context, { _id: id })
    await markFollowedUp(mails.map(({ _id }) => _id))
  }
}

/** A mail that was only kept in the house has told nobody, but for the sample's invented customers. */
async function follow(
  context: Context,
  breach: Breach,
  affected: AffectedCustomer,
  mail: MailRow,
  customer: Customer | undefined,
): Promise<boolean> {
  const number = phaseOfKey(mail.key)
  const at =
    mail.state === 'accepted' ? mail.acceptedAt : mail.state === 'kept' && mail.sample ? mail.queuedAt : null
  const because = mail.state === 'kept' ? 'kept' : 'bounced'
  const contacts =
    at || because === 'kept' || !customer ? [] : contactsToTell(customer.contacts, context.today)
  const came = { mail: mail._id, contact: mail.to.contact ?? null, because }
  const nextFor = ({ phases }: AffectedCustomer) => {
    const tried = phases.find((each) => each.number === number)?.tried ?? []
    return contacts.find(({ id }) => !tried.includes(id)) ?? null
  }
  const changeOf = (now: AffectedCustomer) =>
    at ? arrived(now, number, mail._id, at) : failed(now, number, came, nextFor(now)?.id ?? null)
  const next = changeOf(affected) ? nextFor(affected) : null
  const phase = breach.phases.find((each) => each.number === number)
  // Before it is noted, for the same reason as above.
  if (next && customer && phase)
    await postPhase(context, breach, phase, [{ affected, customer, contact: next }])
  const moved = await decideFor(context, affected._id, (now) => {
    const change = changeOf(now)
    if (!change) return null
    // Also of a failure: it may take back that the customer was told.
    const told = { ...toldFacts(breach, { ...now, ...change }), ...(at ? {} : { because }) }
    return {
      change,
      event: `breach-customer.${at ? 'told' : nextFor(now) ? 'next-contact' : 'not-reached'}`,
      facts: { phase: number, mail: mail._id, ...told },
    }
  })
  return moved !== null
}

/**
 * Once more, to a contact that has not been tried: one that was entered since, as when an address was wrong. Throws
 * `Refused('still-no-contact')`.
 */
export async function sendAgain(
  context: Context,
  reference: string,
  customerReference: string,
): Promise<void> {
  const { breach, affected } = await affectedOf(reference, customerReference)
  refuseClosed(breach)
  const phase = lastPhase(breach)
  const [customer] = await customersByIds([affected.customer])
  const tried = affected.phases.find(({ number }) => number === phase?.number)?.tried ?? []
  const contact =
    customer && contactsToTell(customer.contacts, context.today).find(({ id }) => !tried.includes(id))
  if (!phase || !customer || !contact) throw new Refused('still-no-contact')
  await postPhase(context, breach, phase, [{ affected, customer, contact }])
  await decideFor(context, affected._id, (now) => {
    const change = sent(now, phase.number, contact.id)
    return {
      change,
      event: 'breach-customer.queued',
      facts: { phase: phase.number, contact: contact.id, toldAt: change.toldAt },
    }
  })
}

async function customersOf(
  affected: readonly Pick<AffectedCustomer, 'customer'>[],
): Promise<Map<string, Customer>> {
  const found = await customersByIds([...new Set(affected.map(({ customer }) => customer))])
  return new Map(found.map((each) => [each._id, each]))
}
