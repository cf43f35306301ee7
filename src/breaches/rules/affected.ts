/** One customer in a breach: which of the services it bought then, by when it is to be told, and what has reached it. */
import { addDays, type Day } from '../../base/day.js'
import type { BoughtService } from '../../customers/rules.js'
import type { Moved } from '../../db/moves.js'
import type { Unused } from './used.js'

/** How a customer came to know. Clause 10 asks for no form; whatever is registered names its time. */
export type How = 'mail' | 'call' | 'digital-post' | 'letter' | 'other'
export const otherWays = ['digital-post', 'letter', 'other'] as const

export type Told = 'no' | 'queued' | 'told' | 'undelivered'
export const toldStates = ['no', 'queued', 'told', 'undelivered'] as const satisfies readonly Told[]

/** What became of one phase at one customer. `tried`: contacts written to, the last one last. */
export type PhaseDelivery = {
  number: number
  state: 'queued' | 'told' | 'undelivered'
  at: Date | null
  /** The mail that reached it. */
  mail: string | null
  tried: string[]
  /** Why it was not reached: a key below `breaches:undelivered`. */
  because: string | null
}

export type CallOutcome = 'told' | 'no-answer' | 'message-left' | 'call-back' | 'wrong-number'
export const callOutcomes = [
  'told',
  'no-answer',
  'message-left',
  'call-back',
  'wrong-number',
] as const satisfies readonly CallOutcome[]

/** `by`: the person on staff who called. */
export type Call = {
  id: string
  at: Date
  by: string
  spokeWith: string
  number: string
  outcome: CallOutcome
  note: string
}

/** Told by another channel, as staff registered it. */
export type Registered = {
  at: Date
  how: 'digital-post' | 'letter' | 'other'
  phase: number
  file: string | null
}

export type Question = {
  id: string
  at: Date
  contact: string
  name: string
  text: string
  answer: { at: Date; by: string; text: string } | null
}

export type Receipt = { phase: number; at: Date; contact: string; name: string }

export type AffectedCustomer = {
  /** `${breach}/${customer}` */
  _id: string
  breach: string
  breachReference: string
  customer: string
  customerReference: string
  customerName: string
  sortKey: string
  tokens: string[]
  services: string[]
  standing: 'affected' | 'left-out'
  /** Why staff added it or left it out; null where it followed from the services it bought. */
  because: string | null
  /** Engagements of the breach that had none of its data: where these are all, it is proposed as left out. */
  unused?: Unused[]
  /** When we learnt that it is affected, where that was later than of the breach: its hours run from then. */
  foundAt?: Date | null
  /** The hours agreed with it, and the last instant of them; null where clause 10 does not apply (D.2.2). */
  hours: number | null
  until: Date | null
  told: Told
  toldAt: Date | null
  toldHow: How | null
  /** The last phase that is on its way to it or has come. */
  phase: number
  latest: Told
  phases: PhaseDelivery[]
  calls: Call[]
  registered: Registered[]
  receipts: Receipt[]
  questions: Question[]
  /** A question nobody has answered. */
  asks: boolean
  /** Those to be called first: not told, then by their last instant, then by name. */
  order: string
  sample: boolean
} & Moved

export function affectedId(breach: string, customer: string): string {
  return `${breach}/${customer}`
}

export function orderOf({
  told,
  until,
  sortKey,
  customerReference,
}: Pick<AffectedCustomer, 'told' | 'until' | 'sortKey' | 'customerReference'>): string {
  return `${told === 'told' ? '1' : '0'}${until?.toISOString() ?? ''} ${sortKey} ${customerReference}`
}

/**
 * Those of the services that the customer bought while it was going on. Data stay for a while where a service has ended, so what
 * ended on the first day still counts.
 */
export function boughtThen(
  bought: readonly BoughtService[],
  endedOn: Day | null,
  services: readonly string[],
  { from, until }: { from: Day; until: Day },
): string[] {
  const last = (to: Day | null) => earliest(to, endedOn)
  return [
    ...new Set(
      bought
        .filter(({ service }) => services.includes(service))
        .filter((each) => {
          const to = last(each.to)
          return each.from <= until && (to === null || addDays(to, 1) > from)
        })
        .map(({ service }) => service),
    ),
  ]
}

function earliest(a: Day | null, b: Day | null): Day | null {
  if (a === null) return b
  return b === null || a < b ? a : b
}
