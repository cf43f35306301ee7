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

/** Running engagements of our own whose contract turns in those days, with all its versions: what is coming is reckoned from them. */
export async function contractsToTurn(
  from: Day,
  to: Day,
): Promise<Pick<Engagement, '_id' | 'reference' | 'vendor' | 'contracts'>[]> {
  return EngagementModel.find(
    { contractTurnsOn: { $gte: from, $lte: to }, endedOn: null, parent: null },
    { reference: 1, vendor: 1, contracts: 1 },
  )
    .sort({ contractTurnsOn: 1 })
    .limit(mostToTurn)
    .lean<Engagement[]>()
}

/** More than anybody renews in three months. */
const mostToTurn = 100
