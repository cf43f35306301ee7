import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import { noticePeriodsFor } from '../../customers/actions.js'
import type { LineInput } from '../form.js'
import { earliestStart } from '../rules/audience.js'
import { danishDateRules, isLongerPeriod, latestDayToSend } from '../rules/deadlines.js'
import { servicesOf } from '../rules/notice.js'
import { contentsOf } from './contents.js'
import { linesFrom } from './drafts.js'

/** For each period among the customers: when to send at the latest for the planned start, and the earliest start if sent now. */
export type StartRow = { period: NoticePeriod; sendBy: Day | null; earliest: Day; inTime: boolean }

/** The longest period first. Without lines, or with ones nobody is affected by, no rows. */
export async function reckonStart(
  context: Context,
  lines: readonly LineInput[],
  plannedStart: Day | null,
): Promise<StartRow[]> {
  const { lines: chosen } = await linesFrom(lines)
  const services = (await Promise.all(chosen.map(contentsOf))).flatMap(servicesOf)
  const periods = await noticePeriodsFor([...new Set(services)])
  return periods
    .toSorted((a, b) => (isLongerPeriod(a, b, context.today) ? -1 : 1))
    .map((period) => {
      const latest = plannedStart === null ? null : latestDayToSend(plannedStart, period, danishDateRules)
      const earliest = earliestStart(context.now, period, danishDateRules)
      return {
        period,
        sendBy: latest?.sendBy ?? null,
        earliest,
        inTime: plannedStart === null || earliest <= plannedStart,
      }
    })
}

/** The last day to send a notice of what is to begin on the day; null where the calendar has none. */
export function latestToSend(start: Day, period: NoticePeriod): Day | null {
  return latestDayToSend(start, period, danishDateRules)?.sendBy ?? null
}
