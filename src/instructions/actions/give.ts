import { record } from '../../audit-log/actions.js'
import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import type { Customer } from '../../customers/rules.js'
import { nextReference } from '../../db/counters.js'
import { firstMove } from '../../db/moves.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { insertInstruction, instructionByReference, instructionOnce, Instructions } from '../records.js'
import {
  doubted,
  instructedBy,
  instructionListing,
  refuseIncomplete,
  replaced,
  withdrawn,
  type Instruction,
  type InstructionChange,
  type InstructionInput,
} from '../rules.js'

export type GivenInstruction = Omit<InstructionInput, 'by'> & {
  once: string
  customer: Pick<Customer, '_id' | 'reference' | 'name' | 'contacts' | 'sample'>
  /** `contact`: known already, as by a code from its mailbox. */
  by: { name: string; title: string; contact?: string | null }
  files: readonly Upload[]
  /** Kept already, with the order it comes from. */
  kept?: readonly string[]
  request?: string | null
  /** Reference of the one it takes the place of. */
  replaces?: string | null
}

/**
 * Keeps what a customer has instructed. The same form twice, or the same confirmed order, gives the instruction there is.
 * Throws `Refused`: 'no-right-to-instruct', 'instruction-not-documented', 'instruction-names-nothing', 'instruction-ended'.
 */
export async function giveInstruction(context: Context, given: GivenInstruction): Promise<Instruction> {
  const known = await instructionOnce(given.once)
  if (known) return finishReplacing(context, known)
  const { customer, subject, engagement, service, countries, text, channel, givenOn } = given
  const { kept = [], request = null, replaces = null } = given
  const { name, title, contact } = given.by
  const by = contact ? { name, title, contact } : instructedBy(customer.contacts, given.by, givenOn)
  const input = { subject, engagement, service, countries, text, by, channel, givenOn }
  refuseIncomplete(input, kept.length + given.files.length + (request === null ? 0 : 1))
  const reference = await nextReference('IN', Number(context.today.slice(0, 4)))
  // Refused before anything is kept.
  if (replaces !== null)
    replaced(await instructionOf(replaces), { reference, customer: customer._id, givenOn })
  const _id = newId()
  const files = [...kept, ...(await keep(context, _id, given.files, customer.sample))]
  const { instruction, again } = await insertInstruction({
    _id,
    reference,
    once: given.once,
    customer: customer._id,
    customerReference: customer.reference,
    customerName: customer.name,
    ...input,
    files,
    request,
    state: 'given',
    endedOn: null,
    endedBecause: null,
    replaces,
    replacedBy: null,
    doubt: null,
    sample: customer.sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'instruction.given',
      facts: {
        reference,
        customer: customer._id,
        subject,
        engagement,
        service,
        countries,
        channel,
        givenOn,
        files,
        request,
        replaces,
        contact: by.contact,
      },
      personal: { by: by.name, title: by.title, text },
    }),
  })
  if (!again) await record(Instructions, instruction)
  return finishReplacing(context, instruction)
}

/** `on`: the first day it no longer holds. */
export async function withdrawInstruction(
  context: Context,
  reference: string,
  { on, because, files: uploads }: { on: Day; because: string; files: readonly Upload[] },
): Promise<Instruction> {
  const instruction = await instructionOf(reference)
  const change = withdrawn(instruction, on, because)
  const files = await keep(context, instruction._id, uploads, instruction.sample)
  return moveTo(
    context,
    instruction,
    { ...change, ...(files.length > 0 ? { files: [...instruction.files, ...files] } : {}) },
    { event: 'instruction.withdrawn', facts: { reference, endedOn: on, files }, personal: { because } },
  )
}

/** Clause 4.2: the request that tells the customer why we think it unlawful. A repeat changes nothing. */
export async function doubtInstruction(
  context: Context,
  reference: string,
  request: string,
): Promise<Instruction> {
  const instruction = await instructionOf(reference)
  const change = doubted(instruction, context.today, request)
  if (!change) return instruction
  return moveTo(context, instruction, change, {
    event: 'instruction.doubted',
    facts: { reference, on: context.today, request },
  })
}

/** Throws `NotFound`. */
export async function instructionOf(reference: string): Promise<Instruction> {
  const instruction = await instructionByReference(reference)
  if (!instruction) throw new NotFound()
  return instruction
}

/** The earlier one ends where the new one begins. Done after the new one is kept, so a crash leaves both, and a repeat ends it. */
async function finishReplacing(context: Context, instruction: Instruction): Promise<Instruction> {
  if (instruction.replaces === null) return instruction
  const earlier = await instructionOf(instruction.replaces)
  if (earlier.replacedBy === instruction.reference) return instruction
  await moveTo(context, earlier, replaced(earlier, instruction), {
    event: 'instruction.replaced',
    facts: { reference: earlier.reference, endedOn: instruction.givenOn, by: instruction.reference },
  })
  return instruction
}

async function moveTo(
  context: Context,
  instruction: Instruction,
  changes: InstructionChange & Partial<Pick<Instruction, 'files'>>,
  said: Said,
): Promise<Instruction> {
  const listed = instructionListing({ ...instruction, ...changes })
  return mustMove(context, Instructions, instruction, { ...changes, ...listed }, said)
}

async function keep(
  context: Context,
  id: string,
  uploads: readonly Upload[],
  sample: boolean,
): Promise<string[]> {
  const kept: string[] = []
  for (const upload of uploads)
    kept.push((await storeFile(context, { ...upload, about: { kind: 'instruction', id }, sample }))._id)
  return kept
}
