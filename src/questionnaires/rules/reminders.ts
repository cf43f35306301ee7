import { addDays, type Day } from '../../base/day.js'
import type { Move } from '../../db/moves.js'
import type { Questionnaire } from './questionnaire.js'

/** In days from the due date: negative before, positive after. `escalate`: when the data protection officer is told. */
export type ReminderDays = { offsets: readonly number[]; escalate: number }

export const usualReminders: ReminderDays = { offsets: [-14, -3, 3, 14], escalate: 14 }

export type Asked = Pick<
  Questionnaire,
  'state' | 'round' | 'dueOn' | 'delivery' | 'remindersStopped' | 'reminded' | 'escalated' | 'moves'
>

/** Moves after which a mail with the link goes to the one who is to answer. */
const askings = [
  'questionnaire.asked',
  'questionnaire.sent-again',
  'questionnaire.owner-changed',
  'questionnaire.sent-back',
]

/** Which mail that asks is the present one, counted from 1: a part of its key. */
export function askingNumber({ moves }: Pick<Questionnaire, 'moves'>): number {
  return moves.filter(({ event }) => askings.includes(event)).length
}

/** The move that the present mail followed. */
export function lastAsking({ moves }: Pick<Questionnaire, 'moves'>): Move | undefined {
  return moves.findLast(({ event }) => askings.includes(event))
}

/** The day it was last asked: nobody is reminded on that day. */
function askedOn(questionnaire: Pick<Questionnaire, 'moves'>): Day | null {
  const last = lastAsking(questionnaire)
  if (!last) return null
  const { on } = last.facts
  return typeof on === 'string' ? on : last.at.toISOString().slice(0, 10)
}

/**
 * The reminder that is due by now, in days from the due date; null for none. After days of standing still only the newest goes:
 * three reminders on one morning help nobody. One whose day is not after the day it was asked would come with the questionnaire.
 * A questionnaire whose mail nobody took is not reminded of: another contact is to be found first.
 */
export function remindersDue(
  questionnaire: Asked,
  today: Day,
  days: ReminderDays = usualReminders,
): number | null {
  const { state, delivery, remindersStopped, dueOn, round, reminded } = questionnaire
  const asked = askedOn(questionnaire)
  if (state !== 'asked' || delivery !== 'accepted' || remindersStopped !== null || asked === null) return null
  const newest = days.offsets
    .filter((offset) => addDays(dueOn, offset) <= today && addDays(dueOn, offset) > asked)
    .reduce<number | null>((last, offset) => (last === null || offset > last ? offset : last), null)
  if (newest === null || today === asked) return null
  const done = reminded !== null && reminded.round === round && reminded.dueOn === dueOn
  return done && reminded.offset >= newest ? null : newest
}

/** Whether the data protection officer is told now: once for each due date. */
export function escalationDue(
  { state, dueOn, escalated, remindersStopped }: Asked,
  today: Day,
  { escalate }: ReminderDays = usualReminders,
): boolean {
  return (
    state === 'asked' && escalated === null && remindersStopped === null && addDays(dueOn, escalate) <= today
  )
}

/** The next reminder there will be, for the page; null for none. */
export function nextReminder(
  questionnaire: Asked,
  today: Day,
  { offsets }: ReminderDays = usualReminders,
): Day | null {
  if (questionnaire.state !== 'asked' || questionnaire.remindersStopped !== null) return null
  return (
    offsets
      .map((offset) => addDays(questionnaire.dueOn, offset))
      .filter((day) => day > today)
      .toSorted()[0] ?? null
  )
}
