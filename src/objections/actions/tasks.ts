import type { Task } from '../../base/task.js'
import type { Day } from '../../base/day.js'
import { recipientsHeldPastTheirDays } from '../../notices/actions.js'
import { tasksOf } from '../page/tasks.js'
import { openObjections } from '../records.js'

const mostTasks = 200

/** What staff has to do about objections, for the dashboard. */
export async function objectionTasks(today: Day): Promise<Task[]> {
  const [open, waiting] = await Promise.all([
    openObjections(mostTasks),
    recipientsHeldPastTheirDays(today, mostTasks),
  ])
  return tasksOf(open, new Set(waiting.map(({ _id }) => _id)), today)
}
