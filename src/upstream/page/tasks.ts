import type { Task } from '../../base/task.js'
import { addDays, daysBetween, type Day } from '../../base/day.js'
import { nextStep } from '../rules.js'
import type { Listed } from './list.js'
import { urlOf } from './words.js'

/** A week ahead something is due; before that it is coming up. */
const soon = 7

export function tasksOf(listed: readonly Listed[], today: Day): Task[] {
  return listed.flatMap((each) => [...objectTask(each, today), ...stepTask(each, today)])
}

/** While we may still object, and some customers would else get less than their notice. */
function objectTask({ notice, vendorName, short }: Listed, today: Day): Task[] {
  const { objectUntil, startsOn, objection } = notice
  const until = objectUntil ?? (startsOn === null ? null : addDays(startsOn, -1))
  if (!short || objection !== null || until === null || until < today) return []
  return [
    {
      severity: 'due',
      text: 'upstream:task.object',
      facts: { reference: notice.reference, vendor: vendorName ?? notice.reference, until },
      note: null,
      action: 'upstream:next.decide-objection',
      url: `${urlOf(notice)}#object`,
      post: false,
      on: until,
    },
  ]
}

function stepTask(listed: Listed, today: Day): Task[] {
  const { notice, vendorName, short } = listed
  const next = nextStep(notice, listed)
  // What asks us to decide whether to object stands there already.
  if (!next || (short && next.step === 'decide-objection')) return []
  const limit = next.step !== 'confirm' && !short && notice.objectUntil && notice.objection === null
  return [
    {
      severity: severityOf(next, today),
      text: `upstream:task.${next.step}`,
      facts: {
        reference: notice.reference,
        vendor: vendorName ?? notice.from ?? notice.reference,
        ...(notice.objectUntil ? { until: notice.objectUntil } : {}),
      },
      note: limit ? 'upstream:task-until' : null,
      action: `upstream:next.${next.step}`,
      url: next.step === 'confirm' ? `${urlOf(notice)}/edit` : urlOf(notice),
      post: false,
      on: next.by,
    },
  ]
}

function severityOf({ step, by }: { step: string; by: Day | null }, today: Day): Task['severity'] {
  if (by === null) return 'info'
  const left = daysBetween(today, by)
  // What only waits for them is no task of ours until their change begins.
  if ((step === 'close' || step === 'note-answer') && left > 0) return 'info'
  if (left < 0 && step !== 'confirm') return 'overdue'
  return left <= soon ? 'due' : 'info'
}
