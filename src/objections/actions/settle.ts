import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { record } from '../../audit-log/actions.js'
import type { Upload } from '../../files/actions.js'
import type { SettlementInput } from '../form.js'
import { moveObjection, objectionByReference, Objections } from '../records.js'
import { assess, isClosed, settle, type Assessment, type Confirmation, type Objection } from '../rules.js'
import { finishRaising, finishSettling } from './finish.js'
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

/** Gives the case its outcome; what it lets go of, and the mails, follow at once. */
export async function settleObjection(
  context: Context,
  reference: string,
  input: SettlementInput & { by: 'contact' | 'staff'; files: Upload[] },
): Promise<Objection> {
  const objection = await objectionOf(reference)
  // Refused before a file is kept; judged again with the files' ids.
  settle(objection, { ...input, confirmation: confirmationOf(input, ['']), files: [] }, context.today)
  const files = await storeAll(context, objection._id, input.files, objection.sample)
  const changes = settle(
    objection,
    { ...input, confirmation: confirmationOf(input, files), files },
    context.today,
  )
  // A hold that a crash prevented would otherwise come after its release.
  const held = objection.unfinished?.step === 'raised' ? await finishRaising(context, objection) : objection
  const settled = await move(
    context,
    held,
    changes,
    'objection.settled',
    { outcome: input.outcome, endsOn: input.endsOn, files, confirmation: changes.confirmation ?? null },
    { note: input.note },
  )
  return finishSettling(context, settled)
}

/** The customer takes its own objection back, on its page. */
export async function withdrawOwnObjection(context: Context, objection: Objection): Promise<Objection> {
  // A second click finds it withdrawn.
  if (objection.outcome === 'withdrawn-by-customer') return objection
  return settleObjection(context, objection.reference, {
    by: 'contact',
    outcome: 'withdrawn-by-customer',
    note: null,
    confirmationMessage: null,
    endsOn: null,
    files: [],
  })
}

function confirmationOf(
  { outcome, confirmationMessage, files: uploads }: SettlementInput & { files: Upload[] },
  files: readonly string[],
): Confirmation | null {
  if (outcome !== 'remedied') return null
  if (confirmationMessage) return { kind: 'message', message: confirmationMessage }
  return uploads.length > 0 ? { kind: 'file', file: files[0] ?? '' } : null
}

async function objectionOf(reference: string): Promise<Objection> {
  const objection = await objectionByReference(reference)
  if (!objection) throw new NotFound()
  return objection
}

async function move(
  context: Context,
  objection: Objection,
  changes: Partial<Objection>,
  event: string,
  facts: Record<string, unknown>,
  personal?: Record<string, unknown>,
): Promise<Objection> {
  const moved = await moveObjection(objection, changes, {
    at: context.now,
    by: context.actor,
    event,
    facts,
    ...(personal ? { personal } : {}),
  })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Objections, moved)
  return moved
}
