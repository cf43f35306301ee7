import { tasksOf, type UseTask } from '../page.js'
import { findingsToShow, openToList } from './show.js'

/** What staff has to do about use without permission, for the dashboard. */
export async function unpermittedUseTasks(): Promise<UseTask[]> {
  const [cases, found] = await Promise.all([openToList(), findingsToShow()])
  return tasksOf(cases, found)
}
