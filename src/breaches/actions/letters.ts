import { ensureLinks } from '../../auth/links.js'
import type { Context } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import type { Contact, Customer } from '../../customers/rules.js'
import { enqueue, stopMails } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { allServices } from '../../register/actions.js'
import { phaseKey, phaseKind, phaseMail, type BreachLetter } from '../mails.js'
import type { AffectedCustomer, Breach, Phase } from '../rules.js'

/** The customer reads its own record of the breach for a good while: 33(5), and the authority may ask. */
const linkDays = 730

export type Written = { affected: AffectedCustomer; customer: Customer; contact: Contact }

/** Into the outbox, each with its link; a mail that is there already is left as it is. */
export async function postPhase(
  context: Context,
  breach: Breach,
  phase: Phase,
  written: readonly Written[],
): Promise<void> {
  if (written.length === 0) return
  const [letters, links] = await Promise.all([lettersFor(breach, phase, written), linksTo(context, written)])
  await enqueue(
    context,
    letters.map((letter, place) => phaseMail(letter, links[place] ?? '')),
  )
}

/** What an earlier phase said is out of date: a mail with it that still waits does not come after the later one. */
export async function stopEarlier(
  context: Context,
  { number }: Pick<Phase, 'number'>,
  due: readonly AffectedCustomer[],
): Promise<void> {
  const keys = due.flatMap(({ breachReference, customerReference, phases }) =>
    phases
      .filter((each) => each.number < number && each.state === 'queued')
      .flatMap((each) =>
        each.tried.map((contact) => phaseKey(breachReference, customerReference, contact, each.number)),
      ),
  )
  if (keys.length === 0) return
  const ids = due.map(({ _id }) => _id)
  await stopMails(context, { about: { kind: 'breach-customer', ids }, kinds: [phaseKind], keys })
}

/** Ids of the links of those contacts to their own part of the breach. */
export async function linksTo(context: Context, written: readonly Written[]): Promise<string[]> {
  const links = await ensureLinks(
    context,
    written.map(({ affected, customer, contact }) => ({
      kind: 'customer' as const,
      customer: customer._id,
      contact: contact.id,
      about: { kind: 'breach-customer', id: affected._id },
      expiresOn: addDays(context.today, linkDays),
    })),
  )
  return links.map(({ _id }) => _id)
}

/** The names of services are looked up once. */
export async function lettersFor(
  breach: Breach,
  phase: Phase,
  written: readonly Written[],
): Promise<BreachLetter[]> {
  const [sender, wording, services] = await Promise.all([senderNow(), currentWording(), allServices()])
  return written.map(({ affected, customer, contact }) => ({
    breach,
    phase,
    affected,
    services: services
      .filter(({ _id }) => affected.services.includes(_id))
      .map(({ name }) => name[contact.locale]),
    contact,
    caseNumber: customer.caseNumber ?? null,
    sender,
    wording,
    zone: danishDateRules.zone,
  }))
}
