import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import { noticePeriodsFor } from '../../customers/actions.js'
import { searcher, searchTokens } from '../../db/keys.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { subProcessorsAgreed } from '../../register/actions.js'
import type { GapQuery } from '../form.js'
import type { GapRow } from '../page.js'
import { inOrderOfGap, judgeGap, longestNeeded, neededFor, type Gap, type Needed } from '../rules.js'
import { handlingDays } from './handling.js'

const pageSize = 50

/** Every sub-processor of ours with the gap between its notice and ours, worst first. */
export async function contractGaps(context: Context): Promise<GapRow[]> {
  const [engagements, days] = await Promise.all([subProcessorsAgreed(), handlingDays()])
  const judge = gapJudge(context.today, days)
  const rows = await Promise.all(
    engagements.map(async (engagement) => ({
      engagement,
      name: engagement.vendorName,
      gap: await judge(engagement.services, engagement.theirNotice),
    })),
  )
  return inOrderOfGap(rows)
}

/** A page of them, as the address asks. */
export async function gapsToShow(
  context: Context,
  query: GapQuery,
): Promise<{ rows: GapRow[]; count: number; pages: number; counts: Map<string, number>; all: number }> {
  const all = await contractGaps(context)
  const found = matching(all, query)
  const counts = new Map<string, number>()
  for (const { gap } of all) counts.set(gap.state, (counts.get(gap.state) ?? 0) + 1)
  const from = (query.page - 1) * pageSize
  return {
    rows: found.slice(from, from + pageSize),
    count: found.length,
    pages: Math.max(1, Math.ceil(found.length / pageSize)),
    counts,
    all: all.length,
  }
}

export function matching(rows: readonly GapRow[], { q, state }: Pick<GapQuery, 'q' | 'state'>): GapRow[] {
  const finds = searcher(q)
  return rows.filter(({ engagement, gap }) => {
    if (state !== null && gap.state !== state) return false
    const { reference, vendorName, activity } = engagement
    const tokens = searchTokens(reference, vendorName, activity.da, activity.en)
    return finds(tokens)
  })
}

/** For one engagement, on its page and before anything is signed. */
export async function gapOf(
  context: Context,
  engagement: { services: readonly string[]; theirNotice?: NoticePeriod },
): Promise<{ gap: Gap; days: number }> {
  const days = await handlingDays()
  return { gap: await gapJudge(context.today, days)(engagement.services, engagement.theirNotice), days }
}

/** Periods are asked for once for each choice of services. */
function gapJudge(today: Day, days: number) {
  const longest = new Map<string, Promise<Needed | null>>()
  return async (services: readonly string[], theirs: NoticePeriod | undefined): Promise<Gap> => {
    const place = services.toSorted().join()
    const asked =
      longest.get(place) ??
      noticePeriodsFor(services).then((periods) =>
        longestNeeded(
          periods.map((period) =>
            workedOut(neededOn, [today, days, words(period)], () =>
              neededFor(period, days, today, danishDateRules),
            ),
          ),
        ),
      )
    longest.set(place, asked)
    const needed = await asked
    return workedOut(gapsOn, [today, days, words(theirs), words(needed?.period)], () =>
      judgeGap(theirs, needed, days, today, danishDateRules),
    )
  }
}

// A year of days takes some tens of milliseconds, and the same question has the same answer all day.
const neededOn = new Map<string, Needed>()
const gapsOn = new Map<string, Gap>()
const mostKept = 500

function workedOut<Answer>(known: Map<string, Answer>, question: unknown[], work: () => Answer): Answer {
  const key = question.join(' ')
  const answer = known.get(key) ?? work()
  if (known.size > mostKept) known.clear()
  known.set(key, answer)
  return answer
}

function words(period: NoticePeriod | undefined): string {
  return period === undefined ? '-' : `${period.length} ${period.unit}`
}
