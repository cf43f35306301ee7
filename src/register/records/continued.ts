import type { Engagement } from '../rules.js'
import { EngagementModel } from './engagements.js'

/** The changed ones planned for an engagement, or that took its place. */
export async function engagementsContinuing(engagement: string): Promise<Engagement[]> {
  return EngagementModel.find({ continues: engagement }).sort({ reference: 1 }).lean<Engagement[]>()
}
