import type { Locale } from '../../base/context.js'
import { dayOf, type Day } from '../../base/day.js'
import type { Task } from '../../base/task.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { endOf, tasksOf } from '../page/tasks.js'
import { openToList } from './show.js'

/** What staff has to do about breaches, for the overview: with the hours that are left. */
export async function breachTasks(now: Date, locale: Locale): Promise<Task[]> {
  return tasksOf(await openToList(), now, locale)
}

/** The days on which hours run out, for a calendar. */
export async function breachDates(): Promise<{ reference: string; day: Day; vendor: string | null }[]> {
  return (await openToList()).flatMap(({ breach, standing }) => {
    const end = endOf(breach, standing)
    const { reference, vendorName: vendor } = breach
    return end ? [{ reference, day: dayOf(end, danishDateRules.zone), vendor }] : []
  })
}
