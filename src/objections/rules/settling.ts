/** How an objection ends: which outcomes there are, what each asks for, and what it lets go of. */
import { addDays, laterOf, type Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import {
  outcomes,
  type Confirmation,
  type Objection,
  type Outcome,
  type Release,
  type Remedy,
} from './objection.js'

type Requirement = {
  release: Release
  /** The file must say how it ended: what was done, dropped or offered. */
  note: boolean
  /** Only the customer can say that a remedy will do, or take back what it said (EDPB 07/2020, para 157): its words must be on file. */
  confirmation: boolean
  endDay: boolean
}

export const requirements: Record<Outcome, Requirement> = {
  'withdrawn-by-customer': { release: 'cleared', note: true, confirmation: true, endDay: false },
  remedied: { release: 'cleared', note: true, confirmation: true, endDay: false },
  'customer-exempted': { release: 'exempted', note: false, confirmation: false, endDay: false },
  'change-dropped': { release: 'dropped', note: true, confirmation: false, endDay: false },
  'termination-offered': { release: null, note: true, confirmation: false, endDay: false },
  'agreement-ended': { release: 'ended', note: false, confirmation: false, endDay: true },
}

/** What leaves one customer out; there is no such thing where customers cannot be kept apart: the whole notice is withdrawn instead. */
const leavingOut: readonly Outcome[] = ['customer-exempted', 'change-dropped']

/** Which outcomes the case can be given now. An offer of termination is not the end: any outcome but itself may follow. */
export function outcomesOpenTo(objection: Pick<Objection, 'state' | 'outcome' | 'together'>): Outcome[] {
  const open = outcomesByState(objection)
  return objection.together ? open.filter((outcome) => !leavingOut.includes(outcome)) : open
}

function outcomesByState(objection: Pick<Objection, 'state' | 'outcome'>): Outcome[] {
  switch (objection.state) {
    case 'received':
      // Without an assessment on file only the customer's own step ends it.
      return ['withdrawn-by-customer']
    case 'assessed':
      return [...outcomes]
    case 'settled':
      return objection.outcome === 'termination-offered'
        ? outcomes.filter((outcome) => outcome !== 'termination-offered')
        : []
  }
}

export function isClosed(objection: Pick<Objection, 'state' | 'outcome'>): boolean {
  return outcomesOpenTo(objection).length === 0
}

export type Assessment = { owner: string; answerBy: Day; assessment: string }

export function assess(objection: Objection, input: Assessment, today: Day): Partial<Objection> {
  if (isClosed(objection)) throw new Refused('objection-settled', { reference: objection.reference })
  return {
    ...input,
    state: objection.state === 'received' ? 'assessed' : objection.state,
    assessedOn: objection.assessedOn ?? today,
  }
}

export type Settlement = {
  /** The customer's own step on its page is its own evidence; what staff writes down must say how it is known. */
  by: 'contact' | 'staff'
  outcome: Outcome
  note: string | null
  files: string[]
  confirmation: Confirmation | null
  endsOn: Day | null
}

/** Whether a contact may take an objection back or say that a remedy meets it: who raised it, or who may decide for the customer. */
export function mayEnd(
  objection: Pick<Objection, 'raisedBy'>,
  contact: { mayApprove: boolean },
  raisedIt: boolean,
): boolean {
  return contact.mayApprove || (objection.raisedBy.kind === 'contact' && raisedIt)
}

export function settle(objection: Objection, input: Settlement, today: Day): Partial<Objection> {
  const { reference } = objection
  const open = outcomesOpenTo(objection)
  if (open.length === 0) throw new Refused('objection-settled', { reference })
  if (!open.includes(input.outcome)) throw new Refused(reasonNotOpen(objection, input.outcome), { reference })
  const needs = requirements[input.outcome]
  if (needs.note && input.by === 'staff' && !input.note)
    throw new Refused('outcome-note-missing', { reference })
  if (needs.confirmation && !confirmationHolds(input))
    throw new Refused('confirmation-missing', { reference })
  if (needs.endDay && input.endsOn === null) throw new Refused('end-day-missing', { reference })
  return {
    state: 'settled',
    blocking:
      needs.release === null ||
      (input.endsOn !== null && releaseDay(input.outcome, input.endsOn, today) > today),
    outcome: input.outcome,
    outcomeOn: today,
    outcomeNote: input.note,
    outcomeFiles: [...objection.outcomeFiles, ...input.files],
    confirmation: needs.confirmation ? input.confirmation : null,
    endsOn: needs.endDay ? input.endsOn : null,
    unfinished: { step: 'settled', from: today },
  }
}

/** The day from which the outcome lets go. An agreement that ends binds through its last day; all else lets go at once. */
export function releaseDay(outcome: Outcome, endsOn: Day | null, settledOn: Day): Day {
  return requirements[outcome].endDay && endsOn !== null ? laterOf(addDays(endsOn, 1), settledOn) : settledOn
}

function reasonNotOpen({ state, together }: Objection, outcome: Outcome): string {
  if (together && leavingOut.includes(outcome)) return 'together-leaves-nobody-out'
  return state === 'received' ? 'objection-not-assessed' : 'outcome-not-open'
}

// A code is typed by a contact on its page; what staff registers needs the customer's own words as a file.
function confirmationHolds({ by, confirmation }: Settlement): boolean {
  return confirmation?.kind === (by === 'contact' ? 'code' : 'file')
}

/** Puts a remedy to the customer: it confirms on its page, or staff files its written words. Throws `Refused`. */
export function proposeRemedy(objection: Objection, remedy: Remedy): Partial<Objection> {
  const { reference } = objection
  if (isClosed(objection)) throw new Refused('objection-settled', { reference })
  if (objection.state === 'received') throw new Refused('objection-not-assessed', { reference })
  return { remedy }
}

/**
 * The outcome of an open objection whose object is gone: the notice was withdrawn, the customer exempted over another
 * objection, or no customer any more. Null while there is still something to settle.
 */
export function mootOutcome(recipient: {
  state: string
  endedOn: Day | null
}): { outcome: Outcome; endsOn: Day | null } | null {
  switch (recipient.state) {
    case 'withdrawn':
      return { outcome: 'change-dropped', endsOn: null }
    case 'exempted':
      return { outcome: 'customer-exempted', endsOn: null }
    case 'left':
      return {
        outcome: 'agreement-ended',
        endsOn: recipient.endedOn === null ? null : addDays(recipient.endedOn, -1),
      }
    default:
      return null
  }
}

export function settleMoot(
  { outcome, endsOn }: { outcome: Outcome; endsOn: Day | null },
  today: Day,
): Partial<Objection> {
  return {
    state: 'settled',
    blocking: false,
    outcome,
    outcomeOn: today,
    endsOn,
    unfinished: { step: 'settled', from: today },
  }
}
