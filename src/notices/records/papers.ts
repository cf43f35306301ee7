import { model, Schema } from 'mongoose'
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { insertNew } from '../../db/insert-new.js'
import type { Mode } from '../rules/recipient.js'

/** The files that go with a notice's mails: one set for all recipients who read the same. */
export type Paper = {
  /** `${notice}/${key}/${locale}` */
  _id: string
  notice: string
  locale: Locale
  mode: Mode
  lastDay: Day | null
  pdf: string
  pdfName: string
  /** Null where there is no day to put in a calendar. */
  calendar: string | null
  calendarName: string
  /** For a processor's own customers; absent where the reader is none. */
  passOn?: string | null
  passOnName?: string
  sample: boolean
}

const schema = new Schema<Paper>(
  {
    _id: { type: String, required: true },
    notice: { type: String, required: true },
    locale: { type: String, required: true },
    mode: { type: String, required: true },
    lastDay: { type: String, default: null },
    pdf: { type: String, required: true },
    pdfName: { type: String, required: true },
    calendar: { type: String, default: null },
    calendarName: { type: String, required: true },
    passOn: { type: String, default: null },
    passOnName: String,
    sample: { type: Boolean, default: false },
  },
  { collection: 'notice-papers', versionKey: false },
)
schema.index({ notice: 1, _id: 1 })
schema.index({ sample: 1 })

const Papers = model<Paper>('notice-paper', schema)

export function findPaper(id: string): Promise<Paper | null> {
  return Papers.findById(id).lean<Paper>().exec()
}

/** The paper that is kept under that id: the one given, or one that another process kept first. */
export async function keepPaper(paper: Paper): Promise<Paper> {
  await insertNew(Papers, [paper])
  return (await findPaper(paper._id)) ?? paper
}

export function papersOf(notice: string): Promise<Paper[]> {
  return Papers.find({ notice }).sort({ _id: 1 }).lean<Paper[]>().exec()
}
