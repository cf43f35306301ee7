import { addDays, type Day } from '../../base/day.js'

export type DutyKind = 'questionnaire' | 'statement' | 'follow-up' | 'data-centre'
export const dutyKinds = [
  'questionnaire',
  'statement',
  'follow-up',
  'data-centre',
] as const satisfies readonly DutyKind[]

/** Why it is owed; the page says it in words, with the clause. */
export type DutyWhy = 'yearly' | 'addition' | 'replacement' | 'agreed' | 'high-risk' | 'data-centre'

/**
 * not-due: more than 60 days left and nothing begun. owed: to be asked for. asked, answered: under way. reviewed: concluded, with
 * findings or a follow-up open. overdue: its day has passed. weaker: done, and less than the guidance suggests.
 */
export type DutyState = 'not-due' | 'owed' | 'asked' | 'answered' | 'reviewed' | 'overdue' | 'done' | 'weaker'
export const dutyStates = [
  'overdue',
  'owed',
  'asked',
  'answered',
  'reviewed',
  'weaker',
  'not-due',
  'done',
] as const satisfies readonly DutyState[]

export type Duty = {
  kind: DutyKind
  engagement: string
  why: DutyWhy
  /** As agreed with the vendor, beside C.8 or C.2 of our own agreement. */
  clause: string | null
  dueOn: Day
  /** What fulfils it, or is under way: references of questionnaires, statements, findings. */
  by: string[]
  state: DutyState
  /** How far it has come, whatever day it is: an overdue one may have been answered. */
  stage: Stage
}

export type Stage = 'nothing' | 'asked' | 'answered' | 'reviewed' | 'done'

/** From so many days before its last day a duty that nobody has begun is work to be done. */
export const noticeDays = 60

/** Where a duty that has come so far stands on the day. What is done is never overdue. */
export function stateOn(stage: Stage, dueOn: Day, today: Day): DutyState {
  if (stage === 'done' || stage === 'reviewed') return stage
  if (dueOn < today) return 'overdue'
  if (stage !== 'nothing') return stage
  return addDays(today, noticeDays) >= dueOn ? 'owed' : 'not-due'
}

/** The one that calls for somebody first. */
export function worst(states: readonly DutyState[]): DutyState {
  return dutyStates.find((state) => states.includes(state)) ?? 'done'
}

/** How a year goes, in four words: what the picture on the board counts. */
export type Progress = 'done' | 'under-way' | 'to-do' | 'overdue'
export const progresses = ['done', 'under-way', 'to-do', 'overdue'] as const satisfies readonly Progress[]

export function progressOf(state: DutyState): Progress {
  if (state === 'overdue') return 'overdue'
  if (state === 'done' || state === 'weaker') return 'done'
  return state === 'owed' || state === 'not-due' ? 'to-do' : 'under-way'
}
