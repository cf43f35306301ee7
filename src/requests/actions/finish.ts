/** What follows from a move of a request: mails, the register of copies, the instruction. All of it may be repeated. */
import type { Context } from '../../base/context.js'
import { customersByIds } from '../../customers/actions.js'
import { giveInstruction } from '../../instructions/actions.js'
import { engagementsByIds, registerCopy } from '../../register/actions.js'
import { alertMail, answerMail, confirmedMail, receiptMail } from '../mails.js'
import { noteFinished } from '../records.js'
import { filesOfAnswer, kindRules, type CustomerRequest } from '../rules.js'
import { tryMove } from './move.js'
import { postToCustomer, postToStaff, staffToTell } from './readers.js'

export async function finish(context: Context, request: CustomerRequest): Promise<CustomerRequest> {
  const { unfinished } = request
  if (unfinished === null) return request
  if (unfinished === 'begun') await finishBeginning(context, request)
  if (unfinished === 'answered') await finishAnswering(context, request)
  const done = unfinished === 'confirmed' ? await finishConfirming(context, request) : request
  await noteFinished(done, unfinished)
  return { ...done, unfinished: null }
}

async function finishBeginning(context: Context, request: CustomerRequest): Promise<void> {
  // What we begin is told once it is written; whoever begins it knows of it.
  if (request.begunBy === 'us') return
  await postToCustomer(context, request, receiptMail)
  await postToStaff(context, request, await staffToTell(request), alertMail)
}

async function finishAnswering(context: Context, request: CustomerRequest): Promise<void> {
  await registerCopies(context, request)
  await postToCustomer(context, request, answerMail)
}

/** Clause 7.5: who was handed which copy when stands with the contract itself. */
async function registerCopies(context: Context, request: CustomerRequest): Promise<void> {
  const { answer, answeredOn, askedBy, receivedOn, customer, reference, sample } = request
  if (!answer || answeredOn === null || answer.contracts.length === 0) return
  const engagements = await engagementsByIds(answer.contracts.map(({ engagement }) => engagement))
  for (const { engagement: id, contract, file } of answer.contracts) {
    const engagement = engagements.find(({ _id }) => _id === id)
    if (!engagement) continue
    await registerCopy(
      context,
      engagement,
      contract,
      { _id: customer, sample },
      {
        asked: { askedOn: receivedOn, ...(askedBy ? { askedBy: askedBy.name } : {}) },
        sent: { sentOn: answeredOn, sentBy: answer.by.name, file },
        request: reference,
      },
    )
  }
}

/** D.1: what the customer has ordered is from now on an instruction of it. */
async function finishConfirming(context: Context, request: CustomerRequest): Promise<CustomerRequest> {
  await postToStaff(context, request, await staffToTell(request), confirmedMail)
  const { confirmation, answer } = request
  if (kindRules[request.kind].confirming !== 'order' || !confirmation) return request
  const [customer] = await customersByIds([request.customer])
  if (!customer) return request
  const given = await giveInstruction(context, {
    once: `request/${request._id}`,
    customer,
    subject: 'other',
    engagement: null,
    service: null,
    countries: [],
    text: [request.text, answer?.text].filter(Boolean).join('\n\n'),
    by: { ...confirmation.by, contact: confirmation.contact },
    channel: confirmation.code === null ? 'mail' : 'page',
    givenOn: confirmation.on,
    files: [],
    kept: [...request.files, ...filesOfAnswer(answer), ...(confirmation.file ? [confirmation.file] : [])],
    request: request.reference,
  })
  if (request.instruction === given.reference) return request
  const moved = await tryMove(
    context,
    request,
    { instruction: given.reference },
    {
      event: 'request.instructed',
      facts: { reference: request.reference, instruction: given.reference, on: confirmation.on },
    },
  )
  return moved ?? request
}
