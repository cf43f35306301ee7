/**
 * A customer's documented instruction. Sources: Art. 28(3)(a) and clause 4.1 (only on documented instruction, kept in writing with
 * the agreement; later ones may be given while processing goes on), C.6 and 8.1 (transfers), D.1 (more than the agreement says).
 */
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'

/** What it is about in the first place. Which engagement, service or countries it names is said apart from that. */
export type InstructionSubject = 'processing' | 'engagement' | 'service' | 'country' | 'transfer' | 'other'
export const instructionSubjects = [
  'processing',
  'engagement',
  'service',
  'country',
  'transfer',
  'other',
] as const satisfies readonly InstructionSubject[]

export type InstructionState = 'given' | 'withdrawn' | 'replaced'
export const instructionStates = [
  'given',
  'withdrawn',
  'replaced',
] as const satisfies readonly InstructionState[]

/** Clause 4.1: documented and kept in writing, so a call is none. 'agreement': it stands in the agreement or an annex to it. */
export const instructionChannels = ['agreement', 'mail', 'letter', 'digital-post', 'meeting'] as const
export type InstructionChannel = (typeof instructionChannels)[number] | 'page'

/** Who gave it. `contact`: one of the customer's contacts with the right to instruct; null: somebody else who may, as the file shows. */
export type InstructedBy = { name: string; title: string; contact: string | null }

export type Instruction = {
  _id: string
  /** 'IN-2026-001' */
  reference: string
  /** One per form sent, or per order that was confirmed. */
  once: string
  customer: string
  customerReference: string
  customerName: string
  subject: InstructionSubject
  engagement: string | null
  service: string | null
  countries: string[]
  text: string
  by: InstructedBy
  channel: InstructionChannel
  /** The first day it holds. */
  givenOn: Day
  files: string[]
  /** The order (D.1) it came from, where it came from one. */
  request: string | null
  state: InstructionState
  /** The first day it no longer holds; null while it does. */
  endedOn: Day | null
  endedBecause: string | null
  /** References. */
  replaces: string | null
  replacedBy: string | null
  /** Clause 4.2, Art. 28(3) last sentence: we think it unlawful and have told the customer, or are about to. */
  doubt: { on: Day; request: string } | null
  sample: boolean
} & Moved

export type InstructionInput = Pick<
  Instruction,
  'subject' | 'engagement' | 'service' | 'countries' | 'text' | 'by' | 'channel' | 'givenOn'
>

export function instructionHoldsOn(
  { givenOn, endedOn }: Pick<Instruction, 'givenOn' | 'endedOn'>,
  on: Day,
): boolean {
  return givenOn <= on && (endedOn === null || endedOn > on)
}
