import type { Task } from '../../base/task.js'
import type { Day } from '../../base/day.js'
import { tasksOf } from '../page.js'
import { statementsIn, statementsOverdue } from '../records.js'
import { centresNow } from './centres.js'
import { named } from './show.js'

const most = 100

/** What staff has to do about statements, for the overview. */
export async function statementTasks(today: Day): Promise<Task[]> {
  const [open, overdue, controls, centres] = await Promise.all([
    statementsIn('show:open', most),
    statementsOverdue(today, most),
    statementsIn('todo:cuecs', most),
    centresNow(today),
  ])
  return tasksOf(
    {
      open: await named(open),
      overdue: await named(overdue),
      controls: await named(controls),
      lacking: centres.filter(({ verdict, inUse }) => inUse && !verdict.ok).length,
    },
    today,
  )
}
