import type { Task } from '../../base/task.js'
import type { Day } from '../../base/day.js'
import { tasksOf } from '../rules/tasks.js'
import { openWork } from './show.js'

/** What staff has to do about questionnaires, for the dashboard. */
export async function questionnaireTasks(today: Day): Promise<Task[]> {
  return tasksOf(await openWork({ today }))
}
