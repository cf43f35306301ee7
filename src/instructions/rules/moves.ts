/** What may become of an instruction; each throws `Refused` where it may not. */
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { contactsOn, type Contact } from '../../customers/rules.js'
import type { InstructedBy, Instruction, InstructionInput } from './instruction.js'

export type InstructionChange = Partial<
  Pick<Instruction, 'state' | 'endedOn' | 'endedBecause' | 'replacedBy' | 'doubt'>
>

/**
 * Who may instruct for the customer on that day. Art. 38-39: a DPO advises and does not decide, so a contact of ours to it without
 * the right to approve is refused; somebody who is no contact may, and the file has to show it.
 */
export function instructedBy(
  contacts: readonly Contact[],
  { name, title }: { name: string; title: string },
  on: Day,
): InstructedBy {
  const named = contactsOn(contacts, on).filter((contact) => same(contact.name, name))
  if (named.length === 0) return { name, title, contact: null }
  const [deciding] = named.filter(({ mayApprove }) => mayApprove)
  if (!deciding) throw new Refused('no-right-to-instruct', { name })
  return { name: deciding.name, title: title || (deciding.title ?? ''), contact: deciding.id }
}

/** Throws `Refused`: 'instruction-not-documented', 'instruction-names-nothing'. */
export function refuseIncomplete(
  { subject, engagement, service, countries }: InstructionInput,
  files: number,
): void {
  if (files === 0) throw new Refused('instruction-not-documented')
  const named = {
    engagement: engagement !== null,
    service: service !== null,
    country: countries.length > 0,
    transfer: countries.length > 0 || engagement !== null,
    processing: true,
    other: true,
  }
  if (!named[subject]) throw new Refused('instruction-names-nothing')
}

/** `on`: the first day it no longer holds. */
export function withdrawn(instruction: Instruction, on: Day, because: string): InstructionChange {
  refuseEnd(instruction, on)
  return { state: 'withdrawn', endedOn: on, endedBecause: because }
}

/** By another of the same customer, from that one's first day on. */
export function replaced(
  instruction: Instruction,
  by: Pick<Instruction, 'reference' | 'customer' | 'givenOn'>,
): InstructionChange {
  if (by.customer !== instruction.customer) throw new Refused('instruction-of-another')
  refuseEnd(instruction, by.givenOn)
  return { state: 'replaced', endedOn: by.givenOn, replacedBy: by.reference }
}

/** Clause 4.2: it looks unlawful. It holds until the customer decides; what we do meanwhile is said in the request. */
export function doubted(instruction: Instruction, on: Day, request: string): InstructionChange | null {
  return instruction.doubt?.request === request ? null : { doubt: { on, request } }
}

function refuseEnd({ state, givenOn, reference }: Instruction, on: Day): void {
  if (state !== 'given') throw new Refused('instruction-ended', { reference })
  if (on < givenOn) throw new Refused('instruction-ends-before', { reference })
}

function same(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
  return plain(a) === plain(b)
}
