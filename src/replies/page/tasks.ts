import type { Task } from '../../base/task.js'
import type { Day } from '../../base/day.js'
import type { ReplyHead } from '../records.js'
import { urlOf } from './words.js'

const shown = 20

/** What waits to be read, each by itself while they are few. `names`: of who has a case in hand; `dayOf`: in the business' zone. */
export function tasksOf(
  waiting: readonly ReplyHead[],
  unmatched: { count: number; first: Date | null },
  { today, names, dayOf }: { today: Day; names: ReadonlyMap<string, string>; dayOf: (at: Date) => Day },
): Task[] {
  const plain = { note: null, post: false } as const
  const each = waiting.slice(0, shown).map((reply): Task => {
    const on = dayOf(reply.arrivedAt)
    return {
      ...plain,
      // It holds somebody up from the moment it came, and may be an objection that has to be answered.
      severity: on < today ? 'overdue' : reply.blocking ? 'blocked' : 'due',
      text: `replies:task.${reply.look ?? taskOf(reply)}`,
      ...toldOf(reply, names),
      action: 'replies:task.read',
      url: urlOf(reply),
      on,
    }
  })
  const more = waiting.length - each.length
  return [
    ...each,
    ...(more > 0
      ? [
          {
            ...plain,
            severity: 'blocked' as const,
            text: 'replies:task.more',
            facts: { count: more },
            action: 'replies:task.open',
            url: '/replies',
            on: today,
          },
        ]
      : []),
    ...(unmatched.first
      ? [
          {
            ...plain,
            severity: 'due' as const,
            text: 'replies:task.unmatched',
            facts: { count: unmatched.count },
            action: 'replies:task.open',
            url: '/replies?show=unmatched',
            on: dayOf(unmatched.first),
          },
        ]
      : []),
  ]
}

function taskOf({ about, state }: ReplyHead): string {
  if (about) return 'case'
  return state === 'unmatched' ? 'unsure' : 'waiting'
}

function toldOf(
  { part, about, mayConcern }: ReplyHead,
  names: ReadonlyMap<string, string>,
): Pick<Task, 'facts' | 'note'> {
  const owner = names.get(about?.owner ?? '')
  return {
    facts: {
      customer: part?.customerName ?? about?.party ?? '',
      notice: part?.noticeReference ?? about?.reference ?? '',
      ...(owner ? { owner } : {}),
      ...(mayConcern && !part ? { count: mayConcern.length } : {}),
    },
    note: owner ? 'replies:task.owner' : null,
  }
}
