import { model, Schema } from 'mongoose'
import type { Day } from '../../base/day.js'
import type { Finding } from '../rules.js'

const findingSchema = new Schema(
  {
    _id: { type: String, required: true },
    engagementReference: String,
    vendorName: String,
    count: Number,
    first: [Schema.Types.Mixed],
    since: String,
    foundOn: String,
    sample: { type: Boolean, default: false },
  },
  { versionKey: false },
)
findingSchema.index({ since: 1, _id: 1 })
findingSchema.index({ foundOn: 1 })
findingSchema.index({ sample: 1 })
const Findings = model<Finding>('unpermitted-finding', findingSchema as unknown as Schema<Finding>)

/** What Tilsyn found by itself, the longest first; what is no longer found goes. */
export async function keepFindings(found: readonly Finding[], foundOn: Day): Promise<void> {
  const writes = found.map((finding) => ({
    replaceOne: { filter: { _id: finding._id }, replacement: finding, upsert: true },
  }))
  if (writes.length > 0) await Findings.bulkWrite(writes, { ordered: false })
  await Findings.deleteMany({ _id: { $nin: found.map(({ _id }) => _id) }, foundOn: { $lte: foundOn } })
}

export async function keepFinding(engagement: string, finding: Finding | null): Promise<void> {
  if (finding) await Findings.replaceOne({ _id: engagement }, finding, { upsert: true })
  else await Findings.deleteOne({ _id: engagement })
}

const mostFindings = 200

export async function findings(): Promise<Finding[]> {
  return Findings.find({}).sort({ since: 1, _id: 1 }).limit(mostFindings).lean<Finding[]>()
}
