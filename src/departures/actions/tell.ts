/** What the customer is told: that the service has ended and what it may choose, and at the end that it is all gone. */
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { Contact } from '../../customers/rules.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { enqueue } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { chosenMail, endedMail } from '../mails/customer.js'
import { chosen, refuseEnded, type Choice, type Departure, type Handling } from '../rules.js'
import { departureOf, moveTo } from './move.js'
import { customerReaders, staffToTell } from './readers.js'
import { customerChoseMail } from '../mails/staff.js'

/** Once; it may be told again, as when a contact was missing. */
export async function tellCustomer(context: Context, reference: string): Promise<Departure> {
  const departure = await departureOf(reference)
  refuseEnded(departure)
  if (departure.customer === null) throw new Refused('departure-nobody-chooses')
  const [{ customer, readers }, sender, wording] = await Promise.all([
    customerReaders(context, departure),
    senderNow(),
    currentWording(),
  ])
  if (readers.length === 0) throw new Refused('departure-customer-without-contact')
  // Mails first: their keys make it harmless when a crash comes between them and the move.
  await enqueue(
    context,
    readers.map((reader) =>
      endedMail({ departure, reader, caseNumber: customer?.caseNumber ?? null, sender, wording }),
    ),
  )
  return moveTo(
    context,
    departure,
    { toldOn: departure.toldOn ?? context.today },
    { event: 'departure.customer-told', facts: { contacts: readers.length, on: context.today } },
  )
}

/** By the customer itself: which contact, by which code from its mailbox. By staff: the letter that says so, where there is one. */
export type Choosing = {
  handling: Handling
  name: string
  by: 'customer' | 'staff'
  note: string
  contact?: string
  code?: string
  file?: Upload | null
}

/**
 * Throws `Refused` where the contact may not choose now. 28(3)(g) is the customer's decision: a DPO advises, and does not decide
 * (Art. 38-39).
 */
export function mayChooseHandling(
  departure: Departure,
  { mayApprove }: Pick<Contact, 'mayApprove'>,
  today: Day,
): void {
  if (!mayApprove) throw new Refused('departure-may-not-choose')
  chosen(departure, { handling: departure.choice.handling, by: 'customer', on: today, name: null })
}

/** 28(3)(g): deleted, or returned first. The choice counts when it is made; every contact gets a receipt of it. */
export async function chooseHandling(
  context: Context,
  reference: string,
  { handling, name, by, note, contact, code, file }: Choosing,
): Promise<Departure> {
  const departure = await departureOf(reference)
  const choice: Choice = { handling, by, on: context.today, name }
  // Refused before a file is kept.
  chosen(departure, choice)
  const about = { kind: 'departure', id: departure._id }
  const kept = file ? await storeFile(context, { ...file, about, sample: departure.sample }) : null
  const whole = kept ? { ...choice, file: kept._id } : choice
  const moved = await moveTo(context, departure, chosen(departure, whole), {
    event: 'departure.chosen',
    facts: {
      before: { handling: departure.choice.handling, by: departure.choice.by },
      after: { handling, by },
      on: context.today,
      ...(code ? { contact, code } : {}),
      ...(kept ? { file: kept._id } : {}),
    },
    personal: { name, ...(note ? { because: note } : {}) },
  })
  const [{ customer, readers }, sender, wording, staff] = await Promise.all([
    customerReaders(context, moved),
    senderNow(),
    currentWording(),
    by === 'customer' ? staffToTell() : [],
  ])
  await enqueue(context, [
    ...readers.map((reader) =>
      chosenMail({ departure: moved, reader, caseNumber: customer?.caseNumber ?? null, sender, wording }),
    ),
    ...staff.map((reader) => customerChoseMail({ departure: moved, reader, sender })),
  ])
  return moved
}
