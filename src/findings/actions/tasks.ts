import type { Task } from '../../base/task.js'
import type { Day } from '../../base/day.js'
import { tasksOf } from '../page/tasks.js'
import { openFindings } from '../records.js'

const mostTasks = 200

/** What staff has to do about findings, for the overview. */
export async function findingTasks(today: Day): Promise<Task[]> {
  return tasksOf(await openFindings(mostTasks), today)
}
