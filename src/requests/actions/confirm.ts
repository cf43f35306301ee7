import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { customersByIds } from '../../customers/actions.js'
import type { Contact } from '../../customers/rules.js'
import type { Upload } from '../../files/actions.js'
import { instructedBy } from '../../instructions/rules.js'
import { confirmed, kindRules, type CustomerRequest, type RequestConfirmation } from '../rules.js'
import { finish } from './finish.js'
import { factsOf, keep, moveTo, requestOf } from './move.js'

/** The customer says on its page that it has our answer, or has passed the text on. An order takes a code: `confirmOrder`. */
export async function confirmAnswer(
  context: Context,
  request: CustomerRequest,
  contact: Pick<Contact, 'id' | 'name' | 'title'>,
): Promise<CustomerRequest> {
  return take(context, request, {
    at: context.now,
    on: context.today,
    by: { name: contact.name, title: contact.title ?? '' },
    contact: contact.id,
    code: null,
    file: null,
  })
}

/** Throws `Refused`: 'no-right-to-instruct', 'request-awaits-nothing', 'answer-changed'. */
export function mayConfirmOrder(
  request: CustomerRequest,
  contact: Pick<Contact, 'name' | 'mayApprove'>,
  answer: string,
): void {
  if (!contact.mayApprove) throw new Refused('no-right-to-instruct', { name: contact.name })
  if (kindRules[request.kind].confirming !== 'order' || !request.waits)
    throw new Refused('request-awaits-nothing', { reference: request.reference })
  if (request.answer?.id !== answer) throw new Refused('answer-changed')
}

/** D.1: the order, confirmed with the code from the contact's mailbox. `answer`: the offer that was shown. A repeat changes nothing. */
export async function confirmOrder(
  context: Context,
  reference: string,
  {
    contact,
    by,
    code,
    answer,
  }: {
    contact: Pick<Contact, 'id' | 'name' | 'mayApprove'>
    by: { name: string; title: string }
    code: string
    answer: string
  },
): Promise<CustomerRequest> {
  const request = await requestOf(reference)
  if (request.confirmation?.code === code) return finish(context, request)
  mayConfirmOrder(request, contact, answer)
  return take(context, request, {
    at: context.now,
    on: context.today,
    by,
    contact: contact.id,
    code,
    file: null,
  })
}

/** The customer confirmed in a letter or a mail, which staff takes down with the file. */
export async function registerConfirmation(
  context: Context,
  reference: string,
  { by, file: upload }: { by: { name: string; title: string }; file: Upload },
): Promise<CustomerRequest> {
  const request = await requestOf(reference)
  const given = (file: string): RequestConfirmation => ({
    at: context.now,
    on: context.today,
    by,
    contact: null,
    code: null,
    file,
  })
  // Refused before the file is kept.
  const [customer] = await customersByIds([request.customer])
  if (kindRules[request.kind].confirming === 'order' && customer)
    instructedBy(customer.contacts, by, context.today)
  confirmed(request, given('to be kept'))
  const [file = ''] = await keep(context, request, [upload])
  return take(context, request, given(file))
}

async function take(
  context: Context,
  request: CustomerRequest,
  confirmation: RequestConfirmation,
): Promise<CustomerRequest> {
  const { contact, code, file, on, by } = confirmation
  const moved = await moveTo(context, request, confirmed(request, confirmation), {
    event: kindRules[request.kind].confirming === 'order' ? 'request.ordered' : 'request.confirmed',
    facts: { ...factsOf(request), confirmedOn: on, contact, code, file },
    personal: { by: by.name, title: by.title },
  })
  return finish(context, moved)
}
