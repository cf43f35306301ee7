/** An order (D.1) binds the customer: what it orders stands on the page, and counts by a code from the contact's mailbox. */
import { giveCode, type Code } from '../../auth/actions/codes.js'
import type { Context } from '../../base/context.js'
import { enqueue } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { confirmOrder, mayConfirmOrder, requestOf } from '../../requests/actions.js'
import type { CustomerRequest } from '../../requests/rules.js'
import { textIn } from '../../i18n/texts.js'
import type { Visitor } from '../actions.js'
import { orderCodeMail } from '../mails/case-code.js'
import type { OrderStatement, Signer } from '../rules/statement.js'

/** `answer`: the offer that stood on the page. Throws `Refused`: 'no-right-to-instruct', 'answer-changed', 'too-many-codes'. */
export async function askToOrder(
  context: Context,
  visitor: Visitor,
  request: CustomerRequest,
  answer: string,
  by: Signer,
): Promise<Code> {
  mayConfirmOrder(request, visitor.contact, answer)
  const t = textIn(context.locale)
  const words = [
    t('requests:order-words', { reference: request.reference }),
    ...(request.text ? [request.text] : []),
    ...(request.answer?.text ? [request.answer.text] : []),
  ]
  return askForOrder(context, visitor, { kind: 'order', request: request.reference, answer, by, words })
}

/** The same once more, with a new code; judged again by whoever confirms. */
export async function askForOrder(
  context: Context,
  { customer, contact }: Visitor,
  statement: OrderStatement,
): Promise<Code> {
  const request = await requestOf(statement.request)
  mayConfirmOrder(request, contact, statement.answer)
  const code = await giveCode(context, {
    customer: customer._id,
    contact: contact.id,
    about: { kind: 'request', id: request._id },
    what: statement,
  })
  const [sender, wording] = await Promise.all([senderNow(), currentWording()])
  await enqueue(context, [orderCodeMail(code._id, statement, { request, contact, sender, wording })])
  return code
}

export async function carryOutOrder(
  context: Context,
  { contact }: Visitor,
  { request, answer, by }: OrderStatement,
  code: string,
): Promise<void> {
  await confirmOrder(context, request, { contact, by, code, answer })
}
