import type { Day } from '../../base/day.js'
import { mappedCountries, footings, type Mapped } from '../../transfers/rules/map.js'
import type { Law } from '../../transfers/rules.js'

/** How the customers of a month's notices fared; `open`: use has not been permitted to them, so that nothing is kept or short yet. */
export type NoticeMonth = {
  month: number
  notices: number
  kept: number
  consent: number
  short: number
  open: number
  /** Notices to more customers than are counted here. */
  uncounted: number
}

/** How the customers of one notice fared. `counted`: false where there were more than are counted here. */
export type NoticeTally = Pick<NoticeMonth, 'kept' | 'consent' | 'short' | 'open'> & {
  reference: string
  issuedOn: Day
  counted: boolean
}

export function monthsOfNotices(tallies: readonly NoticeTally[]): NoticeMonth[] {
  return Array.from({ length: 12 }, (_, at): NoticeMonth => {
    const own = tallies.filter(({ issuedOn }) => Number(issuedOn.slice(5, 7)) === at + 1)
    const sum = (part: 'kept' | 'consent' | 'short' | 'open') =>
      own.reduce((all, tally) => all + tally[part], 0)
    return {
      month: at + 1,
      notices: own.length,
      kept: sum('kept'),
      consent: sum('consent'),
      short: sum('short'),
      open: sum('open'),
      uncounted: own.filter(({ counted }) => !counted).length,
    }
  })
}

export const standings = ['unknown', ...footings] as const
export type Standing = (typeof standings)[number]

/** Sub-processors by the weakest of what they stand on; `unknown`: nobody has said where data are. */
export type ByFooting = { footing: Standing; count: number }[]

function standingOf(law: Law, record: Mapped, day: Day): Standing {
  return mappedCountries(law, [record], day, true)[0]?.footing ?? 'unknown'
}

/** Each sub-processor once, in the order in which somebody has to look at them. */
export function byStanding(
  law: Law,
  records: readonly Mapped[],
  day: Day,
): { footing: Standing; of: Mapped[] }[] {
  const found = new Map<Standing, Mapped[]>()
  for (const record of records) {
    const footing = standingOf(law, record, day)
    const others = found.get(footing)
    if (others) others.push(record)
    else found.set(footing, [record])
  }
  return standings.flatMap((footing) => {
    const of = found.get(footing)
    return of ? [{ footing, of }] : []
  })
}
