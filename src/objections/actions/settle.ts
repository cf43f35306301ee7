import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import type { Upload } from '../../files/actions.js'
import type { SettlementInput } from '../form.js'
import { objectionByReference } from '../records.js'
import {
  assess,
  isClosed,
  proposeRemedy,
  settle,
  type Assessment,
  type Confirmation,
  type Objection,
  type Settlement,
} from '../rules.js'
import { finishRaising, finishSettling } from './finish.js'
import { tellRemedy } from './messages.js'
import { moveTo } from './move.js'
import { storeAll } from './raise.js'

/** Staff makes the case its own. */
export async function takeObjection(context: Context, reference: string, person: string): Promise<Objection> {
  const objection = await objectionOf(reference)
  if (isClosed(objection)) throw new Refused('objection-settled', { reference })
  return move(context, objection, { owner: person }, 'objection.taken', { owner: person })
}

export async function assessObjection(
  context: Context,
  reference: string,
  input: Assessment,
): Promise<Objection> {
  const objection = await objectionOf(reference)
  const changes = assess(objection, input, context.today)
  return move(
    context,
    objection,
    changes,
    'objection.assessed',
    { owner: input.owner, answerBy: input.answerBy },
    { assessment: input.assessment },
  )
}

/** Gives the case its outcome as staff registers it; what it lets go of, and the mails, follow at once. */
export async function settleObjection(
  context: Context,
  reference: string,
  input: SettlementInput & { files: Upload[] },
): Promise<Objection> {
  const objection = await objectionOf(reference)
  const settlement = (files: string[]) => ({
    ...input,
    by: 'staff' as const,
    files,
    confirmation: files[0] === undefined ? null : { kind: 'file' as const, file: files[0] },
  })
  // Refused before a file is kept; judged again with the files' ids.
  settle(objection, settlement(input.files.map(() => '')), context.today)
  const files = await storeAll(context, objection._id, input.files, objection.sample)
  return settleAs(context, objection, settlement(files))
}

/** What a contact confirmed on its page with a code. */
export type OwnWords = { code: string; contact: string; by: { name: string; title: string } }

/** The customer takes its own objection back, on its page. */
export async function withdrawOwnObjection(
  context: Context,
  reference: string,
  words: OwnWords,
): Promise<Objection> {
  return endOnPage(context, reference, 'withdrawn-by-customer', words)
}

/** The customer confirms on its page that what we did meets its objection. Throws `Refused('remedy-changed')` too. */
export async function confirmRemedy(
  context: Context,
  reference: string,
  remedy: string,
  words: OwnWords,
): Promise<Objection> {
  return endOnPage(context, reference, 'remedied', words, remedy)
}

async function endOnPage(
  context: Context,
  reference: string,
  outcome: 'withdrawn-by-customer' | 'remedied',
  words: OwnWords,
  remedy?: string,
): Promise<Objection> {
  const objection = await objectionOf(reference)
  const { confirmation } = objection
  // A second click finds it done.
  if (confirmation?.kind === 'code' && confirmation.code === words.code) return objection
  // It confirmed one remedy; another has been put to it since.
  if (remedy !== undefined && objection.remedy?.id !== remedy)
    throw new Refused('remedy-changed', { reference })
  const note = remedy === undefined ? null : (objection.remedy?.text ?? null)
  const settlement = {
    by: 'contact' as const,
    outcome,
    note,
    files: [],
    confirmation: { kind: 'code' as const, ...words },
    endsOn: null,
  }
  return settleAs(context, objection, settlement)
}

async function settleAs(context: Context, objection: Objection, input: Settlement): Promise<Objection> {
  const changes = settle(objection, input, context.today)
  const { outcome, endsOn, files, note } = input
  const { confirmation = null } = changes
  // A hold that a crash prevented would otherwise come after its release.
  const held = objection.unfinished?.step === 'raised' ? await finishRaising(context, objection) : objection
  const words = confirmation?.kind === 'code' ? { by: confirmation.by } : {}
  const settled = await move(
    context,
    held,
    changes,
    'objection.settled',
    {
      outcome,
      endsOn,
      files,
      blocking: changes.blocking ?? held.blocking,
      confirmation: confirmation && withoutNames(confirmation),
    },
    { note, ...words },
  )
  return finishSettling(context, settled)
}

/** Staff puts to the customer what was done, and asks whether that meets its objection. */
export async function proposeRemedyTo(
  context: Context,
  reference: string,
  input: { by: { id: string; name: string }; text: string },
): Promise<Objection> {
  const objection = await objectionOf(reference)
  const remedy = { id: newId(), at: context.now, text: input.text }
  const moved = await move(
    context,
    objection,
    proposeRemedy(objection, remedy),
    'objection.remedy-proposed',
    { remedy: remedy.id },
    { text: input.text, by: input.by.name },
  )
  await tellRemedy(context, moved, remedy)
  return moved
}

function withoutNames(confirmation: Confirmation): Record<string, unknown> {
  if (confirmation.kind !== 'code') return confirmation
  const { kind, code, contact } = confirmation
  return { kind, code, contact }
}

async function objectionOf(reference: string): Promise<Objection> {
  const objection = await objectionByReference(reference)
  if (!objection) throw new NotFound()
  return objection
}

function move(
  context: Context,
  objection: Objection,
  changes: Partial<Objection>,
  event: string,
  facts: Record<string, unknown>,
  personal?: Record<string, unknown>,
): Promise<Objection> {
  return moveTo(context, objection, changes, { event, facts, ...(personal ? { personal } : {}) })
}
