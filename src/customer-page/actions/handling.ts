/** What becomes of the customer's data (28(3)(g), clause 11) binds it: it counts by a code from the contact's mailbox. */
import { giveCode, type Code } from '../../auth/actions/codes.js'
import type { Context } from '../../base/context.js'
import { chooseHandling, departureForCustomer, mayChooseHandling } from '../../departures/actions.js'
import { choiceInWords } from '../../departures/page.js'
import { enqueue } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import type { Visitor } from '../actions.js'
import { handlingCodeMail } from '../mails/case-code.js'
import type { HandlingStatement, Signer } from '../rules/statement.js'

/** Throws `Refused`: 'departure-may-not-choose', 'departure-choice-over', 'departure-already-asked', 'too-many-codes'. */
export async function askToChoose(
  context: Context,
  visitor: Visitor,
  reference: string,
  handling: HandlingStatement['handling'],
  by: Signer,
): Promise<Code> {
  const departure = await departureForCustomer(visitor.customer._id, reference)
  const words = [choiceInWords(departure, handling, visitor.customer.name, context.locale)]
  return askForHandling(context, visitor, { kind: 'handling', departure: reference, handling, by, words })
}

/** The same once more, with a new code. */
export async function askForHandling(
  context: Context,
  { customer, contact }: Visitor,
  statement: HandlingStatement,
): Promise<Code> {
  const departure = await departureForCustomer(customer._id, statement.departure)
  mayChooseHandling(departure, contact, context.today)
  const code = await giveCode(context, {
    customer: customer._id,
    contact: contact.id,
    about: { kind: 'departure', id: departure._id },
    what: statement,
  })
  const [sender, wording] = await Promise.all([senderNow(), currentWording()])
  const caseNumber = customer.caseNumber ?? null
  await enqueue(context, [
    handlingCodeMail(code._id, statement, { departure, caseNumber, contact, sender, wording }),
  ])
  return code
}

/** Judged again at this moment: somebody may have been asked to delete since. */
export async function carryOutHandling(
  context: Context,
  { customer, contact }: Visitor,
  { departure: reference, handling, by }: HandlingStatement,
  code: string,
): Promise<void> {
  const departure = await departureForCustomer(customer._id, reference)
  mayChooseHandling(departure, contact, context.today)
  const name = [by.name, by.title].filter(Boolean).join(', ')
  await chooseHandling(context, reference, {
    handling,
    name,
    by: 'customer',
    note: '',
    contact: contact.id,
    code,
  })
}
