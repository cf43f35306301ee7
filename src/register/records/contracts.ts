import type { Day } from '../../base/day.js'
import type { Engagement } from '../rules.js'
import { EngagementModel } from './engagements.js'

/** Engagements whose contract has turned by the day: another version counts, or none any more. */
export async function engagementsToTurn(today: Day, limit: number): Promise<Engagement[]> {
  return EngagementModel.find({ contractTurnsOn: { $lte: today } })
    .limit(limit)
    .lean<Engagement[]>()
}
