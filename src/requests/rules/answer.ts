/** Whether an answer has what its kind needs. */
import { Refused } from '../../base/errors.js'
import { kindRules } from './kinds.js'
import type { CustomerRequest, RequestAnswer, RequestMessage } from './request.js'

/** A signed declaration of ours (C.7), as the yearly audit hands it over; `files` by language. */
export type SignedDeclaration = {
  id: string
  year: number
  version: number
  name: string
  files: { da: string; en: string }
}

/**
 * Throws `Refused`: 'answer-needs-copy', 'answer-takes-no-file' (a file could be the whole contract), 'answer-needs-declaration',
 * 'answer-needs-file', 'answer-needs-words'.
 */
export function refuseAnswer(
  { kind }: Pick<CustomerRequest, 'kind'>,
  answer: Pick<RequestAnswer, 'text' | 'contracts' | 'declaration'>,
  uploads: number,
): void {
  switch (kindRules[kind].answer) {
    case 'redacted-contract':
      if (uploads > 0) throw new Refused('answer-takes-no-file')
      if (answer.contracts.length === 0) throw new Refused('answer-needs-copy')
      return
    case 'declaration':
      if (answer.declaration === null && uploads === 0) throw new Refused('answer-needs-declaration')
      return
    case 'file':
      if (uploads === 0) throw new Refused('answer-needs-file')
      return
    case 'words':
      if (answer.text === '') throw new Refused('answer-needs-words')
  }
}

/** Every file the customer may fetch from the request: its own, and what we answered or wrote to it with. */
export function filesForCustomer({ files, answer, messages }: CustomerRequest): string[] {
  return [...files, ...filesOfAnswer(answer), ...messages.filter(sharesFiles).flatMap((each) => each.files)]
}

/** What the customer sent itself, or we sent to it; not what staff put on file with what it heard. */
export function sharesFiles({ direction, by }: Pick<RequestMessage, 'direction' | 'by'>): boolean {
  return direction === 'to-customer' || (direction === 'from-customer' && by.kind === 'contact')
}

export function filesOfAnswer(answer: RequestAnswer | null): string[] {
  if (answer === null) return []
  return [...answer.contracts.map(({ file }) => file), ...(answer.declaration?.files ?? []), ...answer.files]
}

/** All there are, for staff. */
export function allFiles(request: CustomerRequest): string[] {
  const { messages, confirmation, ownFiles = [] } = request
  return [
    ...new Set([
      ...filesForCustomer(request),
      ...ownFiles,
      ...messages.flatMap(({ files }) => files),
      ...(confirmation?.file ? [confirmation.file] : []),
    ]),
  ]
}
