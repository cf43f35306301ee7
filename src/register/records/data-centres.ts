import type { Engagement } from '../rules.js'
import { EngagementModel } from './engagements.js'

export type Colocated = Pick<Engagement, '_id' | 'reference' | 'vendor' | 'role' | 'places'>

/** Engagements that have not ended and have a data centre among their places, in the order of their references. */
export async function engagementsInDataCentres(): Promise<Colocated[]> {
  const fields = { reference: 1, vendor: 1, role: 1, places: 1 } as const
  return EngagementModel.find({ 'places.kind': 'data-centre', endedOn: null }, fields)
    .sort({ reference: 1 })
    .lean<Colocated[]>()
}
