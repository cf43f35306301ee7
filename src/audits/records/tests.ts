import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { nullable } from '../../db/fields.js'
import { insertNew } from '../../db/insert-new.js'
import { movedFields } from '../../db/moves.js'
import type { Test } from '../rules/audit.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    audit: { type: String, required: true },
    control: { type: String, required: true },
    area: { type: String, required: true },
    tester: nullable(String),
    methods: { type: [String], default: [] },
    sample: { type: Schema.Types.Mixed, default: () => ({ da: '', en: '' }) },
    testedOn: nullable(String),
    result: nullable(String),
    reason: { type: Schema.Types.Mixed, required: true },
    note: { type: String, default: '' },
    files: { type: [String], default: [] },
    operates: { type: Boolean, default: false },
    lastYear: nullable(Schema.Types.Mixed),
  },
  { versionKey: false, minimize: false },
)
schema.index({ audit: 1, _id: 1 })
export const Tests = model<Test>('audit-test', schema as unknown as Schema<Test>)
registerMoved(Tests)

/** A repeat changes nothing. */
export async function insertTests(tests: Test[]): Promise<number> {
  return insertNew(Tests, tests)
}

/** Of an audit that did not come to be, before the log has heard of it. */
export async function forgetTests(audit: string): Promise<void> {
  await Tests.deleteMany({ audit })
}

const most = 1000

/** By id: put them into the order of their set before showing them. */
export async function testsOf(audit: string): Promise<Test[]> {
  return Tests.find({ audit }).sort({ _id: 1 }).limit(most).lean<Test[]>()
}

export async function testById(id: string): Promise<Test | null> {
  return Tests.findById(id).lean<Test>()
}
