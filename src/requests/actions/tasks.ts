import type { Day } from '../../base/day.js'
import type { Task } from '../../base/task.js'
import { tasksOf } from '../page/tasks.js'
import { openRequests } from '../records.js'

const mostTasks = 200

/** What staff has to do about requests, for the overview. */
export async function requestTasks(today: Day): Promise<Task[]> {
  return tasksOf(await openRequests(mostTasks), today)
}
