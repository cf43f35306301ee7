import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { listedField, movedFields } from '../../db/moves.js'
import type { Notice, NoticeState } from '../rules/notice.js'

const schema = new Schema<Notice>(
  {
    ...movedFields,
    ...listedField,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    state: { type: String, required: true },
    why: { type: Object, required: true },
    safeguards: { type: Object, required: true },
    lines: { type: [Object], default: [] } as never,
    plannedStart: { type: String, required: true },
    goLive: { type: String, required: true },
    togetherBecause: { type: Object, default: null },
    issuedAt: { type: Date, default: null },
    issuedOn: { type: String, default: null },
    issuedBy: { type: String, default: null },
    rules: { type: Object, required: true },
    otherChannel: { type: Boolean, default: false },
    sender: { type: Object, default: null },
    wording: { type: Object, default: null },
    withdrawal: { type: Object, default: null },
    settledOn: { type: String, default: null },
    counts: { type: Object, default: null },
    followed: { type: Object, default: null },
    supersedes: { type: Object, default: null },
    supersededBy: { type: String, default: null },
    sample: { type: Boolean, default: false },
  },
  { minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ reference: 1, _id: 1 })
schema.index({ state: 1, reference: 1, _id: 1 })
schema.index({ 'lines.engagement': 1, reference: 1 })
schema.index({ 'lines.replaces': 1, reference: 1 })
// What a year announced.
schema.index({ issuedOn: 1, _id: 1 })
// Few take the place of another.
schema.index(
  { 'supersedes.reference': 1, state: 1 },
  { partialFilterExpression: { 'supersedes.reference': { $exists: true } } },
)
schema.index({ sample: 1 })

export const Notices = model<Notice>('notice', schema)
registerMoved(Notices)

export async function insertNotice(notice: Notice): Promise<void> {
  await Notices.create(notice)
}

export function findNotice(reference: string): Promise<Notice | null> {
  return Notices.findOne({ reference }).lean<Notice>().exec()
}

/** The last notice that was sent, for an example of its mails. */
export function newestIssued(): Promise<Notice | null> {
  return Notices.findOne({ state: { $in: ['issued', 'settled'] } })
    .sort({ reference: -1 })
    .lean<Notice>()
    .exec()
}

export function findNoticeById(id: string): Promise<Notice | null> {
  return Notices.findById(id).lean<Notice>().exec()
}

export function findNoticesByIds(ids: readonly string[]): Promise<Notice[]> {
  return Notices.find({ _id: { $in: [...ids] } })
    .lean<Notice[]>()
    .exec()
}

/** Notices in which an engagement comes or goes, the newest first. */
export function findNoticesAbout(engagement: string): Promise<Notice[]> {
  return Notices.find({ $or: [{ 'lines.engagement': engagement }, { 'lines.replaces': engagement }] })
    .sort({ reference: -1 })
    .limit(200)
    .lean<Notice[]>()
    .exec()
}

/** The ids of those, for each of the engagements that has any. */
export async function findNoticesAboutAny(engagements: readonly string[]): Promise<Map<string, string[]>> {
  const those = { $in: [...engagements] }
  const found = await Notices.find(
    { $or: [{ 'lines.engagement': those }, { 'lines.replaces': those }] },
    { 'lines.engagement': 1, 'lines.replaces': 1 },
  ).lean<{ _id: string; lines: { engagement?: string; replaces?: string }[] }[]>()
  const about = new Map<string, string[]>()
  for (const { _id, lines } of found)
    for (const id of new Set(lines.flatMap(({ engagement, replaces }) => [engagement, replaces])))
      if (id) about.set(id, [...(about.get(id) ?? []), _id])
  return about
}

export function noticesIn(states: readonly NoticeState[]): Promise<Notice[]> {
  return Notices.find({ state: { $in: [...states] } })
    .sort({ reference: 1 })
    .lean<Notice[]>()
    .exec()
}

export function unfinishedWithdrawals(): Promise<Notice[]> {
  return Notices.find({ state: 'withdrawn', 'withdrawal.finished': false }).lean<Notice[]>().exec()
}

/** Those of the engagements that a notice on its way announces. */
export async function announcedAmong(engagements: readonly string[]): Promise<Set<string>> {
  if (engagements.length === 0) return new Set()
  const rows = await Notices.find({
    'lines.engagement': { $in: [...engagements] },
    state: { $in: ['issuing', 'issued'] },
  })
    .select({ 'lines.engagement': 1 })
    .lean<Pick<Notice, 'lines'>[]>()
  return new Set(rows.flatMap(({ lines }) => lines.map(({ engagement }) => engagement)))
}

/** Those of the engagements that a notice announced in the place of another sub-processor. */
export async function announcedAsReplacement(engagements: readonly string[]): Promise<Set<string>> {
  if (engagements.length === 0) return new Set()
  const rows = await Notices.find({ 'lines.engagement': { $in: [...engagements] } })
    .select({ 'lines.engagement': 1, 'lines.kind': 1 })
    .lean<Pick<Notice, 'lines'>[]>()
  return new Set(
    rows.flatMap(({ lines }) =>
      lines.flatMap(({ kind, engagement }) => (kind === 'replacement' ? [engagement] : [])),
    ),
  )
}

/** The engagements that stand on any notice, drafts too. */
export async function engagementsOnNotices(): Promise<string[]> {
  const [coming, going] = await Promise.all([
    Notices.distinct('lines.engagement'),
    Notices.distinct('lines.replaces'),
  ])
  return [...coming, ...going].filter((each): each is string => typeof each === 'string')
}

/** How far the notice has followed its customers: no move of the notice, and safe to lose. */
export async function noteFollowed(notice: string, followed: NonNullable<Notice['followed']>): Promise<void> {
  await Notices.updateOne({ _id: notice }, { $set: { followed } })
}

/** The draft that is to take the place of the notice. */
export function draftSuperseding(reference: string): Promise<Notice | null> {
  return Notices.findOne({ 'supersedes.reference': reference, state: 'draft' }).lean<Notice>().exec()
}
