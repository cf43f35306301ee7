import type { Day } from '../../base/day.js'
import type { Engagement } from '../rules.js'
import { EngagementModel } from './engagements.js'

/** Engagements whose contract has turned by the day: another version counts, or none any more. */
export async function engagementsToTurn(today: Day, limit: number): Promise<Engagement[]> {
  return EngagementModel.find({ contractTurnsOn: { $lte: today } })
    .limit(limit)
    .lean<Engagement[]>()
}

/** Running engagements whose contract turns in those days: another version begins to count, or the present one ends. */
export async function contractsTurning(
  from: Day,
  to: Day,
): Promise<Pick<Engagement, '_id' | 'reference' | 'contractTurnsOn'>[]> {
  return EngagementModel.find(
    { contractTurnsOn: { $gte: from, $lte: to }, endedOn: null },
    { reference: 1, contractTurnsOn: 1 },
  ).lean<Engagement[]>()
}
