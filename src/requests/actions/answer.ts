import type { Context } from '../../base/context.js'
import { newId } from '../../base/ids.js'
import type { Upload } from '../../files/actions.js'
import { redactedOf } from './copies.js'
import {
  answered,
  chosenCopies,
  kindRules,
  refuseAnswer,
  type CustomerRequest,
  type RequestAnswer,
  type SignedDeclaration,
} from '../rules.js'
import { finish } from './finish.js'
import { factsOf, keep, moveTo, requestOf } from './move.js'

export type AnswerGiven = {
  by: { id: string; name: string }
  text: string
  files: readonly Upload[]
  /** Values of `redactedChoices`. */
  copies: readonly string[]
  declaration: SignedDeclaration | null
}

/** The customer gets what it asked for, or is told what we owe to tell: on its page, with a mail that leads there. */
export async function answerRequest(
  context: Context,
  reference: string,
  { by, text, files: uploads, copies, declaration }: AnswerGiven,
): Promise<CustomerRequest> {
  const request = await requestOf(reference)
  const answer: RequestAnswer = {
    id: newId(),
    at: context.now,
    by,
    text,
    files: [],
    contracts:
      kindRules[request.kind].answer === 'redacted-contract'
        ? chosenCopies(copies, await redactedOf(request.customer, context.today))
        : [],
    declaration: declaration && {
      id: declaration.id,
      year: declaration.year,
      version: declaration.version,
      files: [...new Set([declaration.files.da, declaration.files.en])],
    },
  }
  refuseAnswer(request, answer, uploads.length)
  // Refused before a file is kept.
  answered(request, answer, context.today)
  const whole = { ...answer, files: await keep(context, request, uploads) }
  const moved = await moveTo(context, request, answered(request, whole, context.today), {
    event: request.begunBy === 'us' ? 'request.told' : 'request.answered',
    facts: {
      ...factsOf(request),
      dueOn: request.dueOn,
      answeredOn: context.today,
      late: context.today > request.dueOn,
      files: whole.files,
      contracts: whole.contracts.map(({ engagement, contract, file }) => ({ engagement, contract, file })),
      declaration: whole.declaration && { id: whole.declaration.id, version: whole.declaration.version },
    },
    personal: { by: by.name, text },
  })
  return finish(context, moved)
}
