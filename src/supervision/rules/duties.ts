import { addDays, addMonths, earlierOf, isWithin, laterOf, type Day, type Period } from '../../base/day.js'
import { isOfPeriod } from '../../questionnaires/rules/period.js'
import { stateOn, type Duty, type Stage } from './duty.js'
import { suffices, type Concept } from './model.js'
import {
  yearBefore,
  endOfMonthAfter,
  middleOf,
  ranIn,
  withinPeriod,
  type Asked,
  type Changes,
  type Found,
  type Held,
  type Supervised,
} from './standing.js'

/** A new sub-processor is asked within so many days of the first day it is permitted or in use. */
const settlingDays = 30

/**
 * What one engagement owes in a year (DPA C.8 and C.2), and how far it has come; a year may also be one from 1 July to 30 June.
 * Yearly is agreed for statements only; that the questionnaire is yearly too is our reading, and holds whatever the points are.
 *
 * What begins within the year owes the questionnaire of an addition or replacement, which is also the year's; a statement only if it
 * began in the first half, since a report on a shorter time than half a year is no yearly one. What ended owes what fell due before.
 */
export function dutiesOf(engagement: Supervised, year: Period, changes: Changes, today: Day): Duty[] {
  if (!ranIn(engagement, year)) return []
  const own = ownOf(engagement, changes)
  const found = [
    questionnaireDuty(engagement, year, own, today),
    statementDuty(engagement, year, own, today),
    followUpDuty(engagement, year, own, today),
    dataCentreDuty(engagement, year, today),
  ].filter((duty): duty is Duty => duty !== null)
  const { endedOn } = engagement
  const standing = found.filter(
    ({ dueOn, stage }) => endedOn === null || dueOn < endedOn || stage === 'reviewed' || stage === 'done',
  )
  return markWeaker(engagement, standing, reachedIn(engagement, year, changes, today))
}

function ownOf({ id }: Supervised, { asked, held, found, acts }: Changes): Changes {
  return {
    asked: asked.filter(({ engagements }) => engagements.includes(id)),
    // Statements are the vendor's: they count for each of its engagements.
    held,
    found: found.filter(({ engagements }) => engagements.length === 0 || engagements.includes(id)),
    acts: acts.filter(({ engagement }) => engagement === id),
  }
}

function questionnaireDuty(
  { id, begunOn, replaces }: Supervised,
  year: Period,
  { asked, found }: Changes,
  today: Day,
): Duty | null {
  if (begunOn === null) return null
  const isNew = begunOn >= year.from
  const why = !isNew ? 'yearly' : replaces ? 'replacement' : 'addition'
  // Twelve months after the last, to the end of that month; where there was none in the year before, by the end of this.
  const last = asked
    .filter((each) => isOfPeriod(each, yearBefore(year)))
    .flatMap(({ submittedOn }) => submittedOn ?? [])
    .toSorted()
    .at(-1)
  const dueOn = isNew
    ? addDays(begunOn, settlingDays)
    : last === undefined
      ? year.to
      : withinPeriod(year, endOfMonthAfter(last, 12))
  const present = furthest(asked.filter((each) => isOfPeriod(each, year)))
  const stage = present ? stageOf(present, found) : 'nothing'
  return {
    kind: 'questionnaire',
    engagement: id,
    why,
    clause: null,
    dueOn,
    by: present ? [present.reference] : [],
    state: stateOn(stage, dueOn, today),
    stage,
  }
}

const askedStages: Record<Asked['state'], Stage> = {
  prepared: 'nothing',
  asked: 'asked',
  submitted: 'answered',
  concluded: 'done',
}

function stageOf({ state }: Asked, found: readonly Found[]): Stage {
  const stage = askedStages[state]
  return stage === 'done' && found.some(({ closedOn }) => closedOn === null) ? 'reviewed' : stage
}

/** Of several the one that has come furthest, and of these the last. */
function furthest(asked: readonly Asked[]): Asked | null {
  const order: Asked['state'][] = ['prepared', 'asked', 'submitted', 'concluded']
  return asked.reduce<Asked | null>(
    (best, each) => (best && order.indexOf(best.state) > order.indexOf(each.state) ? best : each),
    null,
  )
}

function statementDuty(
  { id, begunOn, assurance }: Supervised,
  year: Period,
  { held }: Changes,
  today: Day,
): Duty | null {
  if (!assurance?.owed || begunOn === null || begunOn > middleOf(year)) return null
  const present = heldIn(held, year)
  // The next one is expected sixteen months after the last period's end: twelve, and four for the auditor.
  const expected = held
    .filter(({ state, receivedOn }) => isTaken(state) && receivedOn !== null && receivedOn < year.from)
    .flatMap(({ expectedOn, periodEnd }) => expectedOn ?? (periodEnd ? addMonths(periodEnd, 16) : []))
    .toSorted()
    .at(-1)
  const dueOn = expected === undefined ? year.to : withinPeriod(year, expected)
  const stage = present ? heldStages[present.state] : 'nothing'
  return {
    kind: 'statement',
    engagement: id,
    why: 'agreed',
    clause: assurance.clause ?? null,
    dueOn,
    by: present ? [present.reference] : [],
    state: stateOn(stage, dueOn, today),
    stage,
  }
}

const heldStages: Record<Held['state'], Stage> = {
  rejected: 'nothing',
  unsent: 'nothing',
  requested: 'asked',
  received: 'answered',
  'follow-up': 'reviewed',
  accepted: 'done',
}

function isTaken(state: Held['state']): boolean {
  return state === 'accepted' || state === 'follow-up'
}

/** The year's statement: received in it, or asked for in it. The one that has come furthest; a rejected one is none. */
function heldIn(held: readonly Held[], year: Period): Held | null {
  const order: Held['state'][] = ['rejected', 'unsent', 'requested', 'received', 'follow-up', 'accepted']
  return held
    .filter(({ receivedOn, askedOn }) => isWithin(receivedOn ?? askedOn, year))
    .reduce<Held | null>(
      (best, each) => (best && order.indexOf(best.state) > order.indexOf(each.state) ? best : each),
      null,
    )
}

/** From 7 points what is open is looked at again in the middle of the year; without anything open there is nothing to look at. */
function followUpDuty(
  { id, begunOn, scored }: Supervised,
  year: Period,
  { found, acts }: Changes,
  today: Day,
): Duty | null {
  const dueOn = middleOf(year)
  if (scored?.band !== '7-10' || begunOn === null || begunOn > dueOn) return null
  const open = found.filter(
    ({ openedOn, closedOn }) => openedOn <= dueOn && (closedOn === null || closedOn >= year.from),
  )
  if (open.length === 0) return null
  const looked = acts.some(
    ({ kind, on }) => kind === 'follow-up' && on >= addMonths(year.from, 3) && on <= year.to,
  )
  const stage = looked || open.every(({ closedOn }) => closedOn !== null) ? 'done' : 'nothing'
  return {
    kind: 'follow-up',
    engagement: id,
    why: 'high-risk',
    clause: null,
    dueOn,
    by: open.map(({ reference }) => reference),
    state: stateOn(stage, dueOn, today),
    stage,
  }
}

/**
 * C.2: every data centre in use holds an ISAE 3402 type 2, at all times. Where one does not, that is overdue since it began or since
 * the last one ran out. It is asked of the present year only: what covered a place in an earlier one is on the statements' timeline.
 */
function dataCentreDuty({ id, begunOn, dataCentres }: Supervised, year: Period, today: Day): Duty | null {
  if (dataCentres.length === 0 || begunOn === null || !isWithin(today, year)) return null
  const lacking = dataCentres.filter(({ covered }) => !covered)
  const by = [...new Set(dataCentres.flatMap((centre) => centre.by ?? []))]
  const base = { kind: 'data-centre', engagement: id, why: 'data-centre', clause: null, by } as const
  if (lacking.length > 0) {
    const since = lacking.map(({ until }) => until ?? begunOn).toSorted()[0] ?? begunOn
    const dueOn = laterOf(since, begunOn)
    return { ...base, dueOn, state: dueOn >= today ? 'owed' : 'overdue', stage: 'nothing' }
  }
  const dueOn = dataCentres.flatMap(({ until }) => until ?? []).toSorted()[0] ?? year.to
  // It holds today; that the next one is on its way is work once the present one has two months left.
  return {
    ...base,
    dueOn,
    state: stateOn('nothing', dueOn, today) === 'owed' ? 'owed' : 'done',
    stage: 'done',
  }
}

/** Every concept that the year's supervision amounts to: what was concluded, not what was sent. */
export function reachedIn(engagement: Supervised, year: Period, changes: Changes, today: Day): Concept[] {
  const { asked, held, acts } = ownOf(engagement, changes)
  const end = earlierOf(year.to, today)
  const reached = new Set<Concept>()
  if (asked.some((each) => isOfPeriod(each, year) && each.state === 'concluded')) reached.add(3)
  for (const { state, concept, until, receivedOn } of held)
    if (isTaken(state) && receivedOn !== null && receivedOn <= end && (until === null || until >= end))
      reached.add(concept)
  if (acts.some(({ kind, on }) => kind === 'inspection' && isWithin(on, year))) reached.add(6)
  return [...reached].toSorted((a, b) => a - b)
}

/** Done by questionnaire alone where the points ask for an independent third party or our own inspection: weaker than the guidance. */
function markWeaker({ scored }: Supervised, duties: Duty[], reached: readonly Concept[]): Duty[] {
  if (scored === null || reached.some((concept) => suffices(concept, scored.band))) return duties
  return duties.map((duty) =>
    duty.kind === 'questionnaire' && duty.stage === 'done' ? { ...duty, state: 'weaker' } : duty,
  )
}
