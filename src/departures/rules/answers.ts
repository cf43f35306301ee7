/** What is said about points of the checklist, by those asked and by us. */
import { addMonths, type Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { Departure, Point, PointAnswer } from './departure.js'
import type { KnownRetention } from './settings.js'

/** A sub-processor, or one of us for it, says what was done at these points. */
export function answered(points: readonly Point[], ids: readonly string[], answer: PointAnswer): Point[] {
  return changing(points, ids, (point) => {
    if (point.state === 'done' || point.state === 'left-out') throw new Refused('departure-point-settled')
    return {
      ...point,
      state: 'answered',
      answer,
      earlier: point.answer ? [...point.earlier, point.answer] : point.earlier,
      sentBack: null,
    }
  })
}

/** We take it as it is. Clause 7.6: towards the customer the answer is ours. */
export function accepted(points: readonly Point[], ids: readonly string[], today: Day): Point[] {
  return changing(points, ids, (point) => {
    if (point.state !== 'answered' || !point.answer) throw new Refused('departure-not-answered')
    return { ...point, state: point.answer.retention ? 'retained' : 'done', acceptedOn: today }
  })
}

export function sentBack(points: readonly Point[], ids: readonly string[], because: string): Point[] {
  return changing(points, ids, (point) => {
    if (point.state !== 'answered' || !point.answer) throw new Refused('departure-not-answered')
    return {
      ...point,
      state: point.kind === 'own' ? 'open' : 'asked',
      answer: null,
      earlier: [...point.earlier, point.answer],
      sentBack: because,
    }
  })
}

export function leftOut(points: readonly Point[], ids: readonly string[], because: string): Point[] {
  return changing(points, ids, (point) => {
    if (point.state === 'done' || point.state === 'retained') throw new Refused('departure-point-settled')
    return { ...point, state: 'left-out', because }
  })
}

export function takenUpAgain(points: readonly Point[], ids: readonly string[]): Point[] {
  return changing(points, ids, (point) =>
    point.state === 'left-out' ? { ...point, state: 'open', because: null } : point,
  )
}

/** What the law kept until yesterday is to be deleted now, and confirmed like everything else. */
export function followUp(
  points: readonly Point[],
  today: Day,
  dueOn: Day,
): { points: Point[]; ended: string[] } {
  const ended = points.filter(
    ({ state, answer }) => state === 'retained' && answer?.retention && answer.retention.until < today,
  )
  return {
    ended: ended.map(({ id }) => id),
    points: points.map((point) =>
      ended.includes(point) && point.answer
        ? {
            ...point,
            state: 'open',
            handling: 'delete',
            dueOn,
            askedOn: null,
            answer: null,
            earlier: [...point.earlier, point.answer],
            acceptedOn: null,
          }
        : point,
    ),
  }
}

/** The day stands in the future, before the end, or beyond what the rule allows. */
export function refuseAnswer(
  { endedOn }: Pick<Departure, 'endedOn'>,
  { on, retention }: Pick<PointAnswer, 'on' | 'retention'>,
  today: Day,
  known: KnownRetention | null,
): void {
  if (on > today) throw new Refused('departure-done-in-future')
  if (!retention) return
  if (retention.until <= today) throw new Refused('departure-retention-over')
  if (known && retention.until > addMonths(endedOn, known.months))
    throw new Refused('departure-retention-too-long', {
      months: known.months,
      until: addMonths(endedOn, known.months),
    })
}

function changing(
  points: readonly Point[],
  ids: readonly string[],
  change: (point: Point) => Point,
): Point[] {
  if (ids.length === 0 || ids.some((id) => !points.some((point) => point.id === id)))
    throw new Refused('departure-no-points')
  return points.map((point) => (ids.includes(point.id) ? change(point) : point))
}
