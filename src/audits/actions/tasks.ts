import type { Task } from '../../base/task.js'
import type { Day } from '../../base/day.js'
import { auditTasksOf } from '../page/tasks.js'
import { allAudits } from '../records/audits.js'
import { testsOf } from '../records/tests.js'

/** What staff has to do about the yearly audit, for the overview. */
export async function auditTasks(today: Day): Promise<Task[]> {
  const audits = await allAudits()
  const open = audits.filter(({ state }) => state === 'open')
  const year = Number(today.slice(0, 4))
  return auditTasksOf(
    await Promise.all(open.map(async (audit) => ({ audit, tests: await testsOf(audit._id) }))),
    { today, begun: audits.some((audit) => audit.year === year) },
  )
}
