import { model, Schema } from 'mongoose'
import type { Approval } from '../rules.js'

const schema = new Schema<Approval>(
  {
    _id: { type: String, required: true },
    customer: { type: String, required: true },
    engagement: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, default: null },
    kind: { type: String, required: true },
    notice: { type: String, default: null },
    endedBy: { type: String, default: null },
    recordedOn: String,
    earlier: { type: [Schema.Types.Mixed], default: undefined } as never,
    corrections: { type: [Schema.Types.Mixed], default: undefined } as never,
    lateFrom: String,
    lateUntil: String,
  },
  { versionKey: false },
)
schema.index({ customer: 1, engagement: 1, from: 1 }, { unique: true })
// Whole answers from the index: how many customers have it approved on a day, and who.
schema.index({ engagement: 1, from: 1, to: 1, customer: 1 })
// Who accepted it with its list at signing, in the order they did.
schema.index({ engagement: 1, kind: 1, from: 1, _id: 1, to: 1 })
// Ends that are known, to come or past.
schema.index({ to: 1, engagement: 1 }, { partialFilterExpression: { to: { $type: 'string' } } })
// Only what was entered late is in it: whether any list of a day may have shown otherwise on that day.
schema.index({ lateUntil: 1, lateFrom: 1 }, { partialFilterExpression: { lateUntil: { $exists: true } } })
export const ApprovalModel = model<Approval>('approval', schema)
