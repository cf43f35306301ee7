import { daysBetween, type Day } from '../../base/day.js'
import type { Severity, Task } from '../../base/task.js'
import { isOverdue, mayConfirm, type Departure } from '../rules.js'
import { aboutOf, urlOf } from './words.js'

/** A week ahead something is due; before that it is coming up. */
const soon = 7

export type DepartureStep =
  'resumed' | 'tell' | 'ask' | 'own' | 'check' | 'wait' | 'confirm' | 'close' | 'choice' | 'retention'

/**
 * What comes next, and whose it is: of what waits for others nothing is ours to do until it is late. `resumed`: the registers no
 * longer say that it has ended.
 */
export function nextStep(departure: Departure, resumed: boolean, today: Day): DepartureStep | null {
  if (!departure.running) return null
  if (resumed) return 'resumed'
  const { points, customer, toldOn, choice, chooseBy, state, confirmations } = departure
  if (customer !== null && toldOn === null) return 'tell'
  if (points.some((point) => point.state === 'answered')) return 'check'
  if (mayConfirm(departure)) return 'confirm'
  if (state === 'confirmed' && (customer === null || confirmations.some(({ final }) => final))) return 'close'
  if (state === 'with-exceptions') return 'retention'
  const choosing = choice.by === 'agreement' && chooseBy !== null && today <= chooseBy
  if (choosing) return 'choice'
  if (points.some((point) => point.state === 'open' && point.vendor !== null)) return 'ask'
  return points.some((point) => point.state === 'open') ? 'own' : 'wait'
}

export function tasksOf(departures: readonly Departure[], resumed: ReadonlySet<string>, today: Day): Task[] {
  return departures.flatMap((departure): Task[] => {
    const step = nextStep(departure, resumed.has(departure._id), today)
    const late = isOverdue(departure, today)
    const waiting = step === 'wait' || step === 'choice' || step === 'retention'
    if (step === null || (waiting && !late)) return []
    return [
      {
        severity: severityOf(departure, step, late, today),
        text: `departures:task.${step}`,
        facts: { reference: departure.reference, about: aboutOf(departure), due: departure.dueOn },
        note: null,
        action: `departures:task-action.${step}`,
        url: urlOf(departure),
        post: false,
        on: departure.dueOn,
      },
    ]
  })
}

function severityOf(departure: Departure, step: DepartureStep, late: boolean, today: Day): Severity {
  if (late) return 'overdue'
  if (step === 'resumed') return 'blocked'
  const near = daysBetween(today, departure.dueOn) <= soon
  return near || step === 'tell' || step === 'check' || step === 'confirm' || step === 'ask' ? 'due' : 'info'
}
