import type { Task } from '../../base/task.js'
import type { Day } from '../../base/day.js'
import { tasksOf } from '../page.js'
import { openToList } from './show.js'

/** What staff has to do about sub-processors' own notices, for the dashboard. */
export async function upstreamTasks(today: Day): Promise<Task[]> {
  return tasksOf(await openToList(today), today)
}
