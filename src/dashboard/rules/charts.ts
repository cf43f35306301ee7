import type { Day } from '../../base/day.js'
import { mappedCountries, footings, type Footing, type Mapped } from '../../transfers/rules/map.js'
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

/** Sub-processors by the weakest of what they stand on; `unknown`: nobody has said where data are. */
export type ByFooting = { footing: Footing | 'unknown'; count: number }[]

export function byFooting(law: Law, records: readonly Mapped[], day: Day): ByFooting {
  const counts = new Map<Footing | 'unknown', number>()
  for (const record of records) {
    const footing = mappedCountries(law, [record], day, true)[0]?.footing ?? 'unknown'
    counts.set(footing, (counts.get(footing) ?? 0) + 1)
  }
  return (['unknown', ...footings] as const).flatMap((footing) => {
    const count = counts.get(footing) ?? 0
    return count === 0 ? [] : [{ footing, count }]
  })
}
