/** The moves of a departure as a whole; each throws `Refused` where it may not be made. */
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { Choice, Confirmation, Departure, Handling } from './departure.js'
import { derivedFrom, openPoints } from './points.js'
import { nextReminder } from './reminders.js'

export type DepartureChange = Partial<Omit<Departure, '_id' | 'reference' | 'once' | 'version' | 'moves'>>

/** With these points; what follows from them is kept beside them. */
export function withPoints(departure: Departure, points: Departure['points'], today: Day): DepartureChange {
  const derived = derivedFrom(points)
  const whole = derived.state === 'confirmed'
  return {
    points,
    ...derived,
    confirmedOn: whole ? (departure.confirmedOn ?? today) : null,
    remindOn: openPoints(points).some(({ state }) => state === 'asked')
      ? (departure.remindOn ?? nextReminder(derived.dueOn, today))
      : null,
  }
}

/**
 * 28(3)(g): the choice is the customer's, until its data are being deleted. What is kept in backups alone is deleted either way.
 */
export function chosen(departure: Departure, choice: Choice): DepartureChange {
  refuseEnded(departure)
  if (departure.customer === null) throw new Refused('departure-nobody-chooses')
  if (choice.by === 'customer' && !mayChoose(departure, choice.on))
    throw new Refused('departure-choice-over', { day: departure.chooseBy ?? departure.endedOn })
  if (departure.points.some(({ askedOn, state }) => askedOn !== null || state === 'done'))
    throw new Refused('departure-already-asked')
  return {
    choice,
    points: departure.points.map((point) =>
      point.id === 'own-backups' ? point : { ...point, handling: choice.handling },
    ),
  }
}

export function mayChoose(
  { chooseBy, points, running }: Pick<Departure, 'chooseBy' | 'points' | 'running'>,
  today: Day,
): boolean {
  return (
    running &&
    chooseBy !== null &&
    today <= chooseBy &&
    points.every(({ askedOn, state }) => askedOn === null && state !== 'done')
  )
}

/** Nobody is told to delete what the customer may still want back. */
export function refuseWhileChoosing(departure: Departure, today: Day): void {
  const { choice, chooseBy } = departure
  if (choice.by === 'agreement' && chooseBy !== null && today <= chooseBy)
    throw new Refused('departure-customer-chooses', { day: chooseBy })
}

/** Nothing closes with open points; a customer has the last word in hand before it does. */
export function closed(departure: Departure, today: Day): DepartureChange {
  refuseEnded(departure)
  const open = openPoints(departure.points).length
  if (open > 0) throw new Refused('departure-points-open', { count: open })
  if (departure.state === 'with-exceptions') throw new Refused('departure-retention-runs')
  if (departure.customer !== null && !departure.confirmations.some(({ final }) => final))
    throw new Refused('departure-not-confirmed')
  return { state: 'closed', running: false, remindOn: null, followUpOn: null, closedOn: today }
}

export function calledOff(departure: Departure, because: string, today: Day): DepartureChange {
  refuseEnded(departure)
  if (departure.points.some(({ state }) => state === 'done' || state === 'retained'))
    throw new Refused('departure-partly-done')
  return {
    state: 'called-off',
    running: false,
    remindOn: null,
    followUpOn: null,
    calledOff: { on: today, because },
  }
}

/** A confirmation may be made once nothing is open; another, once something has ended since. */
export function mayConfirm(
  departure: Pick<Departure, 'state' | 'customer' | 'running' | 'confirmations'>,
): boolean {
  const { state, customer, running, confirmations } = departure
  if (customer === null || !running) return false
  if (state === 'confirmed') return !confirmations.some(({ final }) => final)
  return state === 'with-exceptions' && confirmations.length === 0
}

export function confirmed(departure: Departure, confirmation: Confirmation): DepartureChange {
  if (!mayConfirm(departure))
    throw new Refused(
      departure.state === 'open' || departure.state === 'asked'
        ? 'departure-points-open'
        : 'departure-confirmed-already',
      { count: openPoints(departure.points).length },
    )
  return { confirmations: [...departure.confirmations, confirmation] }
}

export function refuseEnded({ running, reference }: Pick<Departure, 'running' | 'reference'>): void {
  if (!running) throw new Refused('departure-ended', { reference })
}

/** What is asked of the customer before it has said anything. */
export function byAgreement(on: Day, handling: Handling = 'delete'): Choice {
  return { handling, by: 'agreement', on, name: null }
}
